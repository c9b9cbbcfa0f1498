"""Opening dossiers, letting towns join, the list of kinds, and lists taken out and brought in as workbooks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from app.access.roles import Role
from app.bodies.models import Body, BodyKind
from app.shared import clock
from app.twinnings.models import Twinning, TwinningKind
from tests.factories.accounts import make_account, make_member
from tests.factories.bodies import make_body
from tests.factories.places import make_place
from tests.factories.twinnings import make_dossier_person, make_kind, make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from tests.twinnings.conftest import Calvados

    SignIn = Callable[[Account], FlaskClient]

NEW = "/jumelages/nouveau"


@pytest.fixture
def sailly(session: Session) -> Body:
    body = make_body(session)
    session.commit()
    return body


def filled(session: Session, own: Body, name: str, **more: object) -> dict[str, object]:
    kind = session.scalars(select(TwinningKind).order_by(TwinningKind.id)).first() or make_kind(session)
    session.commit()
    typed = {"own": [str(own.id)], "kind": str(kind.id), "stage": "contact", "partners-0-name": name}
    return {**typed, "partners-0-country": "UA", **more}


def count(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Twinning)) or 0


def heading_of(text: str) -> str:
    return text.split("<title>")[1].split("</title>", maxsplit=1)[0]


def test_a_free_name_opens_a_dossier_that_both_sides_share(session: Session, sailly: Body, sign_in: SignIn) -> None:
    client = sign_in(make_member(session, sailly, Role.CLERK))
    answer = client.post(NEW, data=filled(session, sailly, "Semenivka"))
    assert answer.status_code == 302, answer.text
    partner = session.scalars(select(Body).where(Body.name == "Semenivka")).one()
    assert (partner.kind, partner.country, partner.kept_by_id) == ("foreign_authority", "UA", sailly.id)
    assert "Sailly-lez-Lannoy – Semenivka" in heading_of(client.get(answer.headers["Location"]).text)


def test_a_name_of_the_lists_is_proposed_and_never_chosen_for_the_person(
    session: Session, sailly: Body, sign_in: SignIn
) -> None:
    place = make_place(session, "Semenivka", country="UA")
    session.commit()
    client = sign_in(make_member(session, sailly, Role.CLERK))
    typed = filled(session, sailly, "Semenivka")
    asked = client.post(NEW, data=typed)
    assert (asked.status_code, count(session)) == (200, 0)
    assert "Est-ce l’une de ces villes" in asked.text
    assert client.post(NEW, data={**typed, "partners-0-place": str(place.id)}).status_code == 302
    assert session.scalars(select(Body.place_id).where(Body.name == "Semenivka")).one() == place.id


@pytest.mark.parametrize("typed", ["59390", "lannoi", "sailly lez"])
def test_a_postcode_a_slip_or_part_of_a_name_is_proposed_without_scripts(
    session: Session, sailly: Body, sign_in: SignIn, typed: str
) -> None:
    place = make_place(session, "Lannoy" if typed == "lannoi" else "Sailly-lez-Lannoy")
    client = sign_in(make_member(session, sailly, Role.CLERK))
    asked = client.post(NEW, data=filled(session, sailly, typed) | {"partners-0-country": ""})
    assert "n’a pas été choisie dans la liste" not in asked.text
    assert f'value="{place.id}"' in asked.text.partition("Est-ce l’une de ces villes")[2]
    assert count(session) == 0


def test_the_list_stays_for_whoever_chose_none_of_it_and_gave_no_country(
    session: Session, sailly: Body, sign_in: SignIn
) -> None:
    place = make_place(session, "Semenivka", country="UA")
    client = sign_in(make_member(session, sailly, Role.CLERK))
    free = {"partners-0-country": "", "partners-0-place": "libre"}
    answer = client.post(NEW, data=filled(session, sailly, "Semenivka") | free)
    assert (answer.status_code, count(session)) == (422, 0)
    assert f'value="{place.id}"' in answer.text.partition("Est-ce l’une de ces villes")[2]


@pytest.mark.parametrize("country", ["ZZ", "XA", "", "<b>"])
def test_a_country_that_is_none_is_refused(session: Session, sailly: Body, sign_in: SignIn, country: str) -> None:
    client = sign_in(make_member(session, sailly, Role.CLERK))
    answer = client.post(NEW, data=filled(session, sailly, "Nulleville", **{"partners-0-country": country}))
    assert (answer.status_code, count(session)) == (422, 0)
    assert "Nulleville" in answer.text


def test_nobody_opens_a_dossier_without_a_body_of_theirs_or_a_partner(
    session: Session, sailly: Body, sign_in: SignIn
) -> None:
    client = sign_in(make_member(session, sailly, Role.CLERK))
    assert client.post(NEW, data={**filled(session, sailly, "Semenivka"), "own": []}).status_code == 422
    assert client.post(NEW, data=filled(session, sailly, "")).status_code == 422
    assert count(session) == 0


@pytest.mark.parametrize("trashed", [False, True])
def test_the_same_twinning_again_is_warned_about_and_opened_only_when_confirmed(
    session: Session, sailly: Body, sign_in: SignIn, *, trashed: bool
) -> None:
    partner = make_body(
        session, "Semenivka", BodyKind.FOREIGN_AUTHORITY, country="UA", kept_by_id=sailly.id, names={"de": "Semeniwka"}
    )
    twinning = make_twinning(session, sailly, partner)
    twinning.trashed_at = clock.now() if trashed else None
    session.commit()
    client = sign_in(make_member(session, sailly, Role.CLERK))
    typed = filled(session, sailly, "Semenivka", kind=str(twinning.kind_id))
    warned = client.post(NEW, data=typed)
    assert "Ce jumelage a peut-être déjà son dossier" in warned.text
    assert f'href="/jumelages/{twinning.id}"' in warned.text
    assert ("à la corbeille, d’où il peut sortir" in warned.text) is trashed
    assert count(session) == 1
    assert client.post(NEW, data={**typed, "confirmed": ""}).status_code == 302
    assert count(session) == 2


def test_another_kind_between_the_same_towns_is_another_twinning(
    session: Session, sailly: Body, sign_in: SignIn
) -> None:
    partner = make_body(session, "Semenivka", BodyKind.FOREIGN_AUTHORITY, country="UA", kept_by_id=sailly.id)
    make_twinning(session, sailly, partner)
    other = make_kind(session, "essai", "Autre genre")
    session.commit()
    client = sign_in(make_member(session, sailly, Role.CLERK))
    assert client.post(NEW, data=filled(session, sailly, "Semenivka", kind=str(other.id))).status_code == 302


def test_a_third_side_joins_and_the_title_names_all_three_with_ones_own_first(
    calvados: Calvados, sign_in: SignIn
) -> None:
    client = sign_in(calvados.german)
    address = f"/jumelages/{calvados.twinning.id}"
    typed = {"side": "3", "known": "", "town-name": "Aldea Ejemplar", "town-country": "ES"}
    assert client.post(f"{address}/organismes/nouveau", data=typed).status_code == 302
    four = "Mathieu, Cresserons, Cambes-en-Plaine, Périers-sur-le-Dan"
    shown = client.get(address, headers={"Accept-Language": "fr"}).text
    assert f"Gerbrunn · {four} · Aldea Ejemplar" in heading_of(shown)
    again = client.post(f"{address}/organismes/nouveau", data={**typed, "town-name": "", "town-country": ""})
    assert again.status_code == 422


def test_somebody_taken_out_of_a_dossier_is_put_back(session: Session, calvados: Calvados, sign_in: SignIn) -> None:
    named = make_dossier_person(session, calvados.twinning, calvados.communes[0])
    session.commit()
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}"
    client.post(f"/jumelages/personnes/{named.id}/corbeille")
    shown = client.get(address).text
    assert "1 personne retirée du dossier" in shown
    assert f'action="/jumelages/personnes/{named.id}/restaurer"' in shown
    client.post(f"/jumelages/personnes/{named.id}/restaurer")
    assert "retirée du dossier" not in client.get(address).text


def test_kinds_are_added_renamed_and_retired_by_who_runs_the_installation(session: Session, sign_in: SignIn) -> None:
    kind = make_kind(session, "essai", "Essai")
    session.commit()
    client = sign_in(make_account(session, is_instance_administrator=True))
    assert client.post("/jumelages/genres", data={"label": "Cité unie"}).status_code == 302
    assert client.post("/jumelages/genres", data={"label": "  "}).status_code == 422
    assert client.post(f"/jumelages/genres/{kind.id}/modifier", data={"label": "Essai loyal"}).status_code == 302
    assert client.post(f"/jumelages/genres/{kind.id}/retirer").status_code == 302
    shown = client.get("/jumelages/genres").text
    assert "Cité unie" in shown
    assert "Essai loyal" in shown
    session.expire_all()
    assert session.get_one(TwinningKind, kind.id).retired_at is not None


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_the_list_leaves_as_a_sheet(calvados: Calvados, sign_in: SignIn, form: str) -> None:
    answer = sign_in(calvados.french).get(f"/jumelages/liste.{form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
    if form == "csv":
        assert "Gerbrunn" in answer.data.decode("utf-8-sig")
    if form == "xlsx":
        rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
        assert len(rows) == 2
        assert "Gerbrunn" in rows[1]
    assert sign_in(calvados.french).get("/jumelages/liste.pdf").status_code == 404


def test_a_workbook_is_brought_in_through_the_page(session: Session, sign_in: SignIn) -> None:
    paimpol = make_body(session, "Paimpol")
    session.commit()
    client = sign_in(make_member(session, paimpol, Role.CLERK))
    book, content = Workbook(), io.BytesIO()
    for row in (("Ville", "Ville partenaire", "Pays"), ("Paimpol", "Romsey", "Royaume-Uni"), ("Paimpol", "<b>", "GB")):
        book.active.append(row)
    book.save(content)
    content.seek(0)
    sent = client.post("/jumelages/importer", data={"list": (content, "jumelages.xlsx")})
    shown = client.get(sent.headers["Location"]).text
    assert "« &lt;b&gt; » contient une balise ou une formule" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert client.post(sent.headers["Location"], data={"do": "import"}).status_code == 302
    assert count(session) == 1


def test_a_town_too_many_is_refused_and_told(session: Session, sailly: Body, sign_in: SignIn) -> None:
    client = sign_in(make_member(session, sailly, Role.CLERK))
    towns = {f"partners-{one}-name": f"Semenivka {one}" for one in range(12)}
    typed = {**filled(session, sailly, ""), **towns, **{f"partners-{one}-country": "UA" for one in range(12)}}

    asked = client.post(NEW, data={**typed, "more": "partners"})
    sent = client.post(NEW, data={**typed, "partners-12-name": "Semenivka 12"})

    assert (asked.status_code, sent.status_code) == (422, 422)
    assert "12 lignes au plus" in asked.text
    assert "12 lignes au plus" in sent.text
    assert count(session) == 0
