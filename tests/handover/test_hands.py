"""One person does not sign for both sides: an account speaks for its person on more than the other side's word."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session as Work

from app.accounts.models import Account, Role
from app.accounts.services import addresses, signing_in, ties
from app.audit.services import record
from app.bodies.models import Function, Mandate
from app.database import migrate
from app.database.connection import prepare
from app.forms.dates import parse
from app.handover import services
from app.handover.hands import hands_of
from app.handover.models import Side, Signed, Stage
from app.mail.models import OutboxMessage
from app.people.models import Person
from app.people.services import merge_persons
from app.shared import clock
from app.shared.actor import Actor
from app.shared.errors import DomainError
from tests.factories.accounts import LONG_AGO, make_account, make_grant, make_member
from tests.factories.assemblies import BY
from tests.factories.bodies import make_mandate
from tests.factories.people import make_person
from tests.handover.boards import a_pdf, line_of, make_boards, make_sealed, printed, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import RoleGrant
    from app.handover.models import Handover, HandoverPerson
    from tests.handover.boards import Boards

    SignIn = Callable[[Account], FlaskClient]

CONTEST = re.compile(r"https?://[^/\s]+(/passations/contester/\S+)")


class OneHand(NamedTuple):
    """Boards whose outgoing president has no account, and a second mailbox of who comes and administers."""

    boards: Boards
    handover: Handover
    line: HandoverPerson
    second: Account
    grant: RoleGrant


def _one_hand(session: Session) -> OneHand:
    boards = make_boards(session)
    boards.old.person_id = None
    boards.old.closed_at = clock.now()
    boards.new.grants[0].is_administrator = True
    second = make_account(session, name="Zoé Double")
    grant = make_grant(session, second, boards.body, Role.SECRETARY)
    handover = make_sealed(session, boards)
    line = next(one for one in handover.people if one.side == Side.OUTGOING)
    return OneHand(boards, handover, line, second, grant)


def _tie(session: Session, grant: RoleGrant, person_id: int, by: Account) -> None:
    command = ties.Tie(person_id=person_id, administered=frozenset({grant.body_id}))
    ties.tie(session, grant, command, by=Actor(by.id, by.name), at=clock.now())
    session.commit()


def _copy(boards: Boards, **more: object) -> dict[str, object]:
    return {"how": "paper", "day": f"{boards.day:%d/%m/%Y}", "proof": (BytesIO(a_pdf()), "signe.pdf")} | more


def _own(session: Session, handover: Handover, account: Account) -> None:
    command = services.Signing(how=Signed.ACCOUNT, on=clock.today())
    services.sign(session, line_of(handover, account), command, by=Actor(account.id, account.name), at=clock.now())
    session.commit()


def test_a_second_mailbox_tied_by_the_other_side_signs_only_with_the_copy_and_vouches_for_nobody(
    session: Session, sign_in: SignIn
) -> None:
    boards, handover, line, second, grant = _one_hand(session)
    also = make_person(session, given_name="Ada", family_name="Ébauche", kept_by_body_id=boards.body.id)
    handover.people.append(type(line)(person_id=also.id, side=Side.OUTGOING, sealed_name="Ada Ébauche"))
    session.commit()
    _tie(session, grant, line.person_id, boards.new)
    browser = sign_in(second)
    page = words(browser.get(f"/passations/{handover.id}").text)
    assert "par Nouvelle Présidente. Signez le dossier imprimé" in page
    assert "Joindre la copie du papier signé" in page
    assert "Signer : j’ai lu" not in page
    assert browser.post(f"/passations/signatures/{line.id}").status_code == 422
    other = next(one for one in handover.people if one.person_id == also.id)
    bare = {"how": "paper", "day": f"{boards.day:%d/%m/%Y}"}
    for one in (line, other):
        refused = browser.post(f"/passations/signatures/{one.id}/papier", data=bare)
        assert refused.status_code == 422
        assert "Joignez la copie du papier signé" in words(refused.text)
    done = browser.post(f"/passations/signatures/{line.id}/papier", data=_copy(boards), follow_redirects=True)
    assert "Copie du papier signé : signe.pdf" in words(done.text)
    session.expire_all()
    assert (line.signed_how, other.signed_how) == (Signed.PAPER, "")


def test_an_address_written_on_the_record_of_somebody_since_makes_nobody_sign_for_them(
    session: Session, sign_in: SignIn
) -> None:
    _boards, handover, line, second, _grant = _one_hand(session)
    line.person.email, second.name = second.email, line.person.name
    session.commit()
    signing_in.note_sign_in(session, second, how="link", at=clock.now())
    session.commit()
    assert second.person_id == line.person_id, "the address of the record ties"
    browser = sign_in(second)
    refused = browser.post(f"/passations/signatures/{line.id}")
    assert refused.status_code == 422
    assert "il n’est relié à la fiche que depuis le" in words(refused.text)
    session.expire_all()
    assert line.signed_how == ""
    assert handover.stage == Stage.SEALED


def test_an_address_written_before_the_sealing_but_since_the_new_board_is_no_proof_either(session: Session) -> None:
    boards = make_boards(session)
    boards.old.person_id = None
    session.commit()
    draft = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    line = next(one for one in draft.people if one.side == Side.OUTGOING)
    second = make_member(session, boards.body, name=line.person.name)
    line.person.email = second.email
    services.seal(session, draft, [], by=BY, at=clock.now())
    signing_in.note_sign_in(session, second, how="link", at=clock.now())
    session.commit()
    with pytest.raises(services.BadHandover, match="ne signe pas seul"):
        _own(session, draft, second)


def test_who_comes_signs_from_an_account_opened_since_when_the_record_gave_its_address_before(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    person_id, boards.new.person_id = boards.new.person_id, None
    session.commit()
    make_member(session, boards.body, Role.TREASURER, is_administrator=True)
    coming = session.get_one(Person, person_id)
    coming.email = boards.new.email
    coming.email_since = clock.now() - timedelta(days=40)
    session.commit()
    handover = make_sealed(session, boards)
    signing_in.note_sign_in(session, boards.new, how="link", at=clock.now())
    session.commit()
    browser = sign_in(boards.new)
    line = line_of(handover, boards.new)
    assert "Votre signature est notée" in words(
        browser.post(f"/passations/signatures/{line.id}", follow_redirects=True).text
    )
    assert "à sa fiche, qui donne son adresse" in words(browser.get(f"/passations/{handover.id}").text)
    assert "à sa fiche, qui donne son adresse" in printed(browser, handover)


def test_the_paper_says_who_tied_the_account_that_signed(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    boards.new.tied_at, boards.new.tied_by, boards.new.tied_by_id = LONG_AGO, "Camille Imaginaire", 999
    handover = make_sealed(session, boards)
    browser = sign_in(boards.new)
    browser.post(f"/passations/signatures/{line_of(handover, boards.new).id}")
    session.expire_all()
    assert line_of(handover, boards.new).signed_how == Signed.ACCOUNT
    told = "compte relié à sa fiche le 1er janvier 2020 par Camille Imaginaire"
    assert told in words(browser.get(f"/passations/{handover.id}").text)
    assert "par Camille Imaginaire" in printed(browser, handover)
    assert "a signé pour Nouvelle Présidente, depuis son compte" in words(
        sign_in(boards.old).get("/journal", follow_redirects=True).text
    )


def test_an_office_noted_at_the_change_itself_and_a_record_renamed_since_lend_no_signature(session: Session) -> None:
    boards = make_boards(session)
    sleeper = make_person(session, given_name="Noé", family_name="Fictif", kept_by_body_id=boards.body.id)
    helper = make_member(session, boards.body, Role.READER, name="Noé Fictif", person_id=sleeper.id, tied_at=LONG_AGO)
    until = boards.day.isoformat()
    note = {"since": "2024-10", "until": until, "created_at": clock.now()}
    make_mandate(session, boards.body, sleeper, Function.BOARD_MEMBER, **note)
    handover = make_sealed(session, boards)
    with pytest.raises(services.BadHandover, match="n’a été notée, ou corrigée, qu’au changement"):
        _own(session, handover, helper)
    line = line_of(handover, boards.new)
    boards.new.person.family_name = "Autrement"
    session.commit()
    line.sealed_name_since = boards.new.person.name_since
    session.commit()
    with pytest.raises(services.BadHandover, match="le nom de la fiche a changé depuis"):
        _own(session, handover, boards.new)


def test_a_board_whose_day_is_to_come_or_long_past_moves_no_measure(session: Session) -> None:
    boards, handover, line, second, grant = _one_hand(session)
    for day in (boards.day + timedelta(days=20), boards.day - timedelta(days=200)):
        handover.takes_over_on = day
        session.commit()
        _tie(session, grant, line.person_id, boards.new)
        with pytest.raises(services.BadHandover, match="ne signe pas seul"):
            _own(session, handover, second)
        second.person_id = None
        session.commit()


def test_one_account_signs_for_one_person_and_a_shared_address_proves_nothing(session: Session) -> None:
    boards = make_boards(session)
    make_member(session, boards.body, Role.TREASURER, is_administrator=True)
    long = clock.now() - timedelta(days=400)
    for account in (boards.old, boards.new):
        account.person.email, account.person.email_since = boards.new.email, long
        session.flush()
        account.person.email_since = long
    session.commit()
    handover = make_sealed(session, boards)
    leaving, coming = line_of(handover, boards.old), line_of(handover, boards.new)
    grant, keeper = boards.new.grants[0], boards.old
    keeper.person_id = boards.new.person_id = None
    session.commit()
    _tie(session, grant, coming.person_id, keeper)
    with pytest.raises(services.BadHandover, match="quelqu’un de l’autre côté a la même adresse"):
        _own(session, handover, boards.new)
    boards.new.tied_at = long
    session.commit()
    _own(session, handover, boards.new)
    boards.new.person_id = leaving.person_id
    session.commit()
    with pytest.raises(services.BadHandover, match="ce compte a déjà signé pour quelqu’un d’autre"):
        _own(session, handover, boards.new)


def test_a_body_that_came_after_its_new_board_prepares_its_handover_as_it_sets_itself_up(session: Session) -> None:
    boards = make_boards(session)
    for account in (boards.old, boards.new):
        account.grants[0].created_at = clock.now()
        account.tied_at, account.tied_by, account.tied_by_id = clock.now(), boards.old.name, boards.old.id
    for mandate in session.scalars(select(Mandate).where(Mandate.body_id == boards.body.id)):
        mandate.created_at = clock.now()
    session.commit()
    first = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    services.trash(session, first, by=BY, at=clock.now())
    late = make_account(session, name="Trop Tard")
    line = next(one for one in first.people if one.side == Side.INCOMING)
    handover = make_sealed(session, boards)
    assert handover.id != first.id
    _own(session, handover, boards.old)
    boards.new.person_id = None
    session.commit()
    grant = make_grant(session, late, boards.body, Role.READER)
    _tie(session, grant, line.person_id, boards.old)
    with pytest.raises(services.BadHandover, match="ne signe pas seul"):
        _own(session, handover, late)


def test_a_mailbox_replaced_since_and_two_records_united_since_do_not_sign_for_who_was_there(
    session: Session,
) -> None:
    boards = make_boards(session)
    boards.new.grants[0].is_administrator = True
    session.commit()
    handover = make_sealed(session, boards)
    by = Actor(boards.new.id, boards.new.name)
    command = addresses.RecoverMailbox(
        email="autre@exemple.test", administered=frozenset({boards.body.id}), removes_totp=False, letters=[]
    )
    addresses.recover_mailbox(session, boards.old.grants[0], command, by=by, at=clock.now())
    session.commit()
    with pytest.raises(services.BadHandover, match="ne signe pas seul"):
        _own(session, handover, boards.old)
    leaving, coming = line_of(handover, boards.old).person, line_of(handover, boards.new).person
    boards.old.person_id = None
    merge_persons(session, coming, leaving, by=by, at=clock.now())
    ties.unite(session, coming.id, by=by, at=clock.now())
    session.commit()
    session.expire_all()
    for line in handover.people:
        signing = services.Signing(how=Signed.ACCOUNT, on=clock.today())
        with pytest.raises(services.BadHandover):
            services.sign(session, line, signing, by=by, at=clock.now())


def test_a_tie_is_told_to_the_account_to_the_record_and_to_who_else_administers(
    session: Session, sign_in: SignIn
) -> None:
    boards, _handover, line, second, grant = _one_hand(session)
    keeper = make_member(session, boards.body, Role.TREASURER, is_administrator=True)
    line.person.email = "ancienne@exemple.test"
    session.commit()
    role = f"/organismes/{boards.body.id}/acces/{grant.id}"
    sign_in(boards.new).post(f"{role}/fiche", data={"person": line.person_id})
    letters = session.scalars(select(OutboxMessage)).all()
    assert {one.to_address for one in letters} == {second.email, keeper.email, "ancienne@exemple.test"}
    assert all("Nouvelle Présidente, qui administre Comité fictif" in words(one.text) for one in letters)
    assert "Relié par Nouvelle Présidente le" in words(sign_in(keeper).get(role).text)
    line.person.email = ""
    session.commit()
    browser = sign_in(keeper)
    browser.post(f"{role}/fiche/defaire")
    done = browser.post(f"{role}/fiche", data={"person": line.person_id}, follow_redirects=True)
    assert "dites à Ancienne Présidente que ce compte est relié" in words(done.text)


def test_a_reader_whose_account_is_too_new_joins_the_copy_of_their_own_paper_and_nothing_else(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    reader = make_account(session, name="Nouvelle Présidente")
    line = line_of(handover, boards.new)
    boards.new.person_id = None
    session.commit()
    _tie(session, make_grant(session, reader, boards.body, Role.READER), line.person_id, boards.old)
    browser, paper = sign_in(reader), f"/passations/signatures/{line.id}/papier"
    form = browser.get(paper).text
    assert "Vous avez signé le dossier imprimé" in words(form)
    assert "ne signera pas" not in words(form)
    assert browser.post(paper, data=_copy(boards, how="waived", remark="Refuse")).status_code == 422
    assert browser.post(paper, data={"how": "paper", "day": f"{boards.day:%d/%m/%Y}"}).status_code == 422
    others = f"/passations/signatures/{line_of(handover, boards.old).id}/papier"
    assert browser.post(others, data=_copy(boards)).status_code in {403, 404}
    assert browser.post(paper, data=_copy(boards)).status_code == 302
    session.expire_all()
    assert (line.signed_how, line.is_proven) == (Signed.PAPER, True)


def test_one_sheet_with_several_signatures_is_joined_once(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    names = ("Marie", "Jean", "Sacha")
    for given in names:
        also = make_person(session, given_name=given, family_name="Fictive", kept_by_body_id=boards.body.id)
        make_mandate(session, boards.body, also, Function.BOARD_MEMBER, since=boards.day.isoformat())
    handover = make_sealed(session, boards)
    browser, lines = sign_in(boards.old), {one.name: one for one in handover.people}
    paper = f"/passations/signatures/{lines['Marie Fictive'].id}/papier"
    form = browser.get(paper).text
    assert "Le même papier porte aussi la signature de" in words(form)
    assert "Ancienne Présidente" not in re.sub(r".*<form", "", form, flags=re.DOTALL), "who reads signs for themselves"
    jean, sacha = lines["Jean Fictive"], lines["Sacha Fictive"]
    refused = browser.post(paper, data=_copy(boards, how="waived", remark="Refuse", also=[jean.id]))
    assert "se note pour chaque personne à part" in words(refused.text)
    bare = {"how": "paper", "day": f"{boards.day:%d/%m/%Y}", "also": [jean.id]}
    assert browser.post(paper, data=bare).status_code == 422
    assert browser.post(paper, data=_copy(boards, also=[line_of(handover, boards.old).id])).status_code == 422
    session.expire_all()
    assert not any(one.signed_how for one in handover.people), "nothing is half written"
    done = browser.post(paper, data=_copy(boards, also=[jean.id, sacha.id]), follow_redirects=True)
    said = re.search(r"Ces signatures sont notées : ([^.]+)\.", words(done.text))
    assert said is not None
    assert sorted(said[1].split(", ")) == ["Jean Fictive", "Marie Fictive", "Sacha Fictive"]
    session.expire_all()
    assert len({lines[f"{given} Fictive"].proof_file for given in names}) == 1
    assert [one.name for one in handover.unsigned] == ["Ancienne Présidente", "Nouvelle Présidente"]


def test_who_is_told_of_a_copy_joined_in_their_name_strikes_it_and_the_account_is_theirs_no_more(
    session: Session, sign_in: SignIn, client: FlaskClient
) -> None:
    boards, _handover, line, second, grant = _one_hand(session)
    line.sealed_email, line.sealed_email_since = "ancienne@exemple.test", clock.now() - timedelta(days=400)
    session.commit()
    _tie(session, grant, line.person_id, boards.new)
    sign_in(second).post(f"/passations/signatures/{line.id}/papier", data=_copy(boards))
    letters = session.scalars(select(OutboxMessage).where(OutboxMessage.to_address == "ancienne@exemple.test")).all()
    link = CONTEST.search(letters[-1].text)
    assert link is not None
    client.post("/deconnexion")
    client.post(link[1])
    session.expire_all()
    assert (line.signed_how, second.person_id) == ("", None)


def _move(session: Session, fixed: OneHand, chance: random.Random) -> None:
    """One move of somebody who administers the body and reads two mailboxes."""
    boards, handover, line, second, grant = fixed
    account = chance.choice((boards.new, second))
    by, at = Actor(account.id, account.name), clock.now()
    one, held = chance.choice(handover.people), chance.choice((grant, boards.new.grants[0]))
    mine = frozenset({boards.body.id})
    chance.choice(
        (
            lambda: setattr(one.person, "email", account.email),
            lambda: setattr(line.person, "email", ""),
            lambda: setattr(account, "name", one.person.name),
            lambda: signing_in.note_sign_in(session, account, how="link", at=at),
            lambda: ties.tie(session, held, ties.Tie(person_id=one.person_id, administered=mine), by=by, at=at),
            lambda: ties.untie(session, held, administered=mine, by=by, at=at),
            lambda: services.sign(session, one, services.Signing(how=Signed.ACCOUNT, on=boards.day), by=by, at=at),
            lambda: services.sign(session, one, services.Signing(how=Signed.PAPER, on=boards.day), by=by, at=at),
        )
    )()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_one_person_does_alone_with_two_mailboxes_the_other_side_never_signs(
    session: Session, seed: int
) -> None:
    fixed, chance = _one_hand(session), random.Random(seed)  # noqa: S311  # the same moves each time
    tied, refused = False, 0
    for _turn in range(120):
        try:
            with session.begin_nested():
                _move(session, fixed, chance)
        except DomainError:
            refused += 1
        session.expire_all()
        assert fixed.line.signed_how == ""
        assert fixed.handover.stage == Stage.SEALED
        tied |= fixed.line.person_id in {fixed.second.person_id, fixed.boards.new.person_id}
    assert refused
    assert tied, "one of the two was the outgoing president for a while, and yet did not sign as such"


def test_whose_access_ends_before_they_signed_still_signs_and_reads_what_they_signed(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    handover.sealed_at = clock.now() - timedelta(days=3)
    for grant in boards.old.grants:
        grant.until = boards.day - timedelta(days=1)
    session.commit()
    browser, line = sign_in(boards.old), line_of(handover, boards.old)
    assert "Signer : j’ai lu ce dossier" in words(browser.get(f"/passations/{handover.id}").text)
    told = words(sign_in(boards.new).get(f"/passations/{handover.id}").text)
    assert "Ancienne Présidente a son propre compte ici : à cette personne de signer." in told
    browser = sign_in(boards.old)
    done = browser.post(f"/passations/signatures/{line.id}", follow_redirects=True)
    assert "Votre signature est notée" in words(done.text)
    session.expire_all()
    handover.stage, handover.signed_at = Stage.SIGNED, clock.now() - timedelta(days=40)
    session.commit()
    assert browser.get(f"/passations/{handover.id}").status_code == 404
    handover.sealed_at, handover.signed_at = clock.now(), None
    handover.stage = Stage.SEALED
    boards.old.grants[0].until = boards.day - timedelta(days=30)
    session.commit()
    assert browser.get(f"/passations/{handover.id}").status_code == 404, "the access was over before"


def test_a_draft_says_beside_each_person_how_they_will_sign(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    for given, email in (("Marie", "marie@exemple.test"), ("Jean", ""), ("Sacha", "sacha@exemple.test")):
        also = make_person(session, given_name=given, family_name="Fictive", kept_by_body_id=boards.body.id)
        also.email = email
        session.flush()
        also.email_since = clock.now() - timedelta(days=0 if given == "Sacha" else 90)
        make_mandate(session, boards.body, also, Function.BOARD_MEMBER, since=boards.day.isoformat())
    handover = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    session.commit()
    page = words(sign_in(boards.old).get(f"/passations/{handover.id}").text)
    assert page.count("Signera depuis son compte.") == 2
    assert "une fois invité·e à l’adresse de sa fiche" in page
    assert "Signera sur papier : la fiche ne donne pas d’adresse électronique." in page
    assert "Signera sur papier : la fiche ne donne cette adresse que depuis le" in page
    assert handover.access_ends_on == boards.day + timedelta(days=14)


def test_who_is_told_of_a_paper_sees_its_copy_by_the_link_of_the_letter(
    session: Session, sign_in: SignIn, client: FlaskClient
) -> None:
    boards = make_boards(session)
    line = line_of(make_sealed(session, boards), boards.old)
    sign_in(boards.new).post(f"/passations/signatures/{line.id}/papier", data=_copy(boards))
    letter = session.scalars(select(OutboxMessage)).all()[-1]
    link = CONTEST.search(letter.text)
    assert link is not None
    client.post("/deconnexion")
    assert f"{link[1]}/copie" in client.get(link[1]).text
    assert client.get(f"{link[1]}/copie").data.startswith(b"%PDF")
    assert client.get(f"{link[1][:-3]}xyz/copie").status_code == 404
    client.post(link[1])
    assert client.get(f"{link[1]}/copie").status_code == 404, "it proves nothing any more"


def test_a_sealing_after_which_nobody_would_administer_says_whom_to_choose(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    boards.new.person_id = None
    session.commit()
    handover = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    session.commit()
    refused = sign_in(boards.old).post(f"/passations/{handover.id}/figer", data={"sure": "1"})
    assert refused.status_code == 422
    assert "Plus personne n’administrerait les accès après Ancienne Présidente" in words(refused.text)
    session.expire_all()
    assert handover.stage == Stage.DRAFT


def test_who_was_put_away_before_the_handover_was_prepared_is_named_beside_it(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    also = make_person(session, given_name="Marie", family_name="Fictive", kept_by_body_id=boards.body.id)
    hidden = make_mandate(session, boards.body, also, Function.SECRETARY, since=boards.day.isoformat())
    hidden.trashed_at = clock.now()
    session.commit()
    handover = make_sealed(session, boards)
    for account in (boards.old, boards.new):
        _own(session, handover, account)
    browser = sign_in(boards.new)
    assert "signée des deux côtés" in words(browser.get(f"/passations/{handover.id}").text)
    hidden.trashed_at = None
    session.commit()
    page = words(browser.get(f"/passations/{handover.id}").text)
    assert "signée des deux côtés, pas par tout le monde" in page
    assert "Marie Fictive, Secrétaire : change ce jour-là, et n’est pas dans ce dossier." in page
    assert "et n’est pas dans ce dossier : Marie Fictive" in printed(browser, handover)
    again = words(sign_in(boards.old).get("/passations/").text)
    assert "pas par tout le monde" in again
    assert "Préparer la passation" in again


def test_a_forgotten_officer_makes_a_handover_of_their_own_and_the_signed_one_stays_signed(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    for account in (boards.old, boards.new):
        _own(session, handover, account)
    late = make_person(session, given_name="Noé", family_name="Fictif", kept_by_body_id=boards.body.id)
    make_mandate(session, boards.body, late, Function.TREASURER, since=boards.day.isoformat(), created_at=clock.now())
    session.commit()
    browser = sign_in(boards.old)
    page = words(browser.get(f"/passations/{handover.id}").text)
    assert "pas par tout le monde" not in page
    assert "Noé Fictif, Trésorière ou trésorier : change ce jour-là, et n’est pas dans ce dossier." in page
    assert "Préparer la passation" in words(browser.get("/").text)
    second = make_sealed(session, boards)
    assert {(one.side, one.person.name, one.stands_in) for one in second.people} == {
        (Side.INCOMING, "Noé Fictif", False),
        (Side.OUTGOING, "Ancienne Présidente", True),
    }
    assert not second.rights, "no access ends twice"
    assert "n’est pas dans ce dossier" not in words(browser.get(f"/passations/{handover.id}").text)


@pytest.mark.parametrize("moved", [-10, 1, 20])
def test_a_date_made_more_exact_later_asks_nobody_to_hand_over_again(
    session: Session, sign_in: SignIn, moved: int
) -> None:
    boards = make_boards(session)
    handover = make_sealed(session, boards)
    for account in (boards.old, boards.new):
        _own(session, handover, account)
    coming = session.scalars(select(Mandate).where(Mandate.person_id == boards.new.person_id)).one()
    day = boards.day + timedelta(days=moved)
    coming.since, coming.since_sort = parse(day.isoformat()), day
    since = boards.day + timedelta(days=int(moved == 1))  # on the day, or on its morrow
    smaller = make_mandate(session, boards.body, boards.old.person, Function.BOARD_MEMBER, since=since.isoformat())
    smaller.created_at = clock.now()
    session.commit()
    browser = sign_in(boards.new)
    page = words(browser.get(f"/passations/{handover.id}").text)
    assert "signée des deux côtés" in page
    assert "pas par tout le monde" not in page
    assert "n’est pas dans ce dossier" not in page
    assert "Préparer la passation" not in words(browser.get("/").text)


def test_another_office_taken_some_weeks_later_is_handed_over_again(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    stays = make_person(session, given_name="Ada", family_name="Fictive", kept_by_body_id=boards.body.id)
    make_mandate(session, boards.body, stays, Function.SECRETARY, since="2020")
    keeper = make_member(session, boards.body, person_id=stays.id)
    handover = make_sealed(session, boards)
    handover.takes_over_on = boards.day - timedelta(days=20)
    day = handover.takes_over_on
    for mandate in session.scalars(select(Mandate).where(Mandate.body_id == boards.body.id)):
        moved = parse(day.isoformat())
        if mandate.person_id == boards.new.person_id:
            mandate.since, mandate.since_sort = moved, day
        elif mandate.person_id == boards.old.person_id:
            mandate.until, mandate.until_sort = moved, day
    session.commit()
    browser = sign_in(keeper)
    assert "Préparer la passation" not in words(browser.get("/").text)
    make_mandate(session, boards.body, boards.new.person, Function.TREASURER, since=boards.day.isoformat())
    session.commit()
    assert "Préparer la passation" in words(browser.get("/").text)


def test_an_address_that_several_homes_or_the_association_give_proves_nothing(session: Session) -> None:
    boards = make_boards(session)
    make_member(session, boards.body, Role.TREASURER, is_administrator=True)
    new, long = boards.new, clock.now() - timedelta(days=400)
    boards.body.email, new.tied_at = "asso@exemple.test", clock.now()
    make_person(
        session, given_name="Une", family_name="Voisine", email="rue@exemple.test", kept_by_body_id=boards.body.id
    )
    handover = make_sealed(session, boards)
    line, told = line_of(handover, new), []
    for email in ("nouvelle@exemple.test", "asso@exemple.test", "rue@exemple.test"):
        new.email = line.person.email = line.sealed_email = email
        line.sealed_email_since = long
        session.commit()
        told.append(hands_of(session, handover, on=boards.day).objection(line, new))
    assert told[0] is None
    assert all("d’autres fiches, ou l’association" in str(why) for why in told[1:])


def test_an_office_that_had_ended_and_holds_again_since_is_as_new_as_that(session: Session) -> None:
    boards = make_boards(session)
    sleeper = make_person(session, given_name="Noé", family_name="Fictif", kept_by_body_id=boards.body.id)
    helper = make_member(session, boards.body, Role.READER, name="Noé Fictif", person_id=sleeper.id, tied_at=LONG_AGO)
    old = make_mandate(session, boards.body, sleeper, Function.BOARD_MEMBER, since="2018", until="2020")
    session.commit()
    old.until, old.until_sort = parse(boards.day.isoformat()), boards.day
    restored = make_mandate(
        session, boards.body, sleeper, Function.TREASURER, since="2024", until=boards.day.isoformat()
    )
    restored.trashed_at = clock.now() - timedelta(days=200)
    put_right = session.scalars(select(Mandate).where(Mandate.person_id == boards.old.person_id)).one()
    put_right.until = parse((boards.day - timedelta(days=1)).isoformat())
    session.commit()
    restored.trashed_at = None
    put_right.until = parse(boards.day.isoformat())
    session.commit()
    assert put_right.recast_at is None, "a slip of a day is none"
    handover = make_sealed(session, boards)
    with pytest.raises(services.BadHandover, match="n’a été notée, ou corrigée, qu’au changement"):
        _own(session, handover, helper)


def test_after_a_contest_neither_the_same_hand_nor_the_same_copy_notes_it_again(
    session: Session, sign_in: SignIn
) -> None:
    boards = make_boards(session)
    beside = []
    for given in ("Ada", "Claude"):
        also = make_person(session, given_name=given, family_name="Fictive", kept_by_body_id=boards.body.id)
        make_mandate(session, boards.body, also, Function.SECRETARY, since="2024-10", until=boards.day.isoformat())
        beside.append(make_member(session, boards.body, name=f"{given} Fictive", person_id=also.id))
    handover = make_sealed(session, boards)
    ada, claude = beside
    line = line_of(handover, boards.old)
    paper = f"/passations/signatures/{line.id}/papier"
    sign_in(ada).post(paper, data=_copy(boards))
    sign_in(boards.old).post(f"/passations/signatures/{line.id}/contester")
    other = BytesIO(a_pdf() + b"\n% another")
    assert sign_in(ada).post(paper, data=_copy(boards, proof=(other, "autre.pdf"))).status_code == 422
    refused = sign_in(claude).post(paper, data=_copy(boards))
    assert "C’est la copie que Ancienne Présidente a contestée" in words(refused.text)
    other = BytesIO(a_pdf() + b"\n% another")
    assert sign_in(claude).post(paper, data=_copy(boards, proof=(other, "autre.pdf"))).status_code == 302
    for account in (ada, claude, boards.new):
        _own(session, handover, account)
    assert "signée des deux côtés, après une contestation" in words(
        sign_in(claude).get(f"/passations/{handover.id}").text
    )


def test_who_only_reads_is_asked_for_their_own_signature(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    make_sealed(session, boards)
    boards.new.grants[0].role = Role.READER
    session.commit()
    home = words(sign_in(boards.new).get("/").text)
    assert home.index("Signer la passation du bureau") < home.index("En attente des autres")


def test_sealing_asks_whether_all_was_read(session: Session, sign_in: SignIn) -> None:
    boards = make_boards(session)
    handover = services.prepare(session, boards.body, boards.day, by=BY, at=clock.now())
    session.commit()
    refused = sign_in(boards.old).post(f"/passations/{handover.id}/figer")
    assert refused.status_code == 422
    assert "Cochez que tout est relu" in words(refused.text)
    session.expire_all()
    assert handover.stage == Stage.DRAFT


def test_an_older_installation_knows_from_its_journal_since_when_an_account_is_somebodys(database_url: str) -> None:
    engine = create_engine(database_url)
    prepare(engine)
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    with Work(engine) as session:
        boards = make_boards(session)
        for hours, by in enumerate((boards.new, boards.old)):
            moment = noon + timedelta(hours=hours)
            told = {"subject": ("account", boards.new.id), "name": "x", "person": "x"}
            record(session, "accounts.tied", by=Actor(by.id, by.name), at=moment, **told)
        session.commit()
        numbers = (boards.old.id, boards.new.id)
    migrate.downgrade(engine, "050_sealed_names")
    migrate.upgrade(engine)
    with Work(engine) as session:
        old, new = (session.get_one(Account, number) for number in numbers)
        assert (old.tied_at, old.tied_by, old.tied_by_id) == (None, None, None), "of long ago nothing is known"
        assert (new.tied_at, new.tied_by, new.tied_by_id) == (noon + timedelta(hours=1), old.name, old.id)
    engine.dispose()
