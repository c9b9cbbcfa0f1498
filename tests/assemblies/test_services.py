"""What an assembly refuses and what it changes: statutes, proxies, votes by every channel, elections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.assemblies import queries
from app.assemblies.documents import convocation_paper
from app.assemblies.entitled import people_to_call
from app.assemblies.models import AssemblyKind, Ballot, Channel, Decision, ItemKind, Status
from app.assemblies.queries import waiting
from app.assemblies.reckoning import changed_on, counted, declaration_due
from app.assemblies.services import calling, convening, electing, holding, minutes, offices, statutes, voting
from app.assemblies.services.proxies import refusal
from app.assemblies.services.settling import BadVote
from app.assemblies.services.statutes import BadRule
from app.bodies.models import Function
from app.bodies.queries import mandates_in_office
from app.bodies.services.renewal import Outcome as Fate
from app.law.statutes import Statutes
from tests.factories.accounts import make_member
from tests.factories.assemblies import (
    BY,
    DAY,
    LONG_AGO,
    STATUTES,
    add_item,
    at,
    make_assembly,
    make_association,
    open_with,
    record_statutes,
)
from tests.factories.bodies import make_mandate
from tests.factories.members import enrol, make_household, make_payment, make_period
from tests.factories.people import make_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem
    from app.shared.errors import DomainError

SENT = at(DAY - timedelta(days=20))
NOW = at(DAY, 19)


def _refused(error: pytest.ExceptionInfo[DomainError]) -> str:
    return str(error.value).replace("\N{NO-BREAK SPACE}", " ")


def _count(session: Session, item: AssemblyItem, **votes: int) -> None:
    choices = {name.removeprefix("votes_"): number for name, number in votes.items() if name.startswith("votes_")}
    voting.count_room(session, item, voting.RoomCount(choices=choices), by=BY, at=NOW)


def test_a_convocation_too_late_names_the_clause_and_leaves_only_when_it_is_meant(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    with pytest.raises(convening.NotReady, match="ordre du jour est vide"):
        convening.convene(session, assembly, [], by=BY, at=SENT)
    add_item(session, assembly)
    late = at(DAY - timedelta(days=14))
    with pytest.raises(convening.ShortNotice) as error:
        convening.convene(session, assembly, [], by=BY, at=late)
    assert "(art. 8) demandent 15 jours" in _refused(error)
    assert "il en reste 14 jours" in _refused(error)
    convening.convene(session, assembly, [], is_meant=True, by=BY, at=late)
    assert assembly.status == Status.CONVENED
    with pytest.raises(calling.BadAgenda, match="écrivez pourquoi"):
        add_item(session, assembly, "Un point de plus")


def test_one_proxy_too_many_is_refused_with_the_clause(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    holder, *others = assembly.seats
    for giver in others[:2]:
        holding.give_proxy(session, assembly, giver, holder, by=BY, at=SENT)
    with pytest.raises(holding.BadProxy) as error:
        holding.give_proxy(session, assembly, others[2], holder, by=BY, at=SENT)
    assert "un pouvoir de trop : les statuts (art. 10) permettent 2 pouvoirs par personne" in _refused(error)
    assert holder.name in _refused(error)
    with pytest.raises(holding.BadProxy, match="a déjà donné pouvoir"):
        holding.give_proxy(session, assembly, others[0], others[3], by=BY, at=SENT)


def test_without_a_quorum_nothing_is_decided_and_the_same_people_are_called_again(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    add_item(session, assembly, resolution="On décide.")
    with pytest.raises(holding.NoQuorum) as error:
        open_with(session, assembly, 4)
    assert "Les statuts (art. 9) demandent 6 membres ; 4 comptent." in _refused(error)
    holding.close_without_quorum(session, assembly, by=BY, at=NOW)
    second = calling.call_second(session, assembly, at(DAY + timedelta(days=20)), by=BY, at=NOW)
    assert [item.resolution for item in second.agenda] == ["On décide."]
    assert len(second.members) == 10
    open_with(session, second, 1)
    assert second.status == Status.OPEN


def test_a_quorum_that_the_statutes_cannot_reach_is_said(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body, Statutes(quorum="number", quorum_number=40, clauses={"quorum": "art. 12"}))
    assembly = make_assembly(session, body)
    add_item(session, assembly)
    with pytest.raises(holding.NoQuorum) as error:
        open_with(session, assembly, 10)
    assert "(art. 12) demandent 40 membres ; 10 seulement ont le droit de vote" in _refused(error)
    assert "ne peut pas être atteint" in _refused(error)


def test_more_than_everybody_is_no_quorum(session: Session) -> None:
    all_of_them = Statutes(quorum="fraction", quorum_numerator=1, quorum_denominator=1, quorum_is_more_than=True)
    with pytest.raises(BadRule, match="Plus que tous les membres"):
        record_statutes(session, make_association(session), all_of_them)


def test_what_no_browser_opens_is_no_address_of_a_meeting(session: Session) -> None:
    with pytest.raises(calling.BadAgenda, match="n’est pas une adresse"):
        make_assembly(session, make_association(session), link="javascript:alert(1)")
    assert make_assembly(session, make_association(session), link="https://visio.exemple.fr/salle").link


def test_the_convocation_has_the_form_of_a_proxy_that_it_speaks_of(session: Session) -> None:
    body = make_association(session)
    assembly = make_assembly(session, body)
    assert "Le formulaire est joint" in (said := str(convocation_paper(session, assembly)))
    assert "Je soussigné(e)" in said
    record_statutes(session, body, replace(STATUTES, proxies_per_person=0))
    assert "Je soussigné(e)" not in str(convocation_paper(session, assembly))


def test_statutes_are_dated_and_an_open_assembly_keeps_its_own(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    add_item(session, assembly)
    open_with(session, assembly, 6)
    rule = queries.rules_of(session, body.id)[0]
    newer = replace(STATUTES, quorum="none")
    command = statutes.RecordRule(kind=AssemblyKind.ORDINARY, since=DAY + timedelta(days=1), statutes=newer)
    statutes.record_rule(session, body.id, command, by=BY, at=NOW)
    with pytest.raises(statutes.BadRule, match="déjà notée depuis ce jour"):
        statutes.record_rule(session, body.id, command, by=BY, at=NOW)
    corrected = replace(command, since=date(2020, 1, 1), statutes=replace(STATUTES, quorum_numerator=9), revision=1)
    with pytest.raises(statutes.BadRule, match="fraction"):
        statutes.correct_rule(session, rule, corrected, by=BY, at=NOW)
    found = queries.statutes_of(session, assembly, DAY)
    assert found.quorum_needed(10) == 6
    assert queries.rule_on(session, body.id, "ordinary", DAY + timedelta(days=2)).quorum == "none"


def test_every_channel_is_counted_together_and_nobody_votes_twice(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    item = add_item(session, assembly, resolution="On adopte le budget.", ballot=Ballot.SECRET)
    open_with(session, assembly, 6)
    away = [seat for seat in assembly.members if seat.presence == "absent"]
    holding.give_proxy(session, assembly, away[0], assembly.members[0], by=BY, at=NOW)
    with pytest.raises(BadVote, match="son pouvoir vote"):
        voting.cast(session, item, away[0], ["for"], Channel.PAPER, by=BY, at=NOW)
    with pytest.raises(BadVote, match="pas ouvert"):
        voting.cast(session, item, away[1], ["for"], Channel.ELECTRONIC, by=BY, at=NOW)
    voting.open_distance(session, item, is_open=True, by=BY, at=NOW)
    voting.cast(session, item, away[1], ["against"], Channel.ELECTRONIC, by=BY, at=NOW)
    voting.cast(session, item, away[2], ["for"], Channel.PAPER, by=BY, at=NOW)
    with pytest.raises(BadVote) as error:
        voting.cast(session, item, away[1], ["for"], Channel.PAPER, by=BY, at=NOW)
    assert "a déjà voté en ligne sur ce point. Une personne, une voix." in _refused(error)
    assert {voice.choice for voice in item.voices} == {""}
    with pytest.raises(BadVote, match="8 votes pour 7 voix dans la salle"):
        _count(session, item, votes_for=8)
    _count(session, item, votes_for=4, votes_against=3)
    assert counted(item).votes.voters == 9
    found = voting.decide(session, item, by=BY, at=NOW)
    assert (found.outcome, found.needed) == ("adopted", 5)
    assert item.number == "2027-01"


def test_a_tie_waits_for_the_chair_and_a_change_of_statutes_for_two_thirds(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    tie = add_item(session, assembly)
    change = add_item(session, assembly, "Statuts", decision=Decision.STATUTES)
    open_with(session, assembly, 8)
    _count(session, tie, votes_for=4, votes_against=4)
    with pytest.raises(voting.Unclear, match="voix prépondérante"):
        voting.decide(session, tie, by=BY, at=NOW)
    assert voting.decide(session, tie, president_voice="against", by=BY, at=NOW).outcome == "rejected"
    _count(session, change, votes_for=5, votes_abstained=3)
    assert voting.decide(session, change, by=BY, at=NOW).outcome == "rejected"
    voting.reopen(session, change, by=BY, at=NOW)
    _count(session, change, votes_for=6, votes_abstained=2)
    assert voting.decide(session, change, by=BY, at=NOW).outcome == "adopted"
    assert assembly.change_of == "statutes"


def _election(session: Session, assembly: Assembly, function: Function) -> AssemblyItem:
    given = {"kind": ItemKind.ELECTION, "function": function, "ballot": Ballot.SECRET}
    return add_item(session, assembly, f"Élection : {function}", **given)


def test_an_elected_board_takes_office_and_the_change_is_to_be_declared(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body)
    old = make_person(session, given_name="Ancienne", family_name="Présidente", kept_by_body_id=body.id)
    make_mandate(session, body, old, Function.PRESIDENT, since="2024-10")
    assembly = make_assembly(session, body)
    item = _election(session, assembly, Function.PRESIDENT)
    open_with(session, assembly, 8)
    first, second = (
        electing.stand(session, item, seat.name, person_id=seat.person_id, by=BY, at=NOW)
        for seat in assembly.members[:2]
    )
    with pytest.raises(BadVote, match="déjà sur la liste"):
        electing.stand(session, item, first.name, person_id=first.person_id, by=BY, at=NOW)
    papers = {str(first.id): 4, str(second.id): 4}
    voting.count_room(session, item, voting.RoomCount(choices=papers, papers=8), by=BY, at=NOW)
    electing.close_round(session, item, by=BY, at=NOW)
    assert (item.outcome, item.closed_round) == ("", 1)
    over = {str(first.id): 9}
    with pytest.raises(BadVote, match="plus de voix qu’il n’y a de bulletins"):
        voting.count_room(session, item, voting.RoomCount(choices=over, papers=8), by=BY, at=NOW)
    papers = {str(first.id): 5, str(second.id): 3}
    voting.count_room(session, item, voting.RoomCount(choices=papers, papers=8), by=BY, at=NOW)
    electing.close_round(session, item, by=BY, at=NOW)
    assert (item.outcome, first.elected_round, item.number) == ("elected", 2, "2027-01")
    holding.close_assembly(session, assembly, "20:00", by=BY, at=NOW)
    held = mandates_in_office(session, body.id, on=DAY)
    with pytest.raises(offices.TwoOffices) as error:
        offices.install(session, assembly, DAY, {held[0].id: Fate.STAYS}, by=BY, at=NOW)
    assert "Ancienne Présidente garderait la fonction" in _refused(error)
    closed, opened = offices.install(session, assembly, DAY, by=BY, at=NOW)
    assert [mandate.person.name for mandate in closed] == ["Ancienne Présidente"]
    assert closed[0].closed_by.startswith("élection du samedi 20\N{NO-BREAK SPACE}mars 2027")
    assert [mandate.person_id for mandate in opened] == [first.person_id]
    assert declaration_due(changed_on(assembly)) == date(2027, 6, 20)
    assert [one.id for one in waiting.changes_to_declare(session, [body.id])] == [assembly.id]
    with pytest.raises(offices.NobodyElected, match="déjà ouverts"):
        offices.install(session, assembly, DAY, by=BY, at=NOW)
    offices.note_declaration(session, assembly, DAY + timedelta(days=9), "W123", by=BY, at=NOW + timedelta(days=10))
    assert not waiting.changes_to_declare(session, [body.id])
    minutes.note_minutes(session, assembly, "Applaudissements.", DAY, by=BY, at=NOW)
    with pytest.raises(calling.WrongMoment, match="ne change plus"):
        minutes.note_minutes(session, assembly, "Autre chose.", None, by=BY, at=NOW)


def test_an_assembly_closes_once_everything_has_an_issue_and_never_opens_before_its_day(session: Session) -> None:
    body = make_association(session)
    assembly = make_assembly(session, body)
    item = add_item(session, assembly)
    news = add_item(session, assembly, "Nouvelles", kind=ItemKind.INFORMATION)
    add_item(session, assembly, "Questions diverses", kind=ItemKind.INFORMATION)
    with pytest.raises(holding.CannotOpen, match="ne s’ouvre pas avant"):
        holding.open_assembly(session, assembly, "18:00", by=BY, at=LONG_AGO)
    open_with(session, assembly, 3)
    late = assembly.members[9]
    holding.note_move(session, late, item, comes=True, by=BY, at=NOW)
    with pytest.raises(holding.CannotOpen, match="« Budget » n’a pas d’issue".replace(" ", ".")):
        holding.close_assembly(session, assembly, "20:00", by=BY, at=NOW)
    _count(session, item, votes_for=4)
    voting.decide(session, item, by=BY, at=NOW)
    news.debate = "La ville partenaire viendra en mai."
    holding.close_assembly(session, assembly, "20:00", by=BY, at=NOW)
    assert [one.outcome for one in assembly.agenda] == ["adopted", "noted", ""]
    with pytest.raises(calling.WrongMoment, match="ne va pas à la corbeille"):
        calling.trash_assembly(session, assembly, by=BY, at=NOW)


def test_the_lists_say_who_is_called_and_the_statutes_who_votes(session: Session) -> None:
    body = make_association(session)
    period = make_period(session, body, 2027)
    paid = enrol(session, body, "Ada", "Payée", household=make_household(session, body))
    enrol(session, body, "Basile", "Retard", email="basile@exemple.test")
    enrol(session, body, "Carla", "Partie", until="2026-12-31")
    make_payment(session, period, paid)
    make_mandate(session, body, paid.person, Function.TREASURER, since="2024-10")
    record_statutes(session, body, replace(STATUTES, voters="paid_up"))
    assembly = make_assembly(session, body, people=0)
    rules = queries.statutes_of(session, assembly, DAY)
    calling.call_people(session, assembly, people_to_call(session, assembly, rules), by=BY, at=SENT)
    told = {seat.name: (seat.may_vote, seat.why_not, seat.address) for seat in assembly.seats}
    assert told == {
        "Ada Payée": (True, "", "3 rue de l’Essai\n59000 Exempleville"),
        "Basile Retard": (False, "cotisation non réglée", ""),
    }
    assert not calling.call_people(session, assembly, people_to_call(session, assembly, rules), by=BY, at=SENT)
    board = make_assembly(session, body, people=0, kind=AssemblyKind.BOARD)
    (ada,) = people_to_call(session, board, Statutes())
    assert (ada.name, ada.email, ada.address) == ("Ada Payée", "", "3 rue de l’Essai\n59000 Exempleville")
    account = make_member(session, body, person_id=paid.person_id)
    assert people_to_call(session, board, Statutes())[0].email == account.email, "where she enters already"
    paid.household.email = "foyer@exemple.test"
    session.flush()
    assert people_to_call(session, board, Statutes())[0].email == "foyer@exemple.test", "a couple shares it"
    make_mandate(session, body, make_person(session, given_name="Colette"), Function.COUNCIL_DELEGATE, since="2024-10")
    told = [(one.may_vote, one.why_not) for one in people_to_call(session, board, Statutes())]
    assert told == [(True, ""), (False, "voix consultative")], "whom the town council sends is heard"
    office = make_assembly(session, body, people=0, kind=AssemblyKind.OFFICE)
    assert len(people_to_call(session, office, Statutes())) == 1


def test_a_board_and_its_officers_elected_on_one_day_are_declared_once(session: Session) -> None:
    body = make_association(session)
    general, board, other = (make_assembly(session, body, people=0) for _ in range(3))
    for one, day in ((general, DAY), (board, DAY), (other, DAY + timedelta(days=90))):
        one.change_of, one.offices_on = "officers", day
    board.starts_at += timedelta(hours=2)
    other.starts_at += timedelta(days=90)
    session.commit()
    assert [one.id for one in waiting.changes_to_declare(session, [body.id])] == [board.id, other.id]
    offices.note_declaration(session, board, DAY, "W5", by=BY, at=at(DAY))
    assert (general.change_declared_on, other.change_declared_on) == (DAY, None)
    assert waiting.changes_to_declare(session, [body.id]) == [other]


def test_on_the_day_of_a_new_board_its_meeting_calls_those_elected_and_the_one_before_calls_the_outgoing(
    session: Session,
) -> None:
    body = make_association(session)
    for name, since, until in (("Ada", "2024-10", DAY.isoformat()), ("Zoé", DAY.isoformat(), "")):
        person = make_person(session, given_name=name, family_name="Fictive", kept_by_body_id=body.id)
        make_mandate(session, body, person, Function.BOARD_MEMBER, since=since, until=until)
    general = make_assembly(session, body, people=0)
    general.offices_on = DAY
    board = make_assembly(session, body, people=0, kind=AssemblyKind.BOARD)
    for hours, names in ((2, ["Zoé Fictive"]), (-4, ["Ada Fictive"])):
        board.starts_at = general.starts_at + timedelta(hours=hours)
        session.flush()
        assert [one.name for one in people_to_call(session, board, Statutes())] == names


def test_a_vote_is_not_passed_on_twice_nor_given_by_who_is_there(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    one, two, three, four, *_rest = assembly.members
    holding.give_proxy(session, assembly, one, two, by=BY, at=NOW)
    with pytest.raises(holding.BadProxy, match="a donné son propre pouvoir"):
        holding.give_proxy(session, assembly, three, one, by=BY, at=NOW)
    with pytest.raises(holding.BadProxy, match="serait perdu"):
        holding.give_proxy(session, assembly, two, three, by=BY, at=NOW)
    four.presence = "present"
    with pytest.raises(holding.BadProxy, match="vote en personne"):
        holding.give_proxy(session, assembly, four, three, by=BY, at=NOW)


def test_a_giver_is_not_told_to_whom_somebody_else_gave_a_proxy(session: Session) -> None:
    assembly = make_assembly(session, make_association(session), people=2)
    giver, holder = assembly.seats
    own = str(refusal("holder_gave", giver, holder, STATUTES, is_own=True))
    assert "ne peut pas porter votre pouvoir" in own
    assert "donné" not in own
    assert "a donné son propre pouvoir" in str(refusal("holder_gave", giver, holder, STATUTES, is_own=False))
