"""Taking a programme up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional

from app.ceremonies.forms.fields import LONGEST_DATE, TITLE_NEEDED, DaysMixin, a_name, titled_languages
from app.ceremonies.services import DuplicateCeremony
from app.forms import Form

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony


class DuplicateForm(DaysMixin, Form):
    """A new title and a new first day."""

    title = StringField(_l("Titre"), [InputRequired(TITLE_NEEDED), Length(max=300), a_name])
    first = StringField(
        _l("Premier jour"),
        [Optional(), Length(max=LONGEST_DATE)],
        description=_l("Tous les jours du programme se décalent d’autant. Laissez vide si rien n’est fixé."),
    )
    last = StringField(_l("Dernier jour"), [Optional(), Length(max=LONGEST_DATE)])

    def command(self, ceremony: Ceremony) -> DuplicateCeremony:
        """The copy's title and day."""
        main, _second = titled_languages(ceremony)
        title = {main: self.title.data.strip()}
        if self.title.data.strip() == ceremony.title.get(main):
            title = dict(ceremony.title)
        return DuplicateCeremony(title=title, when=self.when())
