"""What the councillors are sent with the convocation: the text annexed to a deliberation, which says that they were."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.conventions.services import keep_version
from app.council.documents import meeting_paper
from app.council.queries import letters_of
from app.council.services import convening
from app.documents.textdoc import Heading, Paragraph, plain
from tests.factories.conventions import make_convention
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_meeting
from tests.support.pages import as_read

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.council.models import Meeting

APPROVED = "Le texte annexé est approuvé ; le maire est autorisé à le signer quand la délibération sera exécutoire."
SENT = DAY - timedelta(days=10)


def _with_text(session: Session) -> Meeting:
    text = make_convention(session)[0]
    body = make_commune(session)
    version = keep_version(session, text, "Essai", by=BY, at=at(SENT))
    act = make_act(session, body, articles=[APPROVED], convention_id=text.id, version_id=version.id)
    meeting = make_meeting(session, body, make_act(session, body), act)
    for seat in meeting.seats:
        seat.address = f"conseil{seat.id}@exemple.test"
    session.commit()
    return meeting


def _read(session: Session, meeting: Meeting, document: str) -> str:
    blocks = meeting_paper(session, meeting, document).blocks
    return as_read(" ".join(plain(one.words) for one in blocks if isinstance(one, Paragraph | Heading)))


def test_the_letter_carries_what_is_proposed_and_the_text_annexed_in_french(session: Session) -> None:
    meeting = _with_text(session)
    convening.mail_convocation(session, meeting, by=BY, at=at(SENT))
    letter = as_read(letters_of(session, meeting)[meeting.seats[0].letter].text)
    assert "Il est proposé au conseil municipal :" in letter
    assert f"- {APPROVED}" in letter
    assert "Il est à la fin de cette lettre." in letter
    assert "Annexe au point 2 : " in letter
    assert "Article 2 – Objectifs" in letter
    assert "[fr]" not in letter
    assert "Article 2 – Aims" not in letter
    assert "Article 2 – Purpose" not in letter


def test_the_note_holds_the_text_as_it_was_sent_and_the_convocation_says_so(session: Session) -> None:
    meeting = _with_text(session)
    convening.mail_convocation(session, meeting, by=BY, at=at(SENT))
    convening.convene(session, meeting, by=BY, at=at(SENT))
    session.commit()
    assert "est joint, avec les notes, pour les points suivants : 2." in _read(session, meeting, "convocation")
    assert "version 1" in _read(session, meeting, "note-de-synthese")
    act = meeting.agenda[1].act
    assert act is not None
    assert act.version is not None
    act.version_id = keep_version(session, act.version.convention, "Autre", by=BY, at=at(DAY)).id
    session.commit()
    session.expire_all()
    kept = _read(session, meeting, "note-de-synthese")
    assert ("version 1" in kept, "version 2" in kept, "Article 2 – Objectifs" in kept) == (True, False, True)
