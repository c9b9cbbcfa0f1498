"""A text that was voted stays the text that was voted when a release words the standard phrases otherwise."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from app.conventions import services as texts
from app.conventions.queries import document_of
from app.council.sealing import seal_of
from app.council.services import clearing
from app.texts.wording import ArticleText
from tests.council.test_services import _voted_text
from tests.factories.council import BY, DAY, at, make_act, make_commune
from tests.support.pages import as_read, clerk_of
from tests.support.release import another_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.council.models import Act

    SignIn = Callable[[Account], FlaskClient]


def test_a_release_neither_breaks_the_seal_nor_changes_the_annex(
    session: Session, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    act = _voted_text(session)
    version, text = act.version, act.convention
    assert version is not None
    assert text is not None
    client = clerk_of(session, sign_in, act.body)
    printed = client.get(f"/conventions/{text.id}/versions/{version.number}.pdf").data
    with another_release(monkeypatch, tmp_path):
        assert seal_of(session, act).is_intact
        packed = client.get(f"/conseil/deliberations/{act.id}/transmission.zip")
        with zipfile.ZipFile(io.BytesIO(packed.data)) as opened:
            annex = next(name for name in opened.namelist() if name.endswith("-annexe-1.pdf"))
            assert opened.read(annex) == printed
        original = clearing.clear_signature(session, act, by=BY, at=at(DAY))
        assert original.sha256 == act.sealed_sha256
        article = next(one for one in document_of(text).articles if one.level == "article")
        words = {"fr": ArticleText(heading="Objet", body="Tout autre chose.")}
        texts.edit_article(session, text, texts.EditArticle(article.id, words, text.revision), by=BY, at=at(DAY))
        changed = {change.article for change in seal_of(session, act).changes}
        assert article.id in changed
        assert len(changed) > 1, "what a new draft words otherwise is a difference too"
        session.commit()
        assert client.get(f"/conventions/{text.id}/versions/{version.number}.pdf").data == printed


def test_an_act_whose_text_was_voted_again_points_to_the_later_vote(session: Session, sign_in: SignIn) -> None:
    act = _voted_text(session)
    clearing.clear_signature(session, act, by=BY, at=at(DAY))
    text = act.convention
    assert text is not None
    article = next(one for one in document_of(text).articles if one.level == "article")
    words = {"fr": ArticleText(heading="Objet", body="Tout autre chose.")}
    texts.edit_article(session, text, texts.EditArticle(article.id, words, text.revision), by=BY, at=at(DAY))
    version = texts.keep_version(session, text, "Essai", by=BY, at=at(DAY))
    version.kind = "submitted"
    given = {"status": "adopted", "voted_on": DAY, "register_year": DAY.year, "register_rank": 90}
    given |= {"convention_id": text.id, "version_id": version.id, "sealed_sha256": version.sha256}
    other = make_act(session, make_commune(session, name="Ville-Amie"), model="convention", **given)
    session.commit()
    client, url = clerk_of(session, sign_in, act.body), f"/conseil/deliberations/{act.id}"
    page = as_read(client.get(url).text)
    assert "c’est lui, et lui seul, qui se signe" in page  # the vote of another council is not this one's
    other.body_id = act.body_id
    session.commit()
    page = as_read(client.get(url).text)
    assert "c’est lui, et lui seul, qui se signe" not in page
    assert f"ce sont eux que l’on signe. Délibération nᵒ {other.number}" in page


def test_a_text_that_tells_another_day_of_the_vote_is_pointed_at(session: Session, sign_in: SignIn) -> None:
    act = _voted_text(session)
    version = act.version
    assert version is not None
    own = next(one["id"] for one in version.document["parties"] if one.get("country") == "FR")
    client, url = clerk_of(session, sign_in, act.body), f"/conseil/deliberations/{act.id}"
    warning = "Le texte annexé donne une autre date de décision"
    for told in ({"date": DAY.isoformat()}, {"state": "to_be_set"}):
        _decide(session, act, own, told)
        assert warning not in as_read(client.get(url).text)
    _decide(session, act, own, {"date": "2026-12-14"})
    page = as_read(client.get(url).text)
    assert warning in page
    assert (
        "décision de son assemblée du lundi 14 décembre 2026 ; le vote de cette délibération est du vendredi 11" in page
    )
    assert "faites-le voter de nouveau" in page


def _decide(session: Session, act: Act, party: str, when: dict[str, str]) -> None:
    """Have the annexed text tell when the commune decided."""
    assert act.version is not None
    made = {"kind": "council_decision", "by": party, "date": when}
    act.version.document = {**act.version.document, "acts": [made]}
    session.commit()
