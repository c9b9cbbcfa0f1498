"""The pages of bodies, as people meet them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from flask_babel import refresh
from PIL import Image
from sqlalchemy import event, func, select

from app.bodies import pending
from app.bodies.models import Body, BodyKind, Function, Mandate
from app.extensions import db
from app.people.models import Person
from tests.factories.accounts import Role, make_account, make_adviser, make_member
from tests.factories.bodies import make_body, make_mandate
from tests.factories.people import make_person
from tests.factories.places import make_place
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def town(session: Session) -> Body:
    return make_body(session, "Sailly-lez-Lannoy")


def text(answer: object) -> str:
    return answer.get_data(as_text=True)  # type: ignore[attr-defined]


class TestWhoSeesWhat:
    def test_a_stranger_does_not_learn_that_a_body_exists(self, session: Session, town: Body, sign_in: SignIn) -> None:
        stranger = sign_in(make_member(session, make_body(session, "Ailleurs")))

        assert stranger.get(f"/organismes/{town.id}").status_code == 404
        assert stranger.get(f"/organismes/{town.id}/modifier").status_code == 404
        assert "Sailly" not in text(stranger.get("/organismes/"))

    def test_an_office_is_named_as_its_holder_is_addressed_and_by_both_names_where_nobody_said(
        self, session: Session, sign_in: SignIn
    ) -> None:
        committee = make_body(session, "Comité d’essai", BodyKind.COMMITTEE)
        for name, title, office in (("Luc", "M.", Function.PRESIDENT), ("Zoé", "", Function.TREASURER)):
            holder = make_person(session, name, "Essai", kept_by_body_id=committee.id, title=title)
            make_mandate(session, committee, holder, office)
        page = text(sign_in(make_member(session, committee)).get(f"/organismes/{committee.id}"))
        assert "Président ·" in page
        assert "Trésorière ou trésorier ·" in page

    def test_a_shared_twinning_shows_the_record_and_the_officers_but_changes_nothing(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        partner = make_body(session, "Musterstadt", BodyKind.FOREIGN_AUTHORITY, country="DE")
        make_twinning(session, town, partner)
        mayor = make_person(session, "Erika", "Beispiel", kept_by_body_id=partner.id, email="erika@beispiel.test")
        make_mandate(session, partner, mayor)
        make_mandate(session, partner, make_person(session, "Max", "Gestern"), since="2010", until="2019")
        client = sign_in(make_member(session, town))

        page = text(client.get(f"/organismes/{partner.id}"))
        person = text(client.get(f"/personnes/{mayor.id}"))

        assert "Erika Beispiel" in page
        assert "Max Gestern" not in page
        assert client.get(f"/organismes/{partner.id}/modifier").status_code == 403
        assert "Erika Beispiel" in person
        assert "erika@beispiel.test" not in person

    def test_plain_members_of_an_association_are_never_shown_across(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        committee = make_body(session, "Freundeskreis", BodyKind.PARTNER_COMMITTEE, country="DE")
        make_twinning(session, town, committee)
        member = make_person(session, "Uwe", "Mitglied", kept_by_body_id=committee.id)
        make_mandate(session, committee, member, Function.OTHER, wording="membre")
        make_mandate(session, committee, make_person(session, "Ina", "Vorsitz"), Function.PRESIDENT)
        client = sign_in(make_member(session, town))

        page = text(client.get(f"/organismes/{committee.id}"))

        assert "Ina Vorsitz" in page
        assert "Uwe Mitglied" not in page
        assert client.get(f"/personnes/{member.id}").status_code == 404

    def test_the_commune_keeps_the_people_of_its_regie(self, session: Session, town: Body, sign_in: SignIn) -> None:
        service = make_body(session, "Service des jumelages", BodyKind.COMMITTEE_SERVICE, parent_id=town.id)
        member = make_person(session, kept_by_body_id=service.id, email="c@essai.test")
        client = sign_in(make_member(session, town))

        assert client.get(f"/organismes/{service.id}/modifier").status_code == 200
        assert "c@essai.test" in text(client.get(f"/personnes/{member.id}"))

    def test_who_entered_a_partner_keeps_its_record(self, session: Session, town: Body, sign_in: SignIn) -> None:
        partner = make_body(session, "Semenivka", BodyKind.FOREIGN_AUTHORITY, kept_by_id=town.id)
        client = sign_in(make_member(session, town))

        assert client.get(f"/organismes/{partner.id}/modifier").status_code == 200
        partner.kept_by_id = None
        session.commit()
        assert client.get(f"/organismes/{partner.id}/modifier").status_code == 404

    def test_a_reader_reads_and_an_adviser_too_but_neither_writes(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        for account in (make_member(session, town, Role.READER), make_adviser(session, town)):
            client = sign_in(account)
            assert client.get(f"/organismes/{town.id}").status_code == 200
            assert client.get(f"/organismes/{town.id}/modifier").status_code == 403
            assert client.post(f"/organismes/{town.id}/corbeille").status_code == 403

    def test_a_town_that_threw_itself_away_comes_back_by_its_own_people(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        client = sign_in(make_member(session, town, is_administrator=True))

        after = client.post(f"/organismes/{town.id}/corbeille", follow_redirects=True)
        assert after.status_code == 200
        assert f'action="/organismes/{town.id}/restaurer"' in text(after)
        home = client.get("/")
        assert "Votre organisme est à la corbeille" in text(home)
        assert "/organismes/?corbeille=1" in text(home)
        assert client.get(f"/organismes/{town.id}").status_code == 403

        back = client.post(f"/organismes/{town.id}/restaurer", follow_redirects=True)
        assert back.status_code == 200
        assert "L’organisme est sorti de la corbeille." in text(back)
        assert client.get(f"/organismes/{town.id}").status_code == 200

    def test_only_who_administered_it_or_runs_the_installation_takes_it_out_again(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        reader, stranger = make_member(session, town, Role.READER), make_member(session, make_body(session, "Ailleurs"))
        master = make_account(session, is_instance_administrator=True)
        sign_in(make_member(session, town, is_administrator=True)).post(f"/organismes/{town.id}/corbeille")

        for other in (reader, stranger):
            assert sign_in(other).post(f"/organismes/{town.id}/restaurer").status_code == 404
        client = sign_in(master)
        assert "Sailly-lez-Lannoy" not in text(client.get("/organismes/"))
        assert f'action="/organismes/{town.id}/restaurer"' in text(client.get("/organismes/?corbeille=1"))
        assert client.post(f"/organismes/{town.id}/restaurer", follow_redirects=True).status_code == 200
        assert "Sailly-lez-Lannoy" in text(client.get("/organismes/"))

    @pytest.mark.parametrize("number", ["0", "2147483648", "9" * 30])
    def test_a_number_that_no_body_has_is_not_found(
        self, session: Session, town: Body, sign_in: SignIn, number: str
    ) -> None:
        client = sign_in(make_member(session, town))

        for address in (
            "/organismes/{}",
            "/organismes/{}/modifier",
            "/organismes/mandats/{}/terminer",
            "/personnes/{}",
        ):
            assert client.get(address.format(number)).status_code == 404

    def test_who_has_no_role_sees_no_list(self, session: Session, sign_in: SignIn) -> None:
        assert sign_in(make_account(session)).get("/organismes/").status_code == 403


class TestRegistering:
    def test_a_commune_is_registered_from_the_lists_without_a_script(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        place = make_place(session, "Toufflers", code="59598", population=3957)
        session.commit()
        client = sign_in(make_member(session, town))

        choice = text(client.get("/organismes/nouveau?genre=commune&q=touflers"))
        assert f"lieu={place.id}" in choice
        form = text(client.get(f"/organismes/nouveau?genre=commune&lieu={place.id}"))
        assert 'value="Toufflers"' in form
        answer = client.post(
            f"/organismes/nouveau?genre=commune&lieu={place.id}", data={"name": "Toufflers", "population": "3957"}
        )

        body = session.scalar(select(Body).where(Body.name == "Toufflers"))
        assert answer.status_code == 302
        assert (body.place_id, body.code, body.kept_by_id) == (place.id, "59598", town.id)

    def test_a_partner_that_no_list_knows_is_entered_freely(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        client = sign_in(make_member(session, town))

        page = text(client.get("/organismes/nouveau?genre=foreign_authority&q=Semenivka"))
        assert "Écrire « Semenivka » moi-même" in page
        answer = client.post(
            "/organismes/nouveau?genre=foreign_authority&nom=Semenivka",
            data={
                "name": "Semenivka",
                "names": "ukrainien : Семенівка",
                "country": "UA",
                "languages": "ukrainien, anglais",
                "timezone": "Europe/Kyiv",
            },
            follow_redirects=True,
        )

        body = session.scalar(select(Body).where(Body.name == "Semenivka"))
        assert answer.status_code == 200
        assert (body.names, body.languages, body.place_id) == ({"uk": "Семенівка"}, ["uk", "en"], None)

    def test_a_wrong_answer_loses_nothing_of_what_was_typed(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        client = sign_in(make_member(session, town))

        answer = client.post(
            "/organismes/nouveau?genre=committee&nom=x",
            data={
                "name": "<script>alert(1)</script>",
                "siret": "12345678901234",
                "languages": "klingon supérieur",
                "names": "pas de deux-points",
                "email": "pas une adresse",
                "note": "ma note",
                "population": "beaucoup",
            },
        )

        page = text(answer)
        assert answer.status_code == 422
        assert "<script>alert" not in page
        assert "ma note" in page
        assert "klingon supérieur" in page

    def test_a_sentence_that_names_its_field_names_it_once(self, session: Session, town: Body, sign_in: SignIn) -> None:
        given = {"name": "Comité d’essai", "siret": "12345678901234"}
        page = text(sign_in(make_member(session, town)).post("/organismes/nouveau?genre=committee&nom=x", data=given))
        assert re.search(r">SIRET</a>\s*: ces chiffres", page)

    @pytest.mark.parametrize("query", ["genre=federation", "lieu=abc", "lieu=999999999999999", "genre=%00", "lieu=٣"])
    def test_an_address_that_was_tampered_with_is_never_an_error_of_ours(
        self, session: Session, town: Body, sign_in: SignIn, query: str
    ) -> None:
        client = sign_in(make_member(session, town))

        assert client.get(f"/organismes/nouveau?{query}&nom=x").status_code in {200, 404}

    def test_two_people_who_edit_the_same_body_see_both_texts(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        client = sign_in(make_member(session, town))
        first = {"name": "Sailly", "revision": "1", "address": "Grand-Place"}
        assert client.post(f"/organismes/{town.id}/modifier", data=first).status_code == 302

        answer = client.post(f"/organismes/{town.id}/modifier", data={**first, "name": "Sailly bis"})

        page = text(answer)
        assert answer.status_code == 409
        assert "Enregistré entre-temps" in page
        assert 'value="Sailly bis"' in page
        assert 'name="revision" type="hidden" value="2"' in page
        session.refresh(town)
        assert town.name == "Sailly"

    def test_a_place_is_matched_by_a_human(self, session: Session, town: Body, sign_in: SignIn) -> None:
        place = make_place(session, "Sailly-lez-Lannoy", code="59522")
        session.commit()
        client = sign_in(make_member(session, town))

        assert "Sailly-lez-Lannoy (Nord, 59)" in text(client.get(f"/organismes/{town.id}/lieu"))
        client.post(f"/organismes/{town.id}/lieu", data={"lieu": place.id})
        session.refresh(town)
        assert town.place_id == place.id
        assert client.post(f"/organismes/{town.id}/lieu", data={"lieu": "77777"}).status_code == 404
        client.post(f"/organismes/{town.id}/lieu", data={"lieu": ""})
        session.refresh(town)
        assert town.place_id is None


class TestMandates:
    def test_a_mandate_is_noted_with_a_new_person(self, session: Session, town: Body, sign_in: SignIn) -> None:
        client = sign_in(make_member(session, town))

        answer = client.post(
            f"/organismes/{town.id}/mandats/nouveau",
            data={"given_name": "Camille", "family_name": "Essai", "function": "mayor", "since": "25/05/2020"},
            follow_redirects=True,
        )

        page = text(answer)
        assert "Camille Essai" in page
        assert "depuis le 25 mai 2020" in page
        assert "Signe aujourd’hui" in page

    def test_a_likely_double_is_proposed_and_nothing_is_written_before_the_answer(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        known = make_person(session, "Sándor", "Orbán", kept_by_body_id=town.id)
        client = sign_in(make_member(session, town))
        told = {"given_name": "ORBAN", "family_name": "Sandor", "function": "mayor"}

        page = text(client.post(f"/organismes/{town.id}/mandats/nouveau", data=told))
        assert "peut-être déjà dans votre carnet" in page
        assert session.scalar(select(Mandate.id)) is None
        client.post(f"/organismes/{town.id}/mandats/nouveau", data={"person": known.id, "function": "mayor"})

        assert session.scalars(select(Mandate.person_id)).all() == [known.id]
        assert len(session.scalars(select(Person)).all()) == 1

    def test_a_person_of_another_body_cannot_be_borrowed(self, session: Session, town: Body, sign_in: SignIn) -> None:
        foreign = make_person(session, kept_by_body_id=make_body(session, "Ailleurs").id)
        client = sign_in(make_member(session, town))

        answer = client.post(f"/organismes/{town.id}/mandats/nouveau", data={"person": foreign.id, "function": "mayor"})

        assert answer.status_code == 422
        assert session.scalar(select(Mandate.id)) is None

    def test_an_overlap_is_told_and_what_was_typed_stays(self, session: Session, town: Body, sign_in: SignIn) -> None:
        make_mandate(session, town, make_person(session, "Dominique", "Test"))
        client = sign_in(make_member(session, town))

        answer = client.post(
            f"/organismes/{town.id}/mandats/nouveau",
            data={"given_name": "Noa", "family_name": "Après", "function": "mayor", "since": "28/03/2026"},
        )

        assert answer.status_code == 422
        assert "Dominique Test est déjà Maire (depuis le 25 mai 2020)." in text(answer)
        assert 'value="28/03/2026"' in text(answer)

    def test_nobody_holds_the_same_seat_twice_but_two_delegations_have_two_names(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        holder = make_person(session, "Dominique", "Test", kept_by_body_id=town.id)
        make_mandate(session, town, holder, Function.COUNCILLOR)
        make_mandate(session, town, holder, Function.COUNCIL_DELEGATE, wording="Déléguée au jumelage")
        client, page = sign_in(make_member(session, town)), f"/organismes/{town.id}/mandats/nouveau"
        data = {"person": holder.id, "function": "councillor", "since": "28/03/2025", "until": "01/06/2025"}

        answer = client.post(page, data=data)
        assert answer.status_code == 422
        assert "Dominique Test est déjà Conseillère ou conseiller (depuis le 25 mai 2020)." in text(answer)
        assert client.post(page, data=data | {"since": "2014", "until": "25/05/2020"}).status_code == 302
        named = data | {"function": "council_delegate", "wording": "Déléguée aux écoles"}
        assert client.post(page, data=named).status_code == 302
        assert client.post(page, data=named).status_code == 422

    @pytest.mark.parametrize("date", ["hier", "31/02/2020", "2020-13", "<b>", "9" * 400, "12/\x0013/2020"])
    def test_a_date_that_is_none_is_told(self, session: Session, town: Body, sign_in: SignIn, date: str) -> None:
        client = sign_in(make_member(session, town))

        answer = client.post(
            f"/organismes/{town.id}/mandats/nouveau", data={"family_name": "X", "function": "mayor", "since": date}
        )

        assert answer.status_code == 422
        assert "n’est pas une date" in text(answer)

    def test_closing_shows_what_is_left_pending(
        self, session: Session, town: Body, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mandate = make_mandate(session, town)
        client = sign_in(make_member(session, town))
        waiting = lambda _s, _body, who: [(p, "La convention attend sa signature", "/conventions/1") for p in who]  # noqa: E731  # a room above
        monkeypatch.setattr(pending, "_queries", {waiting: pending.Heirs.WRITERS})

        assert "La convention attend sa signature" in text(client.get(f"/organismes/mandats/{mandate.id}/terminer"))
        client.post(
            f"/organismes/mandats/{mandate.id}/terminer", data={"until": "28/03/2026", "closed_by": "Élections"}
        )

        session.refresh(mandate)
        assert str(mandate.until) == "2026-03-28"

    def test_a_renewal_is_asked_checked_and_written(
        self, session: Session, town: Body, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = make_mandate(session, town, make_person(session, "Alix", "Avant", kept_by_body_id=town.id))
        client = sign_in(make_member(session, town))
        waiting = lambda _s, _body, who: [(p, "Un dossier à suivre", "/jumelages/1") for p in who]  # noqa: E731  # a room above
        monkeypatch.setattr(pending, "_queries", {waiting: pending.Heirs.WRITERS})
        address = f"/organismes/{town.id}/renouvellement/maire"
        told = {
            "on": "28/03/2026",
            "why": "Élections municipales",
            f"outcome-{old.id}": "fin",
            "newcomers-0-function": "mayor",
            "newcomers-0-given_name": "Noa",
            "newcomers-0-family_name": "Après",
        }

        assert "Alix Avant" in text(client.get(address))
        checked = text(client.post(address, data={**told, "check": "1"}))
        assert "Un dossier à suivre" in checked
        assert "Noa Après" in checked
        assert session.scalars(select(Mandate.id).where(Mandate.until_sort.is_not(None))).all() == []
        kept = dict(re.findall(r'<input type="hidden" name="((?!csrf)[^"]+)" value="([^"]*)">', checked))
        page = text(client.post(address, data={**kept, "confirm": "1"}, follow_redirects=True))

        assert "Noa Après" in page
        session.refresh(old)
        assert str(old.until) == "2026-03-28"

    def test_more_lines_keep_what_was_typed(self, session: Session, town: Body, sign_in: SignIn) -> None:
        client = sign_in(make_member(session, town))

        page = text(
            client.post(
                f"/organismes/{town.id}/renouvellement/conseil",
                data={"on": "2026", "newcomers-0-family_name": "Gardé", "more": "1"},
            )
        )

        assert 'value="Gardé"' in page
        assert page.count("-family_name") > 3

    def test_a_council_as_large_as_that_of_paris_is_taken_whole(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        client = sign_in(make_member(session, town))
        told = {"on": "28/03/2026"} | {f"newcomers-{one}-family_name": f"Élu {one:03}" for one in range(163)}
        offices = {f"newcomers-{one}-function": "councillor" for one in range(163)}

        client.post(f"/organismes/{town.id}/renouvellement/conseil", data={**told, **offices, "confirm": "1"})

        assert session.scalar(select(func.count(Mandate.id))) == 163

    def test_lines_have_an_end_that_is_said_and_nobody_is_left_out_in_silence(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        client = sign_in(make_member(session, town))
        address = f"/organismes/{town.id}/renouvellement/conseil"
        full = {"on": "28/03/2026"} | {f"newcomers-{one}-family_name": f"Élu {one:03}" for one in range(300)}

        asked = client.post(address, data={**full, "more": "1"})
        sent = client.post(address, data={**full, "newcomers-300-family_name": "De trop", "confirm": "1"})

        for answer in (asked, sent):
            assert answer.status_code == 422
            assert "300 lignes au plus" in text(answer)
            assert 'value="Élu 299"' in text(answer)
        assert session.scalar(select(Mandate.id)) is None

    def test_going_back_to_correct_adds_no_lines(self, session: Session, town: Body, sign_in: SignIn) -> None:
        client = sign_in(make_member(session, town))
        told = {f"newcomers-{one}-family_name": f"Élu {one}" for one in range(5)}

        page = text(client.post(f"/organismes/{town.id}/renouvellement/conseil", data={"back": "1", **told}))

        assert 'name="newcomers-4-family_name"' in page
        assert 'name="newcomers-5-family_name"' not in page

    def test_an_occasion_that_makes_no_sense_is_not_found(self, session: Session, town: Body, sign_in: SignIn) -> None:
        client = sign_in(make_member(session, town))

        assert client.get(f"/organismes/{town.id}/renouvellement/bureau").status_code == 404
        assert client.get(f"/organismes/{town.id}/renouvellement/x").status_code == 404


class TestArms:
    def test_arms_are_kept_and_served_so_that_they_cannot_act(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        client = sign_in(make_member(session, town))
        picture = io.BytesIO()
        Image.new("RGB", (40, 50), "red").save(picture, "PNG")
        picture.seek(0)

        sent = client.post(f"/organismes/{town.id}/armoiries", data={"arms": (picture, "../../armes.exe")})
        answer = client.get(f"/organismes/{town.id}/armoiries.image")

        assert sent.status_code == 302
        assert answer.content_type == "image/png"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert f"/organismes/{town.id}/armoiries.image" in text(client.get(f"/organismes/{town.id}"))
        client.post(f"/organismes/{town.id}/armoiries", data={"remove": "1"})
        assert client.get(f"/organismes/{town.id}/armoiries.image").status_code == 404

    @pytest.mark.parametrize("content", [b"", b"MZ not a picture", b"<html><script>alert(1)</script></html>"])
    def test_what_is_no_picture_is_refused(self, session: Session, town: Body, sign_in: SignIn, content: bytes) -> None:
        client = sign_in(make_member(session, town))

        answer = client.post(f"/organismes/{town.id}/armoiries", data={"arms": (io.BytesIO(content), "x.png")})

        assert answer.status_code == 422
        session.refresh(town)
        assert town.arms_file == ""


class TestLists:
    def test_the_list_pages_by_key_and_shows_everything_once(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        for number in range(60):
            make_body(session, f"Partenaire {number % 7}", BodyKind.FOREIGN_AUTHORITY, kept_by_id=town.id)
        session.commit()
        client = sign_in(make_member(session, town))
        seen: list[str] = []
        address: str | None = "/organismes/"
        while address:
            page = text(client.get(address))
            seen += re.findall(r'person-name">\s*<a href="/organismes/(\d+)"', page)
            found = re.search(r'rel="next"\s+href="([^"]+)"', page)
            address = found[1].replace("&amp;", "&") if found else None

        assert len(seen) == len(set(seen)) == 61

    @pytest.mark.parametrize("key", ["x", "12", "~", "99999999999~a", "1~" + "z" * 3000, "-1~a", "1~%00"])
    def test_a_broken_key_is_no_error(self, session: Session, town: Body, sign_in: SignIn, key: str) -> None:
        client = sign_in(make_member(session, town))

        assert client.get(f"/organismes/?apres={key}").status_code == 200
        assert client.get(f"/personnes/?apres={key}").status_code == 200

    @pytest.mark.parametrize("address", ["/organismes/", "/organismes/{body}", "/personnes/"])
    def test_the_number_of_queries_does_not_grow(
        self, session: Session, town: Body, sign_in: SignIn, address: str
    ) -> None:
        client = sign_in(make_member(session, town))
        address = address.format(body=town.id)
        make_mandate(session, town, make_person(session, kept_by_body_id=town.id), Function.COUNCILLOR)
        session.commit()
        client.get(address)
        before = counted(client, address)
        for number in range(12):
            make_body(session, f"Partenaire {number}", BodyKind.FOREIGN_AUTHORITY, kept_by_id=town.id)
            make_mandate(session, town, make_person(session, kept_by_body_id=town.id), Function.COUNCILLOR)
        session.commit()

        client.get(address)
        assert counted(client, address) == before


def test_all_that_is_wrong_with_a_record_is_told_at_once(session: Session, town: Body, sign_in: SignIn) -> None:
    client = sign_in(make_member(session, town))
    wrong = {"email": "mairie", "siret": "123", "phone": "abc", "website": "ici", "timezone": "Lune"}
    page = text(client.post(f"/organismes/{town.id}/modifier", data={"name": "", "revision": "1", **wrong}))
    for name in ("name", *wrong):
        assert f'id="{name}-error"' in page, name


def counted(client: FlaskClient, address: str) -> int:
    statements: list[str] = []

    def note(*told: object) -> None:
        if str(told[2]).startswith("SELECT"):
            statements.append(str(told[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(statements)


class TestTheInstallation:
    def test_its_administrator_registers_a_body_and_lets_its_first_person_in(
        self, session: Session, sign_in: SignIn
    ) -> None:
        client = sign_in(make_account(session, is_instance_administrator=True))

        data = {"genre": "federation", "name": "Fédération fictive", "timezone": "Europe/Paris"}
        answer = client.post("/organismes/nouveau", data=data)

        number = session.scalar(select(Body.id).where(Body.name == "Fédération fictive"))
        assert answer.headers["Location"] == f"/organismes/{number}/acces"
        assert client.get(answer.headers["Location"]).status_code == 200

    def test_its_administrator_reads_and_changes_nothing_of_a_body(
        self, session: Session, town: Body, sign_in: SignIn
    ) -> None:
        client = sign_in(make_account(session, is_instance_administrator=True))

        listed = text(client.get("/organismes/"))
        assert "Donner le premier accès à Sailly-lez-Lannoy" in listed
        make_member(session, town, is_administrator=True)
        assert "Donner le premier accès" not in text(client.get("/organismes/"))
        assert f'href="/organismes/{town.id}"' not in listed
        for page in ("", "/modifier", "/lieu", "/armoiries", "/federation"):
            assert client.get(f"/organismes/{town.id}{page}").status_code == 403
        assert client.post(f"/organismes/{town.id}/corbeille").status_code == 403


@pytest.mark.parametrize("name", ["Nouvelle <i>", "=SOMME(A1)"])
class TestNames:
    def test_a_renewal_refuses_at_once_the_name_that_a_text_would_refuse(
        self, session: Session, town: Body, sign_in: SignIn, name: str
    ) -> None:
        session.commit()
        client = sign_in(make_member(session, town))
        answer = client.post(
            f"/organismes/{town.id}/renouvellement/maire",
            data={"on": "28/03/2026", "newcomers-0-function": "mayor", "newcomers-0-family_name": name, "check": "1"},
        )

        assert answer.status_code == 422
        assert "écrivez" in text(answer)
        assert session.scalar(select(Person)) is None

    def test_a_mandate_a_person_and_a_body_refuse_it_too(
        self, session: Session, town: Body, sign_in: SignIn, name: str
    ) -> None:
        person = make_person(session, kept_by_body_id=town.id)
        session.commit()
        client = sign_in(make_member(session, town))
        answers = [
            client.post(f"/organismes/{town.id}/mandats/nouveau", data={"function": "mayor", "family_name": name}),
            client.post(f"/personnes/{person.id}/modifier", data={"family_name": name, "revision": person.revision}),
            client.post(f"/organismes/{town.id}/modifier", data={"name": name, "revision": town.revision}),
            client.post(
                f"/organismes/{town.id}/modifier",
                data={"name": "Sailly", "names": f"allemand : {name}", "revision": town.revision},
            ),
        ]

        assert [answer.status_code for answer in answers] == [422] * 4
        assert all("écrivez" in text(answer) for answer in answers)


def test_a_mandate_noted_anew_does_not_come_back_from_the_trash(session: Session, town: Body, sign_in: SignIn) -> None:
    mayor = make_person(session, "Camille", "Fictive", kept_by_body_id=town.id)
    first = make_mandate(session, town, mayor, since="2026-03-28")
    client = sign_in(make_member(session, town))
    client.post(f"/organismes/mandats/{first.id}/corbeille")
    second = make_mandate(session, town, mayor, since="2026-03-28")
    session.commit()
    back = client.post(f"/organismes/mandats/{first.id}/restaurer", follow_redirects=True)
    assert "ce mandat ferait double" in text(back)
    session.expire_all()
    assert first.trashed_at is not None
    client.post(f"/organismes/mandats/{second.id}/corbeille")
    back = client.post(f"/organismes/mandats/{first.id}/restaurer", follow_redirects=True)
    assert "Le mandat est sorti de la corbeille." in text(back)


def test_an_office_is_named_in_the_language_of_the_reader(session: Session, town: Body, sign_in: SignIn) -> None:
    make_mandate(session, town, function=Function.MAYOR, wording="maire")
    make_mandate(session, town, function=Function.DEPUTY_MAYOR, wording="adjointe au maire")
    make_mandate(session, town, function=Function.OTHER, wording="cheffe du protocole")
    client = sign_in(make_member(session, town))
    assert "adjointe au maire" in text(client.get(f"/organismes/{town.id}"))
    client.post("/langue", data={"language": "en", "suite": "/"})
    refresh()  # a request of its own asks anew which language it is in; those of a test share what was asked
    page = text(client.get(f"/organismes/{town.id}"))
    assert "Mayor" in page
    assert "Deputy mayor" in page
    assert "adjointe au maire" not in page
    assert "cheffe du protocole" in page, "what somebody wrote of their own stands"
