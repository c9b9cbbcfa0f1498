"""What a person changes about their own account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.accounts import credentials
from app.accounts.models import Account, RecoveryCode
from app.mail.models import OutboxMessage
from app.shared import clock
from tests.factories.accounts import make_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    SignIn = Callable[[Account], FlaskClient]

PASSWORD = "cheval pile agrafe correct"  # noqa: S105  # a test's


def again(session: Session, account: Account) -> Account:
    session.rollback()
    return session.get(Account, account.id)


def other_device(client: FlaskClient, account: Account) -> FlaskClient:
    device = client.application.test_client()
    with device.session_transaction() as cookie:
        cookie["_user_id"] = f"{account.id}:{account.session_epoch}"
    assert device.get("/compte").status_code == 200
    return device


def now_code(secret: str, shift: int = 0) -> str:
    return credentials.totp_code(secret, int(clock.now().timestamp()) // 30 + shift)


def test_name_and_language(session: Session, sign_in: SignIn) -> None:
    account = make_account(session)
    client = sign_in(account)
    assert client.post("/compte", data={"name": " Zoé\r\nFictive ", "language": "en"}).status_code == 302
    assert (again(session, account).name, account.language) == ("Zoé Fictive", "en")
    assert client.post("/compte", data={"name": "", "language": "en"}).status_code == 422
    assert client.post("/compte", data={"name": "x", "language": "xx"}).status_code == 422


def test_a_password_is_chosen_changed_and_removed(session: Session, sign_in: SignIn) -> None:
    account = make_account(session)
    client = sign_in(account)
    device = other_device(client, account)
    assert client.post("/compte/mot-de-passe", data={"new_password": "court"}).status_code == 422
    assert client.post("/compte/mot-de-passe", data={"new_password": "1212121212121212"}).status_code == 422
    endless = client.post("/compte/mot-de-passe", data={"new_password": "agrafe juste " * 160}).text
    assert "gardez 256 caractères au plus" in endless
    assert "Il faut au moins 12 caractères" not in endless
    for guessed in ("123456789012", "azertyuiopqs", "Motdepasse2026!", account.email.upper()):
        refused = client.post("/compte/mot-de-passe", data={"new_password": guessed})
        assert (refused.status_code, "que l’on essaie d’abord" in refused.text) == (422, True)
    assert client.post("/compte/mot-de-passe", data={"new_password": PASSWORD}).status_code == 302
    assert again(session, account).password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert client.get("/compte").status_code == 200  # this device stays
    assert device.get("/compte").status_code == 302  # the others do not
    wrong = client.post("/compte/mot-de-passe", data={"password": "non", "new_password": PASSWORD + "!"})
    assert wrong.status_code == 422
    assert PASSWORD not in wrong.text
    client.post("/compte/mot-de-passe/retirer")
    assert again(session, account).password_hash == ""


def test_a_second_factor_is_asked_once_set(session: Session, sign_in: SignIn, app: Flask) -> None:
    account = make_account(session, password_hash=credentials.hash_password(PASSWORD))
    client = sign_in(account)
    page = client.get("/compte/double-verification")
    assert "data:image/svg+xml" in page.text
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")
    assert client.post("/compte/double-verification", data={"code": "000000"}).status_code == 422
    shown = client.post("/compte/double-verification", data={"code": now_code(secret, -1)})
    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", shown.text)
    assert len(codes) == 10
    assert again(session, account).totp_secret == secret
    assert codes[0] not in [code.code_hash for code in session.scalars(select(RecoveryCode))]

    device = app.test_client()
    way_in = {"email": account.email, "password": PASSWORD}
    assert device.post("/connexion/mot-de-passe", data=way_in).location == "/connexion/double-verification"
    assert device.get("/compte").status_code == 302  # half way is not in
    replayed = device.post("/connexion/double-verification", data={"code": now_code(secret, -1)})
    assert replayed.status_code == 422
    assert device.post("/connexion/double-verification", data={"code": now_code(secret)}).status_code == 302
    assert device.get("/compte").status_code == 200

    for status in (302, 422):  # a recovery code serves once
        device = app.test_client()
        device.post("/connexion/mot-de-passe", data=way_in)
        assert device.post("/connexion/double-verification", data={"code": codes[3].upper()}).status_code == status


def test_one_time_codes_cannot_be_tried_without_end(session: Session, client: FlaskClient) -> None:
    account = make_account(
        session, password_hash=credentials.hash_password(PASSWORD), totp_secret=credentials.new_totp_secret()
    )
    client.post("/connexion/mot-de-passe", data={"email": account.email, "password": PASSWORD})
    statuses = [
        client.post("/connexion/double-verification", data={"code": f"{n:06d}"}).status_code for n in range(1, 8)
    ]
    assert statuses == [422] * 5 + [429] * 2
    strange = client.post("/connexion/double-verification", data={"code": "٠٠٠٠٠٠"})
    assert strange.status_code == 429


def test_the_second_factor_is_not_asked_of_a_passer_by(client: FlaskClient) -> None:
    assert client.get("/connexion/double-verification").location == "/connexion"


def test_removing_the_second_factor_takes_a_code(session: Session, sign_in: SignIn) -> None:
    secret = credentials.new_totp_secret()
    account = make_account(session, totp_secret=secret)
    client = sign_in(account)
    assert client.post("/compte/double-verification/retirer", data={"code": "٠٠٠٠٠٠"}).status_code == 422
    assert again(session, account).totp_secret
    assert client.post("/compte/double-verification/retirer", data={"code": now_code(secret)}).status_code == 302
    assert not again(session, account).totp_secret


def test_one_goes_out_everywhere(session: Session, sign_in: SignIn) -> None:
    account = make_account(session)
    client = sign_in(account)
    device = other_device(client, account)
    client.post("/compte/sessions/terminer")
    assert client.get("/compte").status_code == 302
    assert device.get("/compte").status_code == 302


def test_an_address_changes_from_the_new_mailbox_only(session: Session, sign_in: SignIn) -> None:
    account = make_account(session, email="avant@exemple.test")
    client = sign_in(account)
    assert client.post("/compte/adresse", data={"email": "Apres@exemple.test"}).status_code == 302
    assert again(session, account).email == "avant@exemple.test"
    letter = session.scalar(select(OutboxMessage))
    assert letter.to_address == "apres@exemple.test"
    link = re.search(r"https?://[^/]+(/adresse/\S+)", letter.text)[1]
    assert client.get(link).status_code == 200
    assert again(session, account).email == "avant@exemple.test"
    assert client.post(link).status_code == 302
    assert again(session, account).email == "apres@exemple.test"
    assert client.get("/compte").status_code == 200
    told = session.scalars(select(OutboxMessage.to_address).order_by(OutboxMessage.id)).all()
    assert told == ["apres@exemple.test", "avant@exemple.test"]
    assert client.post(link).status_code == 410


def test_somebody_elses_address_is_neither_taken_nor_told(session: Session, sign_in: SignIn) -> None:
    other, account = make_account(session), make_account(session)
    client = sign_in(account)
    known = client.post("/compte/adresse", data={"email": other.email}, follow_redirects=True)
    unknown = client.post("/compte/adresse", data={"email": "libre@exemple.test"}, follow_redirects=True)
    assert known.text.replace(other.email, "X") == unknown.text.replace("libre@exemple.test", "X")
    session.rollback()
    assert session.scalars(select(OutboxMessage.to_address)).all() == ["libre@exemple.test"]


def test_totp_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105  # RFC 6238, appendix B
    assert [credentials.totp_code(secret, at // 30) for at in (59, 1111111109, 20000000000)] == [
        "287082",
        "081804",
        "353130",
    ]
