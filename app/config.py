"""The settings of one installation, read once and passed to the factory.

Order of precedence: environment, then ``instance/settings.toml``, then the defaults below, which are
safe in production and fit to be public. No default holds a secret: the secret key is made at the first
start and kept in ``instance/secret_key``.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, fields
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(RuntimeError):
    """A setting that cannot be used; the message says which one, where it was read and what to write."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an installation may choose. The environment name is the field in capitals."""

    instance: Path
    secret_key: str
    database_url: str = ""
    demonstration: bool = False
    base_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    trusted_proxies: int = 0
    mail_host: str = ""
    mail_port: int = 587
    mail_user: str = ""
    mail_password: str = ""
    mail_security: str = "starttls"
    mail_from: str = ""
    mail_reply_to: str = ""
    max_upload_mib: int = 20
    publisher_name: str = ""
    publisher_address: str = ""
    publisher_director: str = ""
    publisher_contact: str = ""
    host_name: str = ""
    host_address: str = ""
    privacy_contact: str = ""
    testing: bool = False

    @property
    def url(self) -> str:
        """The database address, SQLite in the instance folder unless another one is named."""
        return self.database_url or f"sqlite:///{self.instance / 'traitdunion.sqlite3'}"

    @property
    def files(self) -> Path:
        """Where uploaded files are kept."""
        return self.instance / "files"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of this installation.

    :raises SettingsError: when a value cannot be read or a name in the file is not a setting.
    """
    env = os.environ if environ is None else environ
    instance = Path(env.get("INSTANCE", ROOT / "instance")).resolve()
    path = instance / "settings.toml"
    try:
        filed = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} ne peut pas être lu : {error}") from error
    known = {field.name: str(field.type) for field in fields(Settings) if field.name != "instance"}
    if strangers := set(filed) - set(known):
        raise SettingsError(f"{path} : réglage inconnu : {', '.join(sorted(strangers))}")
    chosen: dict[str, object] = {}
    for name, kind in known.items():
        if name.upper() in env:
            chosen[name] = _read(name.upper(), kind, env[name.upper()])
        elif name in filed:
            chosen[name] = _read(f"{path}, {name}", kind, str(filed[name]))
    if "secret_key" not in chosen:
        try:
            chosen["secret_key"] = _own_secret(instance)
        except OSError as error:
            raise SettingsError(
                f"{instance} n’est pas accessible en écriture ({error.strerror}) : donnez ce dossier au compte qui "
                "lance Trait d’union, ou nommez-en un autre par INSTANCE."
            ) from error
    chosen.setdefault("base_url", _last_address(instance))
    _check_mailboxes(chosen)
    chosen["database_url"] = _database(str(chosen.get("database_url", "")))
    return Settings(instance=instance, **chosen)  # type: ignore[arg-type]  # _read gave each its type


def _read(where: str, kind: str, raw: str) -> object:
    if kind == "bool":
        if raw.lower() in {"1", "true", "yes", "oui", "on"}:
            return True
        if raw.lower() in {"0", "false", "no", "non", "off", ""}:
            return False
        raise SettingsError(f"{where} : écrivez « oui » ou « non », pas « {raw} »")
    if kind == "int":
        try:
            return int(raw)
        except ValueError as error:
            raise SettingsError(f"{where} : un nombre entier est attendu, pas « {raw} »") from error
    return raw


def mailbox(text: str) -> tuple[str, str]:
    """The name and the address of « Mairie <mairie@exemple.fr> » or of « mairie@exemple.fr ».

    :raises ValueError: when the text names no address.
    """
    name, address = parseaddr(text.strip())
    before, at, after = address.rpartition("@")
    if not (at and before and after) or any(letter.isspace() or letter in "<>,;" for letter in address):
        raise ValueError(text)
    return name, address


def _check_mailboxes(chosen: Mapping[str, object]) -> None:
    for name in ("mail_from", "mail_reply_to"):
        text = str(chosen.get(name, ""))
        try:
            _ = text and mailbox(text)
        except ValueError as error:
            raise SettingsError(
                f"{name.upper()} : « {text} » n’est pas une adresse ; écrivez « jumelages@exemple.fr » "
                "ou « Jumelages <jumelages@exemple.fr> »."
            ) from error


def _database(url: str) -> str:
    """The address of a database that this software speaks to; PostgreSQL by its one driver, however it is written."""
    for spoken in ("postgresql://", "postgres://"):
        if url.startswith(spoken):
            url = "postgresql+psycopg://" + url.removeprefix(spoken)
    if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError(
            "DATABASE_URL : écrivez « sqlite:////chemin/vers/fichier.sqlite3 » ou "
            "« postgresql+psycopg://compte:mot-de-passe@machine/base », ou rien pour la base du dossier instance."
        )
    return url


def _last_address(instance: Path) -> str:
    """Where ``script/server`` last served this installation; the default address when it never did."""
    try:
        said = (instance / "address").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        said = ""
    return said if said.startswith(("http://", "https://")) else Settings.base_url


def _own_secret(instance: Path) -> str:
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="ascii") as file:
                path.chmod(0o600)
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # another process made it between the two lines
    return path.read_text("ascii").strip()
