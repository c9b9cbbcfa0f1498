"""What is asked of a ballot."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional

from app.council.forms.fields import TOO_LONG, choices, whole
from app.council.labels import BALLOTS, VOICES
from app.council.services.voting import RecordVote
from app.forms import Form


def _count(label: object) -> IntegerField:
    return IntegerField(
        label,
        [Optional(), NumberRange(0, 300, _l("Écrivez un nombre de 0 à 300."))],
        render_kw={"inputmode": "numeric"},
    )


class VoteForm(Form):
    """A ballot as it was held."""

    revision = HiddenField(default="0")
    ballot = RadioField(
        _l("On vote"), choices=choices((kind.value, name) for kind, name in BALLOTS.items()), default="show_of_hands"
    )
    votes_for = _count(_l("Pour"))
    votes_against = _count(_l("Contre"))
    abstentions = _count(_l("Abstentions"))
    not_voting = _count(_l("Ne prennent pas part au vote"))
    blank = _count(_l("Bulletins blancs"))
    void = _count(_l("Bulletins nuls"))
    president_vote = SelectField(
        _l("En cas d’égalité, qui préside a voté"),
        choices=choices([("", _l("sans objet")), *VOICES.items()]),
        default="",
    )
    asked_public = _count(_l("Membres présents qui ont demandé le scrutin public"))
    asked_secret = _count(_l("Membres présents qui ont demandé le scrutin secret"))
    debate = TextAreaField(_l("Teneur des débats"), [Length(max=20_000, message=TOO_LONG)], render_kw={"rows": 5})

    def command(self, votes: dict[int, str]) -> RecordVote:
        """What was told; ``votes`` are the senses by seat of a public ballot."""
        counts = ("votes_for", "votes_against", "abstentions", "not_voting", "blank", "void")
        return RecordVote(
            ballot=self.ballot.data,
            **{name: self[name].data or 0 for name in counts},
            votes=votes,
            president_vote=self.president_vote.data or "",
            asked_public=self.asked_public.data,
            asked_secret=self.asked_secret.data,
            debate=(self.debate.data or "").replace("\r\n", "\n"),
            revision=whole(self.revision.data),
        )
