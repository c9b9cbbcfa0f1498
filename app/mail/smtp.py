"""One conversation with the mail server for one message."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Protocol

import idna

from app.config import mailbox

if TYPE_CHECKING:
    from email.policy import Policy

    from app.config import Settings
    from app.mail.models import OutboxMessage

PATIENCE = 30  # seconds that a silent server is given; far below the lease
ANSWER = 600  # seconds for the answer to a whole letter (RFC 5321, 4.5.3.2.6): it may be on its way already


class _Patient(smtplib.SMTP):
    """Waits longer once the letter is handed over: who gives up there sends it twice."""

    answer_within: float = ANSWER

    def data(self, msg: Any) -> tuple[int, bytes]:  # noqa: ANN401  # as smtplib has it
        """Hand the letter over and wait for what becomes of it."""
        sock = self.sock
        usual = sock.gettimeout() if sock else None
        if sock:
            sock.settimeout(self.answer_within)
        try:
            return super().data(msg)
        finally:
            if self.sock:
                self.sock.settimeout(usual)


class _PatientOverTls(_Patient, smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""


class _Unfolded(UnstructuredHeader):
    """A header written on one line, as it is.

    A long address has no place where it could be folded, and mail programs do not read one that was encoded word by
    word (RFC 2369, section 2; RFC 8058, section 3.1).
    """

    def fold(self, *, policy: Policy) -> str:
        """Give the whole line."""
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]  # of BaseHeader


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("List-Unsubscribe", _Unfolded)  # type: ignore[arg-type]  # the registry mixes BaseHeader in


class NotSentError(Exception):
    """The message did not leave. ``for_good``: trying again would not help (a refusal of class 5xx)."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Postman(Protocol):
    """Whoever takes a message away."""

    def send(self, message: OutboxMessage) -> None:
        """Hand the message to the mail server; when this returns, the server has it.

        :raises NotSentError: when it has not.
        """


@dataclass(frozen=True)
class SmtpPostman:
    """Hands messages to the server of the settings: ``starttls``, ``ssl`` or ``none``."""

    settings: Settings
    context: ssl.SSLContext | None = None
    patience: float = PATIENCE
    answer: float = ANSWER

    def send(self, message: OutboxMessage) -> None:
        """Send one message over a connection of its own."""
        try:
            mail = compose(message, self.settings)
            with self._connected() as server:
                server.answer_within = self.answer
                if self.settings.mail_user:
                    server.login(self.settings.mail_user, self.settings.mail_password)
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise NotSentError(_told(code, said), for_good=_is_final(code)) from error
        except smtplib.SMTPAuthenticationError as error:
            raise NotSentError(_told(error.smtp_code, error.smtp_error), for_good=False) from error  # a setting
        except smtplib.SMTPResponseException as error:
            raise NotSentError(_told(error.smtp_code, error.smtp_error), for_good=_is_final(error.smtp_code)) from error
        except smtplib.SMTPNotSupportedError as error:  # an address with accents, a server without SMTPUTF8
            raise NotSentError(str(error), for_good=not message.to_address.isascii()) from error
        except OSError as error:  # before the next: a certificate that nobody trusts is a ValueError, too
            raise NotSentError(_unreached(self.settings, error), for_good=False) from error
        except ValueError as error:  # what cannot be written as a message will not be able to later
            raise NotSentError(
                f"Ce courrier ne peut pas être écrit : vérifiez l’adresse de la personne et MAIL_FROM ({error}).",
                for_good=True,
            ) from error

    def _connected(self) -> _Patient:
        chosen = self.settings
        if chosen.mail_security == "ssl":
            return _PatientOverTls(chosen.mail_host, chosen.mail_port, timeout=self.patience, context=self._trust())
        server = _Patient(chosen.mail_host, chosen.mail_port, timeout=self.patience)
        if chosen.mail_security == "starttls":
            try:
                server.starttls(context=self._trust())
            except BaseException:
                server.close()
                raise
        return server

    def _trust(self) -> ssl.SSLContext:
        """Whom an encrypted connection trusts: read when there is one, for that takes longer than a letter."""
        return self.context or ssl.create_default_context()


def compose(message: OutboxMessage, settings: Settings) -> EmailMessage:
    """The message as it travels; its ``Message-ID`` is the same at every attempt."""
    own_name, sender = mailbox(settings.mail_from or f"ne-pas-repondre@{settings.mail_host or 'localhost'}")
    name, _, domain = message.to_address.rpartition("@")
    mail = EmailMessage(policy=(SMTP if name.isascii() else SMTPUTF8).clone(header_factory=_HEADERS))
    mail["From"] = Address(display_name=message.from_name or own_name or "Trait d’union", addr_spec=sender)
    mail["To"] = Address(message.to_name, name, idna.encode(domain, uts46=True).decode("ascii"))
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{message.message_id}@{sender.rpartition('@')[2]}>"
    _mark(mail, message, sender)
    mail["Content-Language"] = message.language
    if reply_to := message.reply_to or settings.mail_reply_to:
        mail["Reply-To"] = reply_to
    mail.set_content(message.text)
    return mail


def _mark(mail: EmailMessage, message: OutboxMessage, sender: str) -> None:
    """Say that a machine wrote; a letter to many says instead to which list it belongs and how to leave it."""
    if not message.unsubscribe_url:
        mail["Auto-Submitted"] = "auto-generated"
        return
    mail["List-Id"] = f"<lettres-{message.body_id or 0}.{sender.rpartition('@')[2]}>"
    mail["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Precedence"] = "list"


def _unreached(settings: Settings, error: Exception) -> str:
    """Why no conversation with the server came to an end, for whoever keeps the settings."""
    server = f"{settings.mail_host}:{settings.mail_port}"
    if isinstance(error, ConnectionRefusedError):
        return f"Le serveur {server} refuse la connexion : vérifiez MAIL_HOST et MAIL_PORT."
    if isinstance(error, socket.gaierror):
        return f"Le serveur « {settings.mail_host} » est introuvable : vérifiez MAIL_HOST."
    if isinstance(error, TimeoutError):
        return f"Le serveur {server} ne répond pas."
    if isinstance(error, ssl.SSLError):
        return f"La connexion chiffrée avec {server} échoue : vérifiez MAIL_SECURITY ({error})."
    return f"La conversation avec {server} s’est interrompue ({error})."[:400]


def _is_final(code: int) -> bool:
    return 500 <= code < 600  # noqa: PLR2004  # RFC 5321, 4.2.1


def _told(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:400]
