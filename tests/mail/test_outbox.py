"""The outbox and its worker against a real SMTP server."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.config import SettingsError, load
from app.database.unit import writing
from app.extensions import db
from app.mail import addresses, worker
from app.mail.models import MessageState, OutboxMessage
from app.mail.services import Letter, enqueue
from app.mail.smtp import ANSWER, PATIENCE, NotSentError, SmtpPostman, compose
from app.shared import clock

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.config import Settings

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")
ROOT = Path(__file__).resolve().parents[2]


def put(**fields: object) -> int:
    letter = Letter(**{"to": "mairie@exemple.test", "subject": "Bonjour", "text": "Texte\n"} | fields)
    with writing() as unit:
        message = enqueue(unit, letter, at=AT)
        unit.flush()
        return message.id


def message(session: Session, number: int) -> OutboxMessage:
    session.rollback()
    return session.get(OutboxMessage, number)


def postman_for(settings: Settings, box: object, **more: object) -> SmtpPostman:
    chosen = {"mail_host": "127.0.0.1", "mail_port": box.port, "mail_security": "none"} | more
    return SmtpPostman(replace(settings, mail_from="jumelages@exemple.test", **chosen))


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def test_a_letter_arrives_as_it_was_written(session: Session, settings: Settings, mailbox: object) -> None:
    number = put(
        to="élu@mairie-été.test", name="Zoé Élue", subject="Conseil du 6 avril – réponse ?", text="Œuvre : 5 €\n"
    )
    assert worker.send_one(postman_for(settings, mailbox), now=at(AT))
    (mail,) = mailbox.messages
    assert mail["Subject"] == "Conseil du 6 avril – réponse ?"
    assert mail.get_content().replace("\r\n", "\n") == "Œuvre : 5 €\n"
    assert "Zoé Élue" in mail["To"]
    kept = message(session, number)
    assert kept.state == MessageState.SENT
    assert mail["Message-ID"] == f"<{kept.message_id}@exemple.test>"
    assert not worker.send_one(postman_for(settings, mailbox), now=at(AT))


def test_a_letter_is_written_with_its_fact_or_not_at_all(session: Session) -> None:
    def half_done() -> None:
        with writing() as unit:
            enqueue(unit, Letter(to="a@exemple.test", subject="s", text="t"), at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


def test_a_server_that_is_down_loses_nothing(session: Session, settings: Settings, mailbox: object) -> None:
    number = put()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = replace(postman_for(settings, mailbox).settings, mail_port=probe.getsockname()[1])
    now, pauses = AT, []
    for _ in range(10):
        assert worker.send_one(SmtpPostman(closed), now=at(now))
        waiting = message(session, number)
        assert waiting.state == MessageState.WAITING
        assert "refuse la connexion" in waiting.last_error
        pauses.append(waiting.next_try_at - now)
        assert not worker.send_one(SmtpPostman(closed), now=at(waiting.next_try_at - timedelta(seconds=1)))
        now = waiting.next_try_at
    assert pauses[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert pauses[-1] == timedelta(hours=4)
    assert worker.send_one(postman_for(settings, mailbox), now=at(now))
    assert len(mailbox.received) == 1


def test_a_busy_server_is_asked_again_a_refusal_is_final(session: Session, settings: Settings, mailbox: object) -> None:
    mailbox.answers = ["451 greylisted, come back", "250 OK"]
    first = put()
    postman = postman_for(settings, mailbox)
    worker.send_one(postman, now=at(AT))
    waiting = message(session, first)
    assert (waiting.state, waiting.last_error) == (MessageState.WAITING, "451 greylisted, come back")
    worker.send_one(postman, now=at(waiting.next_try_at))
    assert message(session, first).state == MessageState.SENT
    mailbox.recipient_answer = "550 no such person"
    second = put(to="perdu@exemple.test")
    worker.send_one(postman, now=at(AT))
    refused = message(session, second)
    assert (refused.state, refused.last_error) == (MessageState.FAILED, "550 no such person")
    assert not worker.send_one(postman, now=at(AT + timedelta(days=30)))


def test_after_six_days_of_failure_it_is_given_up_aloud(session: Session) -> None:
    number = put()
    with writing() as unit:
        unit.get(OutboxMessage, number).attempts = worker.MOST_ATTEMPTS - 1

    class Down:
        def send(self, _message: OutboxMessage) -> None:
            raise NotSentError("down", for_good=False)

    worker.send_one(Down(), now=at(AT))
    assert message(session, number).state == MessageState.FAILED
    assert sum((worker.pause_after(n) for n in range(1, worker.MOST_ATTEMPTS)), timedelta()) > timedelta(days=5)


def test_starttls_and_a_password(settings: Settings, starttls_mailbox: object, trusting: ssl.SSLContext) -> None:
    put()
    right = postman_for(
        settings,
        starttls_mailbox,
        mail_security="starttls",
        mail_user="mairie",
        mail_password="secret",  # noqa: S106
    )
    with pytest.raises(NotSentError, match=r"vérifiez MAIL_SECURITY .*CERTIFICATE_VERIFY_FAILED") as strange:
        right.send(db.session.scalar(select(OutboxMessage)))  # the system does not trust a stranger's certificate
    assert not strange.value.for_good
    wrong = replace(right, settings=replace(right.settings, mail_password="faux"), context=trusting)  # noqa: S106
    with pytest.raises(NotSentError, match=r"^535 ") as refused:
        wrong.send(db.session.scalar(select(OutboxMessage)))
    assert not refused.value.for_good  # a wrong setting is no reason to lose letters
    assert worker.send_one(replace(right, context=trusting), now=at(AT))
    assert len(starttls_mailbox.received) == 1


def test_tls_from_the_first_byte(settings: Settings, ssl_mailbox: object, trusting: ssl.SSLContext) -> None:
    put()
    postman = replace(postman_for(settings, ssl_mailbox, mail_security="ssl"), context=trusting)
    assert worker.send_one(postman, now=at(AT))
    assert len(ssl_mailbox.received) == 1


def test_a_worker_that_died_leaves_its_message_to_another_with_the_same_id(
    session: Session, settings: Settings, mailbox: object
) -> None:
    number = put()
    sent: list[str] = []

    class Dies:
        def send(self, message: OutboxMessage) -> None:
            sent.append(compose(message, replace(settings, mail_from="jumelages@exemple.test"))["Message-ID"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worker.send_one(Dies(), now=at(AT))
    assert message(session, number).state == MessageState.SENDING
    postman = postman_for(settings, mailbox)
    assert not worker.send_one(postman, now=at(AT + worker.LEASE - timedelta(seconds=1)))
    assert worker.send_one(postman, now=at(AT + worker.LEASE))
    assert mailbox.messages[0]["Message-ID"] == sent[0]


def test_no_lock_is_held_while_sending(app: Flask) -> None:
    put()

    class Writes:
        """Another writer gets through while the message is under way."""

        def send(self, _message: OutboxMessage) -> None:
            done: list[int] = []

            def write() -> None:
                with app.app_context():
                    done.append(put(to="autre@exemple.test"))
                    db.session.remove()

            thread = threading.Thread(target=write)
            thread.start()
            thread.join(4)
            assert done

    assert worker.send_one(Writes(), now=at(AT))


def test_two_workers_at_once_send_each_letter_once(app: Flask) -> None:
    for number in range(30):
        put(to=f"p{number}@exemple.test")
    sent: list[str] = []

    class Counts:
        def send(self, message: OutboxMessage) -> None:
            sent.append(message.to_address)

    def work() -> None:
        with app.app_context():
            while worker.send_one(Counts(), now=clock.now):
                pass
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(sent) == sorted(f"p{number}@exemple.test" for number in range(30))


def test_the_demonstration_shows_instead_of_sending(session: Session) -> None:
    number = put(is_secret=True)
    assert worker.send_one(None, now=at(AT))
    shown = message(session, number)
    assert shown.state == MessageState.SHOWN
    assert shown.text


def test_a_secret_letter_is_forgotten_once_sent(session: Session, settings: Settings, mailbox: object) -> None:
    number = put(is_secret=True, text="https://exemple.test/lien")
    worker.send_one(postman_for(settings, mailbox), now=at(AT))
    assert "exemple.test/lien" in mailbox.messages[0].get_content()
    assert message(session, number).text == ""


@pytest.mark.parametrize("hostile", ["a\r\nBcc: x@y.fr", "a\nX: y", "a\u2028b\x00c", "a\x0bb\x85c"])
def test_nothing_typed_can_add_a_header(settings: Settings, mailbox: object, hostile: str) -> None:
    put(subject=hostile, name=hostile, text=hostile)
    worker.send_one(postman_for(settings, mailbox), now=at(AT))
    (mail,) = mailbox.messages
    assert mail["Bcc"] is None
    assert mail["X"] is None
    assert mailbox.recipients == ["mairie@exemple.test"]


@pytest.mark.parametrize("typed", ["", "a", "a@b c.fr", "a@b.fr\r\nRCPT TO:<x@y.fr>", "a@b.fr, c@d.fr", "<a@b.fr>"])
def test_a_letter_to_nowhere_is_refused_at_once(session: Session, typed: str) -> None:
    with pytest.raises(addresses.BadAddress):
        enqueue(session, Letter(to=typed, subject="s", text="t"), at=AT)
    session.rollback()


def test_a_long_line_and_a_lone_dot_arrive_whole(settings: Settings, mailbox: object) -> None:
    text = "x" * 3000 + "\n.\n..fin\n"
    put(text=text)
    worker.send_one(postman_for(settings, mailbox), now=at(AT))
    assert mailbox.messages[0].get_content().replace("\r\n", "\n") == text


def test_a_silent_server_is_left_before_the_lease_is_over() -> None:
    assert timedelta(seconds=PATIENCE) * 4 + timedelta(seconds=ANSWER) < worker.LEASE


def test_a_slow_server_gets_each_letter_once(session: Session, settings: Settings, mailbox: object) -> None:
    number = put()
    mailbox.answers_after = 0.5
    hasty = replace(postman_for(settings, mailbox), patience=0.25)
    assert worker.send_one(hasty, now=at(AT))
    assert message(session, number).state == MessageState.SENT
    assert len(mailbox.received) == 1


def test_the_command_sends_what_waits_and_stops_when_told(
    settings: Settings, mailbox: object, session: Session
) -> None:
    put()
    environ = {
        "PATH": "/usr/bin:/bin",
        "INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": "x",
        "MAIL_HOST": "127.0.0.1",
        "MAIL_PORT": str(mailbox.port),
        "MAIL_SECURITY": "none",
        "MAIL_FROM": "jumelages@exemple.test",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", ROOT / "app", "worker", "--every", "0.05"], env=environ, cwd=ROOT
    )
    for _ in range(2400):
        if mailbox.received:
            break
        threading.Event().wait(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(120) == 0  # a loaded machine is slow to end what it began
    assert len(mailbox.received) == 1
    session.rollback()
    assert session.scalar(select(OutboxMessage.state)) == MessageState.SENT


def test_a_name_before_the_senders_address_is_shown_with_it(settings: Settings, mailbox: object) -> None:
    put()
    postman = postman_for(settings, mailbox)
    named = SmtpPostman(replace(postman.settings, mail_from="Jumelages de Sailly <jumelages@exemple.test>"))
    assert worker.send_one(named, now=at(AT))
    (mail,) = mailbox.messages
    assert mail["From"] == "Jumelages de Sailly <jumelages@exemple.test>"
    assert mail["Message-ID"].endswith("@exemple.test>")


def test_a_sender_that_is_no_address_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    given = {"INSTANCE": str(tmp_path), "SECRET_KEY": "x"}
    assert load(given | {"MAIL_FROM": "Trait <tdu@exemple.fr>"}).mail_from == "Trait <tdu@exemple.fr>"
    for wrong in ("Trait d’union", "tdu@", "a b <c", "Trait <tdu>"):
        with pytest.raises(SettingsError, match="MAIL_FROM"):
            load(given | {"MAIL_FROM": wrong})


def test_the_worker_says_in_french_that_a_letter_did_not_leave(session: Session, settings: Settings) -> None:
    number = put()
    nobody = replace(settings, mail_host="127.0.0.1", mail_port=closed_port(), mail_security="none")
    told: list[str] = []
    assert worker.send_one(SmtpPostman(nobody), now=at(AT), tell=told.append)
    assert f"Le courrier {number} n’est pas parti" in told[0]
    assert "refuse la connexion" in told[0]
    assert "refuse la connexion" in message(session, number).last_error


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
