"""Mail addresses as people type them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.shared.errors import DomainError

LONGEST = 254


class BadAddress(DomainError):
    """Nobody can be reached at what was typed."""

    def __init__(self, typed: str, *, field: str = "email") -> None:
        super().__init__(
            _l(
                "« %(typed)s » n’est pas une adresse électronique. Écrivez-la comme prenom.nom@exemple.fr.",
                typed=" ".join(typed.split())[:80],
            ),
            field=field,
        )


def clean(typed: str, *, field: str = "email") -> str:
    """The address in the one form that is kept and compared.

    Any provider is welcome (many small town halls write from a telephone company's address), and none
    is asked whether it exists.

    :raises BadAddress: when it is none.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  # slow to load, and a start reads none

    try:
        found = validate_email(typed.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise BadAddress(typed, field=field) from error
    address = found.normalized.lower()
    if len(address) > LONGEST:
        raise BadAddress(typed, field=field)
    return address
