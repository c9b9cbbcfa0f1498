"""A real SMTP server in this process, which may be told to refuse, to be busy or to be silent."""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


@dataclass
class Mailbox:
    """What arrived, and what the server answers next: ``None`` accepts."""

    received: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    recipient_answer: str | None = None
    port: int = 0
    answers_after: float = 0

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=default) for raw in self.received]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.recipient_answer:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        await asyncio.sleep(self.answers_after)
        if answer.startswith("250"):
            self.received.append(envelope.content)
            self.recipients.extend(envelope.rcpt_tos)
        return answer


class Peer(Controller):
    """A server on a port that the kernel chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        if not self.ssl_context:
            super()._trigger_server()
        else:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            with (
                socket.create_connection((self.hostname, self.port), 5) as plain,
                context.wrap_socket(plain) as wrapped,
            ):
                wrapped.recv(1024)


@contextmanager
def served(mailbox: Mailbox, **options: Any) -> Iterator[Mailbox]:
    controller = Peer(mailbox, hostname="127.0.0.1", port=0, **options)
    controller.start()
    mailbox.port = controller.port
    try:
        yield mailbox
    finally:
        controller.stop(no_assert=True)
