"""Secrets and their hashes: mailed links, short codes, passwords, one-time codes. Pure: no database, no request."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

if TYPE_CHECKING:
    from datetime import datetime

CODE_DIGITS = 8
RECOVERY_CODES = 10
TOTP_SECONDS = 30
_RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

_FIGURES_ENOUGH = 20
_FIRST_TRIED = {"motdepasse", "monmotdepasse", "password", "passwort", "mypassword", "jumelage", "traitdunion"}
_ROWS = (
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)

# OWASP's second profile for Argon2id: 19 MiB, two passes, one lane; about 20 ms on the smallest machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def new_link() -> str:
    """A secret for a mailed link: 256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def link_hash(link: str) -> str:
    """What is kept of a link; it has entropy enough to need no key."""
    return hashlib.sha256(link.encode()).hexdigest()


def new_code() -> str:
    """A short code that can be typed from a telephone's screen."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def code_hash(code: str, *, of: str, key: str) -> str:
    """What is kept of a short code: keyed, since its hash alone could be found by trying them all."""
    typed = "".join(character for character in code.lower() if character.isalnum())
    return hmac.new(key.encode(), f"{of}\n{typed}".encode(), hashlib.sha256).hexdigest()


def source_hash(source: str, *, key: str) -> str:
    """Stands for an address or a machine in the counters of attempts, which keep neither."""
    return hmac.new(key.encode(), f"source\n{source}".encode(), hashlib.sha256).hexdigest()


def grouped(code: str) -> str:
    """The code as it is shown: in groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def is_guessed(password: str, *, email: str = "") -> bool:
    """Whether anybody would try it first: figures only, a row of keys, a word for « password », the own address."""
    typed = password.lower().replace(" ", "")
    bare = typed.rstrip("0123456789!?.*")
    return (
        typed == email.lower()
        or (typed.isdigit() and len(typed) < _FIGURES_ENOUGH)
        or bare in _FIRST_TRIED
        or (bool(bare) and any(one.startswith(bare) for one in _ROWS))
    )


def hash_password(password: str) -> str:
    """What is kept of a password. Slow on purpose: never call it inside a writing transaction."""
    return _HASHER.hash(password)


def is_password(password: str, kept: str) -> bool:
    """Whether it is this password; takes as long when there is none."""
    try:
        _HASHER.verify(kept or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def needs_new_hash(kept: str) -> bool:
    """Whether the hash was made with an older profile."""
    return _HASHER.check_needs_rehash(kept)


def new_totp_secret() -> str:
    """A secret for an application of one-time codes: 160 bits in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def totp_address(secret: str, *, account: str, issuer: str) -> str:
    """The ``otpauth:`` address that the application reads from the QR code."""
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?secret={secret}&issuer={quote(issuer)}"


def totp_step(code: str, secret: str, *, at: datetime) -> int | None:
    """The time step that this code belongs to, if it is right now or one step beside (RFC 6238)."""
    typed = "".join(character for character in code if character.isdigit())
    now = int(at.timestamp()) // TOTP_SECONDS
    found = None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(totp_code(secret, step).encode(), typed.encode()):
            found = step
    return found


def totp_code(secret: str, step: int) -> str:
    """The six digits of one time step."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def new_recovery_codes() -> list[str]:
    """Codes for the day the telephone is lost: 50 bits each, in two groups."""
    return [
        "-".join("".join(secrets.choice(_RECOVERY_ALPHABET) for _ in range(5)) for _ in range(2))
        for _ in range(RECOVERY_CODES)
    ]


@cache
def _nobody() -> str:
    """What a password is compared with when nobody has the address: the answer then takes as long."""
    return _HASHER.hash(secrets.token_urlsafe(16))
