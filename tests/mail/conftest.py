"""Mail servers of this process, plain or with TLS."""

from __future__ import annotations

import ssl
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.smtp import AuthResult

from tests.support.smtp import Mailbox, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A plain server that accepts."""
    with served(Mailbox()) as box:
        yield box


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of our own for 127.0.0.1, with its key."""
    path = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            path / "key.pem",
            "-out",
            path / "cert.pem",
        ],
        check=True,
        capture_output=True,
    )
    return path


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificate / "cert.pem")


@pytest.fixture
def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


@pytest.fixture
def starttls_mailbox(server_context: ssl.SSLContext) -> Iterator[Mailbox]:
    """A server that wants STARTTLS, then a name and a password."""

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"mairie", b"secret"), handled=False)

    with served(
        Mailbox(), tls_context=server_context, require_starttls=True, authenticator=known, auth_required=True
    ) as box:
        yield box


@pytest.fixture
def ssl_mailbox(server_context: ssl.SSLContext) -> Iterator[Mailbox]:
    """A server that speaks TLS from the first byte."""
    with served(Mailbox(), ssl_context=server_context) as box:
        yield box
