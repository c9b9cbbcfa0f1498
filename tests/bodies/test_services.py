"""Records and mandates, through their verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.bodies import queries
from app.bodies.models import Body, BodyKind, Function
from app.bodies.services import mandates, records, renewal
from app.bodies.services.federation import NotAFederation, join_federation, leave_federation
from app.bodies.services.mandates import BadMandate, MandateFacts, MandateOverlap
from app.bodies.services.records import BadRecord, BodyFacts, RegisterBody
from app.bodies.services.renewal import Newcomer, Occasion, Outcome, RenewOffices
from app.forms.dates import parse
from app.people.services import PersonFacts
from app.shared.actor import Actor
from app.shared.errors import EditConflict
from tests.factories.bodies import make_body, make_mandate
from tests.factories.people import make_person
from tests.factories.places import make_place

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

AT = datetime(2026, 6, 12, 10, tzinfo=UTC)
BY = Actor(1, "Camille Essai")


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))


class TestRecords:
    def test_a_body_from_a_place_takes_what_the_lists_know(self, session: Session) -> None:
        place = make_place(session, "Sailly-lez-Lannoy", code="59522")
        facts = records.facts_for(place, BodyKind.COMMUNE)

        body = records.register_body(session, RegisterBody(BodyKind.COMMUNE, facts, place_id=place.id), by=BY, at=AT)

        assert (body.name, body.code, body.population, body.country) == ("Sailly-lez-Lannoy", "59522", 1923, "FR")
        assert body.folded == "sailly lez lannoy"
        assert actions(session) == ["body.registered"]

    def test_a_free_entry_needs_no_place(self, session: Session) -> None:
        keeper = make_body(session)
        facts = BodyFacts(name="Семенівка", names={"fr": "Semenivka"}, country="UA", timezone="Europe/Kyiv")

        body = records.register_body(
            session, RegisterBody(BodyKind.FOREIGN_AUTHORITY, facts, kept_by_id=keeper.id), by=BY, at=AT
        )

        assert body.place_id is None
        assert body.kept_by_id == keeper.id
        assert "semenivka" in body.folded

    def test_matching_a_place_is_a_decision_that_can_be_taken_back(self, session: Session) -> None:
        place = make_place(session, "Semenivka", country="UA", timezone="Europe/Kyiv", code="692818")
        body = make_body(session, "Semenivka", BodyKind.FOREIGN_AUTHORITY, country="UA")

        records.match_place(session, body, place, by=BY, at=AT)
        assert (body.place_id, body.timezone, body.code) == (place.id, "Europe/Kyiv", "")
        records.match_place(session, body, None, by=BY, at=AT)

        assert body.place_id is None
        assert actions(session) == ["body.place_matched", "body.place_removed"]

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            (BodyFacts(name=" \t\x00 "), "name"),
            (BodyFacts(name="x" * 10_000), "name"),
            (BodyFacts(name="Ville", siret="12345678901234"), "siret"),
            (BodyFacts(name="Ville", siret="0" * 14), "siret"),
            (BodyFacts(name="Ville", rna="A1"), "rna"),
            (BodyFacts(name="Ville", website="javascript:alert(1)"), "website"),
            (BodyFacts(name="Ville", website="https://["), "website"),
            (BodyFacts(name="Ville", timezone="Mars/Olympus"), "timezone"),
            (BodyFacts(name="Ville", population=-1), "population"),
            (BodyFacts(name="Ville", names={"de": "y" * 201}), "names"),
        ],
    )
    def test_what_cannot_be_kept_is_refused_with_its_field(
        self, session: Session, facts: BodyFacts, field: str
    ) -> None:
        with pytest.raises(BadRecord) as refused:
            records.register_body(session, RegisterBody(BodyKind.COMMUNE, facts), by=BY, at=AT)

        assert refused.value.field == field
        assert len(str(refused.value)) > 20

    def test_control_characters_never_reach_the_record(self, session: Session) -> None:
        facts = BodyFacts(name="Ville\x00 \u202eneuve\x07\n", address="1 rue\r\n\x1b[31mde la Mairie")

        body = records.register_body(session, RegisterBody(BodyKind.COMMUNE, facts), by=BY, at=AT)

        assert body.name == "Ville neuve"
        assert body.address == "1 rue\n[31mde la Mairie"

    def test_a_stale_edit_shows_both_texts_and_changes_nothing(self, session: Session) -> None:
        body = make_body(session, "Sailly")
        records.edit_body(session, body, BodyFacts(name="Sailly-lez-Lannoy"), revision=1, by=BY, at=AT)

        with pytest.raises(EditConflict) as conflict:
            records.edit_body(session, body, BodyFacts(name="Sailly les Lannoy"), revision=1, by=BY, at=AT)

        assert conflict.value.theirs["Nom"] == "Sailly-lez-Lannoy"
        assert conflict.value.yours["Nom"] == "Sailly les Lannoy"
        assert body.name == "Sailly-lez-Lannoy"

    def test_saving_without_a_change_leaves_no_trace(self, session: Session) -> None:
        body = make_body(session, "Sailly")

        records.edit_body(session, body, records.facts_of(body), revision=1, by=BY, at=AT)

        assert body.revision == 1
        assert actions(session) == []

    def test_the_trash_is_a_way_back(self, session: Session) -> None:
        body = make_body(session)
        records.trash_body(session, body, by=BY, at=AT)
        with pytest.raises(records.BodyInTrash):
            records.edit_body(session, body, BodyFacts(name="Autre"), revision=body.revision, by=BY, at=AT)
        records.restore_body(session, body, by=BY, at=AT)

        assert body.trashed_at is None

    def test_a_partner_takes_its_own_record_over(self, session: Session) -> None:
        keeper = make_body(session)
        partner = make_body(session, "Semenivka", BodyKind.FOREIGN_AUTHORITY, kept_by_id=keeper.id)

        records.hand_over(session, partner, by=BY, at=AT)

        assert partner.kept_by_id is None
        told = select(JournalEntry.body_id).where(JournalEntry.action == "body.handed_over")
        assert set(session.scalars(told)) == {partner.id, keeper.id}


class TestMandates:
    def test_a_commune_has_one_mayor_at_a_time(self, session: Session) -> None:
        body = make_body(session)
        make_mandate(session, body, make_person(session, "Dominique", "Test"))

        with pytest.raises(MandateOverlap) as refused:
            mandates.open_mandate(
                session,
                body,
                make_person(session),
                MandateFacts(Function.MAYOR, since=parse("2026-03-28"), is_meant=True),
                by=BY,
                at=AT,
            )

        assert "Dominique Test" in str(refused.value)
        assert not refused.value.may_be_meant

    def test_a_mayor_follows_another_on_the_same_day(self, session: Session) -> None:
        body = make_body(session)
        make_mandate(session, body, until="2026-03-28")

        mandates.open_mandate(
            session, body, make_person(session), MandateFacts(Function.MAYOR, since=parse("28/03/2026")), by=BY, at=AT
        )

        assert actions(session) == ["mandate.opened"]

    def test_dates_known_to_the_year_do_not_contradict_each_other(self, session: Session) -> None:
        body = make_body(session)
        make_mandate(session, body, since="2014", until="2020")

        facts = MandateFacts(Function.MAYOR, since=parse("2020"), until=parse("2026"))

        assert mandates.open_mandate(session, body, make_person(session), facts, by=BY, at=AT).id

    def test_an_association_may_share_its_presidency_if_it_means_it(self, session: Session) -> None:
        committee = make_body(session, "Comité", BodyKind.COMMITTEE)
        make_mandate(session, committee, function=Function.PRESIDENT)
        second = make_person(session)

        with pytest.raises(MandateOverlap) as refused:
            mandates.open_mandate(session, committee, second, MandateFacts(Function.PRESIDENT), by=BY, at=AT)
        assert refused.value.may_be_meant

        mandates.open_mandate(session, committee, second, MandateFacts(Function.PRESIDENT, is_meant=True), by=BY, at=AT)
        assert len(queries.mandates_in_office(session, committee.id, on=date(2026, 6, 12))) == 2

    def test_there_may_be_many_deputies(self, session: Session) -> None:
        body = make_body(session)
        for rank in (1, 2, 3):
            facts = MandateFacts(Function.DEPUTY_MAYOR, rank=rank, since=parse("2020"))
            mandates.open_mandate(session, body, make_person(session), facts, by=BY, at=AT)

        assert [mandate.rank for mandate in queries.mandates_of(session, body.id)] == [1, 2, 3]

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            (MandateFacts(Function.OTHER), "wording"),
            (MandateFacts(Function.MAYOR, since=parse("2020"), until=parse("2019")), "until"),
            (MandateFacts(Function.MAYOR, rank=0), "rank"),
            (MandateFacts(Function.MAYOR, wording="x" * 200), "wording"),
        ],
    )
    def test_a_mandate_that_makes_no_sense_is_refused(self, session: Session, facts: MandateFacts, field: str) -> None:
        with pytest.raises(BadMandate) as refused:
            mandates.open_mandate(session, make_body(session), make_person(session), facts, by=BY, at=AT)

        assert refused.value.field == field

    def test_closing_keeps_the_day_and_the_reason(self, session: Session) -> None:
        mandate = make_mandate(session, make_body(session))

        mandates.close_mandate(session, mandate, until=parse("03/2026"), why="Élections", by=BY, at=AT)

        assert (str(mandate.until), mandate.until_sort, mandate.closed_by) == (
            "2026-03",
            date(2026, 3, 31),
            "Élections",
        )
        assert not queries.is_in_office(mandate, date(2026, 4, 1))

    def test_a_stale_correction_shows_both(self, session: Session) -> None:
        mandate = make_mandate(session, make_body(session))
        facts = MandateFacts(Function.MAYOR, since=parse("2014"))
        mandates.correct_mandate(session, mandate, facts, revision=1, by=BY, at=AT)

        with pytest.raises(EditConflict) as conflict:
            mandates.correct_mandate(
                session, mandate, MandateFacts(Function.MAYOR, since=parse("2008")), revision=1, by=BY, at=AT
            )

        assert conflict.value.theirs["Depuis"] == "2014"
        assert conflict.value.yours["Depuis"] == "2008"


class TestSignatures:
    def test_who_signs_depends_on_the_day(self, session: Session) -> None:
        body = make_body(session)
        old = make_mandate(session, body, since="2014", until="2020-05-25")
        new = make_mandate(session, body, since="2020-05-25")

        assert queries.signatory_on(session, body.id, date(2016, 9, 17)) is old
        assert queries.signatory_on(session, body.id, date(2020, 5, 25)) is new
        assert queries.signatory_on(session, body.id, date(2026, 6, 12)) is new
        assert queries.signatory_on(session, body.id, date(2010, 1, 1)) is None

    def test_the_mayor_signs_for_a_regie_and_the_president_for_an_association(self, session: Session) -> None:
        commune = make_body(session)
        mayor = make_mandate(session, commune)
        service = make_body(session, "Service", BodyKind.COMMITTEE_SERVICE, parent_id=commune.id)
        make_mandate(session, service, function=Function.PRESIDENT)
        association = make_body(session, "Comité", BodyKind.COMMITTEE, parent_id=commune.id)
        president = make_mandate(session, association, function=Function.PRESIDENT)
        day = date(2026, 6, 12)

        assert queries.signatory_on(session, service.id, day) is mayor
        assert queries.signatory_on(session, association.id, day) is president
        assert queries.signatory_on(session, 999_999, day) is None


class TestRenewal:
    def test_a_new_mayor_ends_the_old_mandates_and_opens_new_ones(self, session: Session) -> None:
        body = make_body(session)
        old = make_mandate(session, body, make_person(session, "Alix", "Avant", kept_by_body_id=body.id))
        deputy = make_mandate(session, body, make_person(session, "Sacha", "Reste"), Function.DEPUTY_MAYOR)
        clerk = make_mandate(session, body, make_person(session, "Lou", "Bureau"), Function.TOWN_CLERK)
        command = RenewOffices(
            Occasion.MAYOR,
            parse("28/03/2026"),
            "Élections municipales",
            {old.id: Outcome.ENDS, deputy.id: Outcome.RENEWED},
            [Newcomer(Function.MAYOR, person=PersonFacts(given_name="Noa", family_name="Après"))],
        )

        closed, opened = renewal.renew_offices(session, body, command, by=BY, at=AT)

        assert {mandate.id for mandate in closed} == {old.id, deputy.id}
        assert sorted(mandate.person.name for mandate in opened) == ["Noa Après", "Sacha Reste"]
        assert queries.signatory_on(session, body.id, date(2026, 4, 1)).person.name == "Noa Après"
        assert clerk.until is None

    def test_two_people_in_one_office_are_refused_before_anything_is_written(self, session: Session) -> None:
        body = make_body(session)
        old = make_mandate(session, body)
        newcomer = Newcomer(Function.MAYOR, person=PersonFacts(family_name="Nouveau"))
        command = RenewOffices(Occasion.MAYOR, parse("2026"), "", {old.id: Outcome.STAYS}, [newcomer])

        with pytest.raises(BadMandate):
            renewal.renew_offices(session, body, command, by=BY, at=AT)

        assert old.until is None
        assert actions(session) == []

    def test_a_renewal_that_changes_nothing_says_so(self, session: Session) -> None:
        body = make_body(session)

        with pytest.raises(BadMandate):
            renewal.renew_offices(session, body, RenewOffices(Occasion.BOARD, parse("2026"), "", {}, []), by=BY, at=AT)


class TestFederations:
    def test_a_body_enters_and_leaves(self, session: Session) -> None:
        federation = make_body(session, "Réseau", BodyKind.FEDERATION)
        body = make_body(session)

        for _twice in range(2):
            join_federation(session, federation, body, by=BY, at=AT)
        assert queries.members_of(session, federation.id) == [body]
        leave_federation(session, federation, body, by=BY, at=AT)

        assert queries.members_of(session, federation.id) == []

    def test_only_a_federation_has_members(self, session: Session) -> None:
        with pytest.raises(NotAFederation):
            join_federation(session, make_body(session), make_body(session, "Autre"), by=BY, at=AT)


def test_a_name_in_another_language_is_found(session: Session) -> None:
    body = make_body(session, "Köln", BodyKind.FOREIGN_AUTHORITY, names={"fr": "Cologne"})
    session.flush()

    found = queries.page_of_bodies(session, frozenset({body.id}), queries.BodyFilter(words="cologne"))

    assert found == [body]
    assert session.scalar(select(Body.folded).where(Body.id == body.id)) == "koln cologne"
