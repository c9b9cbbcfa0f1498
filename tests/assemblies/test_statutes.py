"""What the statutes say is followed, said with its article, and nothing that nobody recorded is printed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Role
from app.assemblies import queries
from app.assemblies.models import AssemblyItem, AssemblyKind, Ballot, Decision, ItemKind
from app.assemblies.services import statutes as services
from app.law.statutes import Statutes
from app.mail.models import OutboxMessage
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.assemblies import (
    BY,
    LONG_AGO,
    STATUTES,
    add_item,
    make_assembly,
    make_association,
    open_with,
    record_statutes,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.assemblies.models import Assembly

    SignIn = Callable[[Account], FlaskClient]


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")
    return re.sub(r"\s+", " ", text)


def _minutes(browser: FlaskClient, assembly: Assembly) -> str:
    pages = PdfReader(BytesIO(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " "))


def test_a_change_of_statutes_in_an_ordinary_assembly_is_told_and_asks_for_two_thirds(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    record_statutes(session, body, replace(STATUTES, majority_statutes=""))
    apart = Statutes(majority_statutes="two_thirds_cast", clauses={"majority": "article 19"})
    record_statutes(session, body, apart, AssemblyKind.EXTRAORDINARY)
    assembly = make_assembly(session, body)
    item = add_item(session, assembly, "Article 4", decision=Decision.STATUTES, resolution="L’article 4 change.")
    add_item(session, assembly, "Modification des statuts (siège)")
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    for url in (f"/assemblees/{assembly.id}", f"/assemblees/{assembly.id}/convocation"):
        words = _words(browser.get(url).text)
        assert "« Article 4 » relève d’une assemblée générale extraordinaire." in words
        assert "Les statuts (article 19) réservent cette décision à une assemblée convoquée pour cela" in words
        assert "les deux tiers des voix exprimées. Convoquez une assemblée extraordinaire" in words
        assert "« Modification des statuts (siège) » est inscrit comme une décision ordinaire." in words
    open_with(session, assembly, 8)
    vote = f"/assemblees/points/{item.id}/voix"
    told = browser.post(vote, data={"votes-for": "5", "votes-against": "3", "decide": "1"}, follow_redirects=True)
    assert (
        "La majorité n’est pas atteinte (les deux tiers des voix exprimées : il en faut 6 « pour »). Article 19."
        in _words(told.text)
    )
    session.expire_all()
    assert item.outcome == "rejected"
    minutes = _minutes(browser, assembly)
    assert "Majorité requise : 6 voix, deux tiers des voix exprimées (article 19 des statuts)." in minutes
    assert "réservent cette décision à une assemblée générale extraordinaire (article 19 des statuts)." in minutes


def test_the_chair_of_a_board_decides_a_tie_of_those_present(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    rule = Statutes(majority_ordinary="absolute_present", casting_vote=True, clauses={"casting": "article 12"})
    record_statutes(session, body, rule, AssemblyKind.BOARD)
    assembly = make_assembly(session, body, kind=AssemblyKind.BOARD, people=6)
    item = add_item(session, assembly, "Dépense")
    open_with(session, assembly, 6)
    browser, vote = sign_in(make_member(session, body, Role.PRESIDENT)), f"/assemblees/points/{item.id}/voix"
    tie = {"votes-for": "3", "votes-against": "3", "decide": "1"}
    assert "voix prépondérante à qui préside" in _words(browser.post(vote, data=tie).text)
    browser.post(vote, data=tie | {"president_voice": "for"})
    session.expire_all()
    assert item.outcome == "adopted"
    assert "la voix de la présidence l'emporte (article 12 des statuts)" in _minutes(browser, assembly).replace(
        "’", "'"
    )


def test_hands_are_counted_without_papers_and_the_minutes_state_no_more(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body, replace(STATUTES, clauses={**STATUTES.clauses, "ballot": "article 17"}))
    assembly = make_assembly(session, body)
    chair, board = (
        add_item(session, assembly, title, kind=ItemKind.ELECTION, function=function, places=places)
        for title, function, places in (("Présidence", "president", 1), ("Conseil", "board_member", 2))
    )
    open_with(session, assembly, 8)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    names = [seat.name for seat in assembly.seats]
    for item, standing in ((chair, names[:1]), (board, names[1:3])):
        for name in standing:
            browser.post(f"/assemblees/points/{item.id}/candidatures", data={"name": name})
    session.expire_all()
    page = browser.get(f"/assemblees/points/{chair.id}").text
    assert "Bulletins valables" not in page
    assert "Article 17. Changez la façon de voter" in _words(page)
    one = {f"votes-{chair.candidates[0].id}": "6", "blank": "2", "decide": "1"}
    assert browser.post(f"/assemblees/points/{chair.id}/voix", data=one).status_code == 302
    both = {f"votes-{candidate.id}": "7" for candidate in board.candidates} | {"decide": "1"}
    refused = browser.post(f"/assemblees/points/{board.id}/voix", data=both)
    assert "Écrivez combien de personnes ont voté" in _words(refused.text)
    assert browser.post(f"/assemblees/points/{board.id}/voix", data=both | {"papers": "8"}).status_code == 302
    minutes = _minutes(browser, assembly)
    assert "Tour 1, à main levée : 2 abstentions." in minutes
    assert "Tour 1, à main levée : 8 votants." in minutes
    assert "cette élection a eu lieu à main levée" in minutes
    assert "valable" not in minutes


def test_a_quorum_in_percent_is_read_and_said_as_it_was_written(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    browser, where = sign_in(make_member(session, body, Role.PRESIDENT)), f"/assemblees/statuts/{body.id}/noter"
    told = {"since": "01/01/2026", "quorum": "fraction"}
    for kind, share, said in (("ordinary", "66,6 %", "66,6 %"), ("board", "50%", "50 %"), ("office", "1/3", "1/3")):
        page = browser.post(where, data=told | {"kind": kind, "quorum_share": share}, follow_redirects=True)
        assert f"au moins {said} des membres" in _words(page.text)
    for share in ("0 %", "101 %", "moitié", "99999/1", "66,66666 %"):
        page = browser.post(where, data=told | {"kind": "founding", "quorum_share": share})
        assert page.status_code == 422
        assert "Une part s’écrit comme 1/4 ou 25 %" in _words(page.text)


def test_statutes_without_proxies_offer_none_anywhere(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body, replace(STATUTES, notice_days=0, proxies_per_person=0))
    assembly = make_assembly(session, body, day=clock.today() + timedelta(days=1))
    add_item(session, assembly)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    url = f"/assemblees/{assembly.id}"
    browser.post(f"{url}/convocation")
    assert "Formulaire de pouvoir" not in browser.get(url).text
    assert "Les statuts n’admettent aucun pouvoir." in _words(browser.get(f"{url}/feuille").text)
    letter = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).first()
    assert letter is not None
    assert "aucun pouvoir (art. 10 des statuts)" in letter.text
    link = re.search(r"/assemblees/reponse/\S+", letter.text)
    assert link is not None
    assert "je donne pouvoir" not in browser.get(link[0]).text
    for name in ("pouvoir", "courriers"):
        assert browser.get(f"{url}/{name}.pdf").status_code == 200


def test_an_item_offers_no_unsaid_way_to_vote(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    assembly = make_assembly(session, body)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    url = f"/assemblees/{assembly.id}/points/nouveau"
    assert 'value="show_of_hands"' in browser.get(url).text
    told = {"title": "Budget", "kind": "decision", "decision": "ordinary", "places": 1, "function": "", "ballot": ""}
    browser.post(url, data=told)
    assert all(item.ballot in {Ballot.SHOW_OF_HANDS, Ballot.SECRET} for item in session.scalars(select(AssemblyItem)))


def test_new_statutes_start_from_those_in_force_and_lose_nothing_unsaid(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body)
    browser, where = sign_in(make_member(session, body, Role.PRESIDENT)), f"/assemblees/statuts/{body.id}/noter"
    assert f"{where}?genre=ordinary" in browser.get(f"/assemblees/statuts/{body.id}").text
    page = browser.get(f"{where}?genre=ordinary").text
    assert "Le formulaire reprend ce qui vaut depuis le mercredi 1er janvier 2020" in _words(page)
    assert 'value="art. 10"' in page
    assert re.search(r'name="notice_days"[^>]*value="15"', page)
    assert re.search(r'name="since"[^>]*value=""', page)
    amended = {"kind": "ordinary", "since": "01/11/2026", "quorum": "number", "quorum_number": "4"}
    amended |= {"quorum_counts_proxies": "yes", "clause_quorum": "art. 11"}
    refused = browser.post(where, data=amended)
    assert refused.status_code == 422
    words = _words(refused.text)
    assert "prendraient la place de ceux qui valent depuis le mercredi 1er janvier 2020" in words
    for lost in (
        "Pouvoirs qu’une personne peut porter 2",
        "Jours entre l’envoi et la réunion 15",
        "À égalité, la présidence a-t-elle voix prépondérante ? oui",
    ):
        assert lost in words
    assert "Article des pouvoirs art. 10" not in words, "the article goes with what it is about"
    assert 'value="art. 11"' in refused.text, "what was typed is still there"
    assert len(queries.rules_of(session, body.id)) == 1
    meant = browser.post(where, data=amended | {"may_forget": "y"}, follow_redirects=True)
    assert "C’est noté." in _words(meant.text)
    session.expire_all()
    assert queries.rules_of(session, body.id)[0].proxies_per_person is None


def test_new_statutes_start_from_what_is_in_force_and_name_a_version_noted_for_later(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    browser, where = sign_in(make_member(session, body, Role.PRESIDENT)), f"/assemblees/statuts/{body.id}/noter"
    future = services.RecordRule(
        kind=AssemblyKind.ORDINARY, since=date(2090, 1, 1), statutes=replace(STATUTES, notice_days=30)
    )
    services.record_rule(session, body.id, future, by=BY, at=LONG_AGO)
    session.commit()
    page = browser.get(f"{where}?genre=ordinary").text
    assert "reprend ce qui vaudra à partir du dimanche 1er janvier 2090" in _words(page)
    record_statutes(session, body)
    page = browser.get(f"{where}?genre=ordinary").text
    assert re.search(r'name="notice_days"[^>]*value="15"', page)
    words = _words(page)
    assert "Le formulaire reprend ce qui vaut depuis le mercredi 1er janvier 2020" in words
    assert "Une autre version est déjà notée à partir du dimanche 1er janvier 2090" in words
    told = {"kind": "ordinary", "quorum": "number", "quorum_number": "4", "may_forget": "y"}
    noted = browser.post(where, data=told | {"since": "01/03/2020"}, follow_redirects=True)
    assert "Cette règle vaut jusqu’au samedi 31 décembre 2089" in _words(noted.text)
    last = browser.post(where, data=told | {"since": "01/03/2090"}, follow_redirects=True)
    assert "Chaque réunion suit désormais cette règle" in _words(last.text)


def test_statutes_of_a_kind_that_had_none_are_noted_at_once(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body)
    browser, where = sign_in(make_member(session, body, Role.PRESIDENT)), f"/assemblees/statuts/{body.id}/noter"
    page = browser.get(f"{where}?genre=board").text
    assert 'value="art. 10"' not in page
    assert "Le formulaire reprend" not in _words(page)
    assert browser.post(where, data={"kind": "board", "since": "01/11/2026", "notice_days": "8"}).status_code == 302


def test_an_article_that_is_left_out_is_said_and_a_quorum_of_another_sort_is_not() -> None:
    plain = replace(STATUTES, clauses={})
    assert services.forgotten(STATUTES, plain) == [f"clause_{one}" for one in STATUTES.clauses]
    number = replace(STATUTES, quorum="number", quorum_numerator=None, quorum_denominator=None, quorum_number=4)
    assert services.forgotten(STATUTES, number) == []
    none = replace(STATUTES, quorum="none", quorum_counts_proxies=None)
    assert services.forgotten(STATUTES, none) == []
    assert services.forgotten(Statutes(), STATUTES) == []


def test_minutes_printed_during_the_meeting_are_not_dated_before_it(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    add_item(session, assembly)
    open_with(session, assembly, 8)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    assert "Établi le samedi 20 mars 2027" in _minutes(browser, assembly)
    pages = PdfReader(BytesIO(browser.get(f"/assemblees/{assembly.id}/convocation.pdf").data)).pages
    assert "20 mars 2027" not in pages[-1].extract_text().rpartition("Établi")[2], "what was sent is as old as its day"
