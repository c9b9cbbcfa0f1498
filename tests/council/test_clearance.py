"""One truth for the clearance: the act, the text, its prints, its scan and the home page say the same."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfWriter
from sqlalchemy import select

from app.access.roles import Role
from app.conventions import services as texts
from app.conventions.models import ConventionVersion, Status
from app.conventions.queries import document_of, scans_of, versions_of
from app.conventions.queries.words import seal_now
from app.council.actcase import act_case
from app.council.casework import judged
from app.council.contests import happened
from app.council.documents.passed import mentions
from app.council.models import ActEvent, ActEventKind, CheckOverride
from app.council.queries import act_by_id, overrides_of
from app.council.reckoning import setting_of
from app.council.sealing import seal_of
from app.council.services import clearing, following
from app.council.services.convening import NotLawful
from app.council.services.overriding import Override, override_check
from app.shared import clock
from app.shared.saying import full_day
from app.texts.wording import ArticleText
from tests.council.test_services import _voted_text
from tests.factories.accounts import make_member
from tests.factories.council import BY, DAY, at, make_act
from tests.law.asking import ask
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of
from tests.support.together import another_browser, at_the_same_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.conventions.models import Convention
    from app.council.models import Act

    SignIn = Callable[[Account], FlaskClient]

LATER = DAY + timedelta(days=3)
ENDS = (ActEventKind.SUSPENSION, ActEventKind.ANNULMENT, ActEventKind.REVOCATION, ActEventKind.REPEAL)


def _text(act: Act) -> Convention:
    assert act.convention is not None
    return act.convention


def _cleared(session: Session) -> Act:
    """An act that may be executed, and the original that it let make."""
    act = _voted_text(session)
    clearing.clear_signature(session, act, by=BY, at=at(DAY))
    session.commit()
    return act


def _stopped(session: Session, kind: ActEventKind = ActEventKind.SUSPENSION) -> Act:
    act = _cleared(session)
    following.note_event(session, act, kind, LATER, "", by=BY, at=at(LATER))
    session.commit()
    return act


def _scan() -> tuple[io.BytesIO, str]:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(made)
    return io.BytesIO(made.getvalue()), "signé.pdf"


def _signed(client: FlaskClient, text_id: int, **more: str) -> tuple[int, str]:
    sent: dict[str, Any] = {"scan": _scan(), "signe": "1", "jour": f"{LATER:%d/%m/%Y}", "avant_date": "1", **more}
    answer = client.post(f"/conventions/{text_id}/texte-signe", data=sent)
    return answer.status_code, as_read(answer.text)


@pytest.mark.parametrize("kind", ENDS)
def test_an_act_that_lost_its_force_withholds_the_signature_on_every_page(
    session: Session, sign_in: SignIn, kind: ActEventKind
) -> None:
    act = _stopped(session, kind)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body, Role.MAYOR)
    page = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "Signature autorisée retenue aujourd’hui" in page
    assert "oui, l’original est prêt" not in page
    assert "Autoriser la signature du texte" not in page
    for path in (f"/conventions/{text}", f"/conventions/{text}/versions", "/"):
        page = as_read(client.get(path).text)
        assert "Le maire ne peut pas signer" in page, path
        assert "faites-le signer" not in page, path
    assert "signature retenue" in as_read(client.get("/conventions/").text)
    original = versions_of(session, text)[0]
    printed = client.get(f"/conventions/{text}/versions/{original.number}.pdf")
    assert (printed.status_code, "Le maire ne peut pas signer" in as_read(printed.text)) == (403, True)
    code, page = _signed(client, text)
    assert (code, "La signature est retenue" in page, "Faites voter" in page or "faites voter" in page) == (
        422,
        True,
        True,
    )
    session.expire_all()
    assert _text(act).status == Status.CLEARED
    assert scans_of(session, text) == [], "what was refused is not attached"


def test_a_withheld_signature_takes_a_reason_that_is_kept_with_its_author(session: Session, sign_in: SignIn) -> None:
    act = _stopped(session)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body)
    code, page = _signed(client, text, motif="court")
    assert (code, "Écrivez le motif" in page) == (422, True)
    code, _page = _signed(client, text, motif="Le juge a levé la suspension ce matin à l’audience.")
    assert code == 302
    session.expire_all()
    (kept,) = session.scalars(select(CheckOverride)).all()
    assert (kept.check_id, kept.act_id, bool(kept.author)) == ("C25", act.id, True)
    assert (_text(act).status, happened(act, ActEventKind.TEXT_SIGNED)) == (Status.SIGNED, LATER)


def test_a_reason_given_before_the_judge_suspended_the_act_does_not_cover_the_suspension(session: Session) -> None:
    act = _voted_text(session)
    act.transmitted_on = None
    session.add(
        CheckOverride(
            body_id=act.body_id, act_id=act.id, check_id="C25", reason="Cérémonie ce soir.", author="X", made_at=at(DAY)
        )
    )
    session.flush()
    clearing.clear_signature(session, act, by=BY, at=at(DAY))
    following.note_event(session, act, "suspension", LATER, "", by=BY, at=at(LATER))
    assert clearing.refusal_of(session, act, DAY) is None
    assert clearing.refusal_of(session, act, LATER) is not None
    with pytest.raises(NotLawful, match="521-1"):
        following.note_event(session, act, "text_signed", LATER, "", by=BY, at=at(LATER))


def test_a_suspension_that_ended_gives_the_clearance_back(session: Session, sign_in: SignIn) -> None:
    act = _stopped(session)
    following.note_event(session, act, "appeal_dismissed", LATER, "", by=BY, at=at(LATER))
    session.commit()
    client = clerk_of(session, sign_in, act.body)
    assert "Le maire ne peut pas signer" not in as_read(client.get(f"/conventions/{_text(act).id}").text)
    assert _signed(client, _text(act).id)[0] == 302


def test_a_signature_noted_on_the_text_is_seen_on_the_act_and_the_other_way_round(
    session: Session, sign_in: SignIn
) -> None:
    act = _cleared(session)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body)
    assert _signed(client, text)[0] == 302
    session.expire_all()
    assert happened(act, ActEventKind.TEXT_SIGNED) == LATER
    (event,) = [one for one in act.facts if one.kind == ActEventKind.TEXT_SIGNED]
    sent = {"event": str(event.id), "reason": "Noté sur la mauvaise convention."}
    assert client.post(f"/conseil/deliberations/{act.id}/fait/biffer", data=sent).status_code == 302
    session.expire_all()
    assert _text(act).status == Status.CLEARED, "what was noted by mistake is taken back on both sides"
    sent = {"kind": "text_signed", "day": f"{LATER:%d/%m/%Y}"}
    assert client.post(f"/conseil/deliberations/{act.id}/fait", data=sent).status_code == 302
    session.expire_all()
    assert _text(act).status == Status.SIGNED
    assert "faites-le signer" not in as_read(client.get("/").text)


def test_a_signature_needs_its_day_where_a_deliberation_lets_it_be(session: Session, sign_in: SignIn) -> None:
    act = _cleared(session)
    client = clerk_of(session, sign_in, act.body)
    code, page = _signed(client, _text(act).id, jour="")
    assert (code, "Écrivez le jour de la signature" in page) == (422, True)
    code, page = _signed(client, _text(act).id, jour=f"{DAY - timedelta(days=1):%d/%m/%Y}")
    assert (code, "Exécutoire à partir du" in page) == (422, True)
    session.expire_all()
    assert (_text(act).status, scans_of(session, _text(act).id)) == (Status.CLEARED, [])


def test_a_signed_text_shows_the_words_of_its_original_and_keeps_the_draft(session: Session, sign_in: SignIn) -> None:
    act = _cleared(session)
    text, client = _text(act), clerk_of(session, sign_in, act.body)
    article = next(one for one in document_of(text).articles if one.level == "article")
    words = {"fr": ArticleText(heading="Objet", body="40 000 € par an.")}
    texts.edit_article(session, text, texts.EditArticle(article.id, words, text.revision), by=BY, at=at(DAY))
    session.commit()
    assert _signed(client, text.id)[0] == 302
    session.expire_all()
    assert "40 000 €" not in as_read(client.get(f"/conventions/{text.id}").text)
    assert document_of(text).articles == document_of(versions_of(session, text.id)[1]).articles
    assert any("40 000" in str(one.document) for one in versions_of(session, text.id)), "the draft is kept"


def test_a_signing_that_took_place_is_asked_of_the_council_and_told_to_it(session: Session, sign_in: SignIn) -> None:
    act = _cleared(session)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body)
    url = f"/conventions/{text}/autres-faits"
    asked = filled(client.get(url).text) | {"s0_status": "held"}
    early = client.post(url, data=asked | {"s0_date": f"{DAY - timedelta(days=1):%d/%m/%Y}"})
    assert (early.status_code, "La signature est retenue" in as_read(early.text)) == (422, True)
    assert client.post(url, data=asked | {"s0_date": f"{LATER:%d/%m/%Y}"}).status_code == 302
    session.expire_all()
    assert happened(act, ActEventKind.TEXT_SIGNED) == LATER


def test_facts_beside_the_words_leave_a_cleared_text_cleared(session: Session, sign_in: SignIn) -> None:
    act = _cleared(session)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body)
    url = f"/conventions/{text}/autres-faits"
    assert client.post(url, data=filled(client.get(url).text) | {"kept_at": "Archives"}).status_code == 302
    session.expire_all()
    assert _text(act).status == Status.CLEARED


def test_the_day_of_the_signature_changes_no_word_of_a_cleared_text(session: Session, sign_in: SignIn) -> None:
    act = _cleared(session)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body)
    url, original = f"/conventions/{text}/autres-faits", versions_of(session, text)[0]

    def said() -> str:
        page = as_read(client.get(f"/conventions/{text}").text)
        return next(line for line in page.split("Fait à")[1:] if line).partition("Modifier")[0].partition("Ce que")[0]

    before = said()
    asked = filled(client.get(url).text) | {"s0_status": "held", "s0_date": f"{LATER:%d/%m/%Y}"}
    assert client.post(url, data=asked).status_code == 302
    session.expire_all()
    assert (_text(act).status, seal_of(session, act).is_intact) == (Status.CLEARED, True)
    assert said() == before, "the page shows the words of the original"
    page = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "Le texte a changé depuis le vote" not in page
    assert happened(act, ActEventKind.TEXT_SIGNED) == LATER
    assert _signed(client, text)[0] == 302
    session.expire_all()
    assert (_text(act).status, seal_now(session, _text(act))) == (Status.SIGNED, original.sha256)
    assert said() == before


def test_a_voted_text_says_that_its_deliberation_waits_then_that_it_is_to_be_cleared(
    session: Session, sign_in: SignIn
) -> None:
    act = _voted_text(session)
    text = _text(act)
    text.status, act.published_on = Status.SUBMITTED, None
    session.commit()
    client = clerk_of(session, sign_in, act.body)
    (twinning,) = text.twinnings
    home, page = as_read(client.get("/").text), as_read(client.get(f"/jumelages/{twinning.id}").text)
    assert "il manque la publication" in home
    assert "Le texte est soumis au conseil" not in home
    assert "La suite : rendre exécutoire la délibération" in page
    following.publish_act(session, act, DAY, "electronic", by=BY, at=at(DAY))
    session.commit()
    home, page = as_read(client.get("/").text), as_read(client.get(f"/jumelages/{twinning.id}").text)
    assert "autorisez la signature depuis celle-ci" in home
    assert "La suite : autoriser la signature" in page
    assert "faire voter" not in page


def test_the_thread_of_the_dossier_says_that_a_deliberation_lost_its_force(session: Session, sign_in: SignIn) -> None:
    act = _stopped(session, ActEventKind.ANNULMENT)
    text = _text(act)
    act.twinning_id = text.twinnings[0].id
    session.commit()
    client = clerk_of(session, sign_in, act.body)
    assert "annulée par le juge" in as_read(client.get(f"/jumelages/{act.twinning_id}").text)


def test_the_original_is_made_once_however_often_it_is_asked_for(session: Session) -> None:
    act = _cleared(session)
    first = clearing.clear_signature(session, act, by=BY, at=at(DAY))
    again = clearing.clear_signature(session, act, by=BY, at=at(DAY))
    assert first is again
    session.commit()
    assert [one.kind for one in versions_of(session, _text(act).id)].count("original") == 1


def test_a_refused_scan_is_not_attached_and_the_same_file_is_attached_once(session: Session, sign_in: SignIn) -> None:
    act = _voted_text(session)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body)
    for _time in range(2):
        code, page = _signed(client, text)
        assert (code, "Aucun original n’a été préparé" in page) == (422, True)
    assert scans_of(session, text) == []
    found = act_by_id(session, act.id)
    assert found is not None
    clearing.clear_signature(session, found, by=BY, at=at(DAY))
    session.commit()
    assert _signed(client, text)[0] == 302
    assert client.post(f"/conventions/{text}/texte-signe", data={"scan": _scan()}).status_code == 302
    assert len(scans_of(session, text)) == 1


def test_an_act_that_was_repealed_asks_for_no_transmission_any_more(session: Session, sign_in: SignIn) -> None:
    act = _voted_text(session)
    act.transmitted_on = None
    session.commit()
    client = clerk_of(session, sign_in, act.body)
    assert "il manque la transmission à l’État pour qu’elle s’exécute" in as_read(client.get("/").text)
    following.note_event(session, act, "repeal", LATER, "", by=BY, at=at(LATER))
    session.commit()
    assert "il manque la transmission à l’État pour qu’elle s’exécute" not in as_read(client.get("/").text)
    page = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "abrogée par le conseil" in page
    assert "Noter la transmission" not in page


def test_no_reason_undoes_a_later_vote_of_the_council_on_other_words(session: Session, sign_in: SignIn) -> None:
    act = _voted_text(session)
    text = _text(act)
    article = next(one for one in document_of(text).articles if one.level == "article")
    words = {"fr": ArticleText(heading="Objet", body="Tout autre chose.")}
    texts.edit_article(session, text, texts.EditArticle(article.id, words, text.revision), by=BY, at=at(DAY))
    version = texts.keep_version(session, text, "Essai", by=BY, at=at(DAY))
    version.kind = "submitted"
    given: dict[str, Any] = {"status": "adopted", "voted_on": LATER, "register_year": DAY.year, "register_rank": 90}
    given |= {"convention_id": text.id, "version_id": version.id, "sealed_sha256": version.sha256}
    given |= {"transmitted_on": LATER, "published_on": LATER}
    later = make_act(session, act.body, model="convention", **given)
    session.commit()
    client = clerk_of(session, sign_in, act.body, Role.MAYOR)
    url = f"/conseil/deliberations/{act.id}"
    why = {"override_check": "SEAL", "override_reason": "L’ancien texte suffit, décision du maire."}
    refused = client.post(f"{url}/autoriser-la-signature", data=why)
    assert (refused.status_code, f"la délibération nᵒ {later.number}" in as_read(refused.text)) == (422, True)
    assert "Autoriser la signature du texte" not in as_read(client.get(url).text)
    sent = {"kind": "text_signed", "day": f"{LATER:%d/%m/%Y}"}
    assert client.post(f"{url}/fait", data=sent).status_code == 422
    original = clearing.clear_signature(session, act_by_id(session, later.id) or later, by=BY, at=at(LATER))
    assert (original.sha256, original.clearance["granted_by"]) == (version.sha256, BY.name)


def test_a_text_that_no_article_lets_sign_is_held_back_before_the_vote_and_after(
    session: Session, sign_in: SignIn
) -> None:
    act = _voted_text(session)
    act.articles = ["Une subvention de 1 000 € est attribuée au comité."]
    session.commit()
    client, url = clerk_of(session, sign_in, act.body, Role.MAYOR), f"/conseil/deliberations/{act.id}"
    refused = client.post(f"{url}/autoriser-la-signature")
    assert (refused.status_code, "aucun article n’autorise à le signer" in as_read(refused.text)) == (422, True)
    told = ask(**act_case(act, setting_of(act.body, None), on=DAY))["by_id"]["C26"]
    assert told["status"] == "not_ok", "the checks of the law say what withholds the signature"
    given = {"convention_id": act.convention_id, "version_id": act.version_id, "articles": act.articles}
    draft = make_act(session, act.body, model="subsidy", status="draft", **given)
    session.commit()
    page = as_read(client.get(f"/conseil/deliberations/{draft.id}").text)
    assert "aucun article n’autorise à le signer" in page
    held = client.post(f"/conseil/deliberations/{draft.id}/valider")
    assert held.status_code == 422
    draft.articles = [*draft.articles, "Le maire est autorisé à signer la convention annexée."]
    session.commit()
    assert "aucun article n’autorise" not in as_read(client.get(f"/conseil/deliberations/{draft.id}").text)


def test_two_who_press_at_the_same_moment_make_one_original_and_note_one_signature(
    app: Flask, session: Session, sign_in: SignIn
) -> None:
    act = _voted_text(session)
    text, number = _text(act).id, act.id
    account = make_member(session, act.body, Role.MAYOR)
    mine, theirs = sign_in(account), another_browser(app, account)
    url = f"/conseil/deliberations/{number}"
    answers = at_the_same_moment(
        app,
        ConventionVersion,
        lambda: mine.post(f"{url}/autoriser-la-signature").status_code,
        lambda: theirs.post(f"{url}/autoriser-la-signature").status_code,
    )
    assert answers == (302, 302)
    session.expire_all()
    assert [one.kind for one in versions_of(session, text)].count("original") == 1
    sent = {"kind": "text_signed", "day": f"{LATER:%d/%m/%Y}"}
    answers = at_the_same_moment(
        app,
        ActEvent,
        lambda: mine.post(f"{url}/fait", data=sent).status_code,
        lambda: _signed(theirs, text)[0],
    )
    assert answers == (302, 302)
    session.expire_all()
    found = act_by_id(session, number)
    assert found is not None
    assert [one.kind for one in found.facts] == ["text_signed"]


def test_the_checks_of_the_law_tell_of_an_act_that_lost_its_force_what_the_meter_tells(session: Session) -> None:
    act = _stopped(session, ActEventKind.ANNULMENT)
    told = judged(act_case(act, setting_of(act.body, None), on=LATER))
    assert told is not None
    (found,) = [one for one in told["checks"] if one["id"] == "C25"]
    assert found["status"] == "not_ok"
    assert "ne s'exécute plus depuis le" in found["sentence"].replace("’", "'")


def test_the_act_says_that_the_signature_was_permitted_though_its_force_was_lost(session: Session) -> None:
    act = _stopped(session, ActEventKind.REPEAL)
    why = Override(check_id="C25", reason="Signé la veille, noté en retard.", sentence="…", act_id=act.id)
    override_check(session, act.body_id, why, by=BY, at=at(LATER))
    told = str(mentions(session, overrides_of(session, act_id=act.id), act=act))
    assert "avant que la délibération soit exécutoire" not in told
    assert "n'est plus exécutée" in told.replace("’", "'")


def test_an_original_that_rests_on_a_reason_says_so(session: Session) -> None:
    act = _voted_text(session)
    act.transmitted_on = None
    why = Override(check_id="C25", reason="La délégation repart ce soir.", sentence="…", act_id=act.id)
    override_check(session, act.body_id, why, by=BY, at=at(DAY))
    original = clearing.clear_signature(session, act, by=BY, at=at(DAY))
    assert "La délégation repart ce soir." in original.clearance["reason"]


def test_a_convention_with_the_committee_is_asked_nothing_that_concerns_foreign_authorities(session: Session) -> None:
    act = _voted_text(session)
    assert act.version is not None
    act.version.document = {**act.version.document, "kind": "town_committee"}
    told = ask(**act_case(act, setting_of(act.body, None), on=DAY))["by_id"]
    assert {told[check]["status"] for check in ("C22", "C23", "C27")} == {"not_applicable"}


def _edited(client: FlaskClient, act: Act, *, was: str = "", now: str = "") -> str:
    """Open the first article that has words and save it, with other words or as it is; where the page leads to."""
    text = _text(act)
    article = next(one for one in document_of(text).articles if one.level == "article" and one.body.get("fr"))
    url = f"/conventions/{text.id}/articles/{article.id}"
    asked = filled(client.get(url).data.decode())  # with its no-break spaces, as a browser sends them back
    words = asked["body_fr"]
    asked["body_fr"] = f"{words} {now}".strip() if now else words.replace(was, "") if was else words
    answer = client.post(url, data=asked)
    assert answer.status_code == 302, as_read(answer.text)
    return str(answer.location)


def test_an_article_saved_unchanged_leaves_a_cleared_text_cleared(session: Session, sign_in: SignIn) -> None:
    act = _cleared(session)
    client = clerk_of(session, sign_in, act.body)
    _edited(client, act)
    session.expire_all()
    assert (_text(act).status, seal_of(session, act).is_intact) == (Status.CLEARED, True)
    _edited(client, act, now="Et tout autre chose.")
    session.expire_all()
    assert (_text(act).status, seal_of(session, act).is_intact) == (Status.DRAFT, False)
    _edited(client, act, was=" Et tout autre chose.")
    session.expire_all()
    assert (_text(act).status, seal_of(session, act).is_intact) == (Status.CLEARED, True), "the voted words are back"


def test_a_text_changed_after_its_clearance_says_that_the_original_stays_the_one_that_is_signed(
    session: Session, sign_in: SignIn
) -> None:
    act = _cleared(session)
    text, client = _text(act), clerk_of(session, sign_in, act.body)
    (twinning,) = text.twinnings
    original = versions_of(session, text.id)[0]
    _edited(client, act, now="Et tout autre chose.")
    for path in (f"/conventions/{text.id}", "/", f"/jumelages/{twinning.id}"):
        page = as_read(client.get(path).text)
        assert f"L’original déjà autorisé (version {original.number}" in page, path
        assert "reste celui qui se signe" in page, path
        assert "il peut être soumis au conseil" not in page, path
    assert "changé depuis le vote" in as_read(client.get("/conventions/").text)
    assert _signed(client, text.id)[0] == 302
    assert "reste celui qui se signe" not in as_read(client.get(f"/conventions/{text.id}").text)


def test_a_text_changed_after_its_vote_says_so_before_any_original_is_made(session: Session, sign_in: SignIn) -> None:
    act = _voted_text(session)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body)
    _edited(client, act, now="Et tout autre chose.")
    for path in (f"/conventions/{text}", "/"):
        assert "Ce texte a changé depuis que le conseil l’a voté" in as_read(client.get(path).text), path


def test_a_signature_is_noted_beside_the_words_only_once_the_original_is_cleared(
    session: Session, sign_in: SignIn
) -> None:
    act = _voted_text(session)
    _text(act).status = Status.SUBMITTED
    session.commit()
    text, client = _text(act).id, clerk_of(session, sign_in, act.body, Role.MAYOR)
    url = f"/conventions/{text}/autres-faits"
    asked = filled(client.get(url).text) | {"s0_status": "held", "s0_date": f"{LATER:%d/%m/%Y}"}
    refused = client.post(url, data=asked)
    assert (refused.status_code, "autorisez la signature depuis celle-ci" in as_read(refused.text)) == (422, True)
    code, page = _signed(client, text)
    assert (code, "autorisez la signature depuis celle-ci" in page) == (422, True)
    session.expire_all()
    assert happened(act, ActEventKind.TEXT_SIGNED) is None
    assert client.post(f"/conseil/deliberations/{act.id}/autoriser-la-signature").status_code == 302
    assert client.post(url, data=filled(client.get(url).text) | asked).status_code == 302
    session.expire_all()
    assert happened(act, ActEventKind.TEXT_SIGNED) == LATER
    assert _signed(client, text)[0] == 302


def test_a_signature_that_was_noted_without_an_original_takes_its_scan(session: Session, sign_in: SignIn) -> None:
    act = _voted_text(session)
    _text(act).status = Status.SUBMITTED
    noted = ActEvent(act_id=act.id, kind="text_signed", happened_on=LATER, text="", author="X", created_at=at(LATER))
    session.add(noted)
    session.commit()
    text, client = _text(act).id, clerk_of(session, sign_in, act.body, Role.MAYOR)
    for path in (f"/conventions/{text}", "/"):
        page = as_read(client.get(path).text)
        assert "autorisez la signature" not in page, path
        assert "puis joignez le texte signé" in page, path
    assert _signed(client, text)[0] == 302
    session.expire_all()
    assert _text(act).status == Status.SIGNED


def test_a_signature_struck_out_on_the_act_is_taken_back_from_the_text(session: Session, sign_in: SignIn) -> None:
    act = _cleared(session)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body)
    url = f"/conventions/{text}/autres-faits"
    before = document_of(_text(act)).signings
    asked = filled(client.get(url).text) | {"s0_status": "held", "s0_date": f"{LATER:%d/%m/%Y}"}
    assert client.post(url, data=asked).status_code == 302
    session.expire_all()
    event = next(one for one in act.facts if one.kind == ActEventKind.TEXT_SIGNED)
    given = {"event": str(event.id), "reason": "La cérémonie a été reportée."}
    assert client.post(f"/conseil/deliberations/{act.id}/fait/biffer", data=given).status_code == 302
    session.expire_all()
    assert document_of(_text(act)).signings == before
    assert (_text(act).status, seal_of(session, act).is_intact) == (Status.CLEARED, True)
    assert "a eu lieu" not in as_read(client.get(f"/conventions/{text}").text)


def test_a_planned_day_is_told_to_the_checks_as_planned_and_never_as_a_signature(session: Session) -> None:
    act = _voted_text(session)
    assert act.version is not None
    to_come = clock.today() + timedelta(days=30)
    planned = [{"date": {"date": f"{to_come:%Y-%m-%d}"}, "status": "planned"}]
    act.version.document = {**act.version.document, "signings": planned}
    session.commit()

    def told() -> tuple[dict[str, Any], str]:
        case = act_case(act, setting_of(act.body, None), on=LATER)
        checks = judged(case)
        assert checks is not None
        return case["texts"][0], next(one["sentence"] for one in checks["checks"] if one["id"] == "C25")

    text, sentence = told()
    assert ("signed_on" in text, text["signing_planned_on"]) == (False, to_come.isoformat())
    assert "signature prévue le" in sentence
    assert "texte signé" not in sentence
    following.note_event(session, act, "text_signed", LATER, "", by=BY, at=at(LATER))
    text, sentence = told()
    assert (text["signed_on"], "signing_planned_on" in text) == (LATER.isoformat(), False)
    assert "texte signé le" in sentence


def test_a_day_typed_for_a_text_that_is_signed_already_is_refused_and_not_dropped(
    session: Session, sign_in: SignIn
) -> None:
    act = _cleared(session)
    following.note_event(session, act, "text_signed", LATER, "", by=BY, at=at(LATER))
    session.commit()
    text, client = _text(act).id, clerk_of(session, sign_in, act.body, Role.MAYOR)
    assert "Jour de la signature" not in as_read(client.get(f"/conventions/{text}/texte-signe").text)
    code, page = _signed(client, text, jour=f"{DAY:%d/%m/%Y}")
    assert (code, "La signature de ce texte est déjà notée" in page) == (422, True)
    assert scans_of(session, text) == []
    assert _signed(client, text, jour="")[0] == 302


def test_a_planned_day_that_is_past_tells_nothing(session: Session) -> None:
    act = _voted_text(session)
    assert act.version is not None
    day = clock.today() - timedelta(days=1)
    planned = [{"date": {"date": f"{day:%Y-%m-%d}"}, "status": "planned"}]
    act.version.document = {**act.version.document, "signings": planned}
    session.commit()
    text = act_case(act, setting_of(act.body, None), on=LATER)["texts"][0]
    assert not {"signed_on", "signing_planned_on"} & set(text), "nobody signed, and nothing is planned any more"


def test_another_day_of_signature_than_the_one_noted_is_refused_with_the_scan(
    session: Session, sign_in: SignIn
) -> None:
    act = _cleared(session)
    text, client = _text(act).id, clerk_of(session, sign_in, act.body)
    facts = f"/conventions/{text}/autres-faits"
    held = {"s0_status": "held", "s0_date": f"{LATER:%d/%m/%Y}"}
    client.post(facts, data=filled(client.get(facts).text) | held)
    other = f"{LATER + timedelta(days=1):%d/%m/%Y}"
    code, page = _signed(client, text, jour=other)
    assert code == 422
    assert f"La signature est déjà notée, le {LATER:%d/%m/%Y} : écrivez ce jour" in page


def test_a_text_that_is_signed_is_not_annexed_again_without_a_word(session: Session, sign_in: SignIn) -> None:
    act = _cleared(session)
    client, text = clerk_of(session, sign_in, act.body), _text(act)
    fill = f"/conseil/deliberations/remplir?commune={act.body_id}&modele=convention"
    asked = client.get(fill).text
    assert filled(asked)["version"] == str(act.version_id), "the only text that waits for a vote"
    assert "déjà signé" not in asked
    following.note_event(session, act, ActEventKind.TEXT_SIGNED, LATER, "", by=BY, at=at(LATER))
    session.commit()
    assert text.status == Status.SIGNED
    asked = client.get(fill).text
    assert "(déjà signé)" in as_read(asked)
    assert filled(asked)["version"] == ""
    again = make_act(session, act.body, status="draft", version_id=act.version_id, convention_id=text.id)
    url = f"/conseil/deliberations/{again.id}"
    page = as_read(client.get(url).text)
    told = f"Le texte annexé est déjà signé, le {as_read(full_day(LATER))} (délibération nᵒ {act.number})."
    assert f"{told} Pour le changer, annexez un autre texte" in page
    again.status, again.voted_on, again.sealed_sha256 = "adopted", LATER, act.sealed_sha256
    again.register_year, again.register_rank = 2026, 99
    session.commit()
    page = as_read(client.get(url).text)
    assert "Le texte est déjà signé." in page
    assert "sans objet, le texte est déjà signé" in page
    assert "oui, l’original est prêt" not in page
    assert not {one for one in ("Noter la signature du texte", "Autoriser la signature du texte") if one in page}
    own = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "Le texte est déjà signé." not in own
