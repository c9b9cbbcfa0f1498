"""What the statutes say, as it is read off them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.assemblies.labels import KINDS, MAJORITIES, MATTERS, QUORUMS, TIES, VOTERS
from app.assemblies.models import AssemblyKind
from app.assemblies.services.statutes import RecordRule
from app.assemblies.telling import share_said
from app.forms import Form
from app.law.statutes import Statutes
from app.people.fields import TOO_LONG, DayField, choices, typed, whole

if TYPE_CHECKING:
    from app.assemblies.models import StatutesRule


_PERCENT = re.compile(r"(?P<before>[0-9]{1,3})(?:[.,](?P<behind>[0-9]{1,3}))?%")
_UNKNOWN = _l("je ne sais pas, ou ce n’est pas encore relevé")
_YES_NO = (("", _UNKNOWN), ("yes", _l("oui")), ("no", _l("non")))


def _asked(value: bool | None) -> str:  # noqa: FBT001  # the value itself
    return "" if value is None else "yes" if value else "no"


def _answer(raw: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(raw or "")


_CLAUSES = (
    "quorum",
    "notice",
    "second",
    "proxies",
    "majority",
    "election",
    "term",
    "ballot",
    "casting",
    "voters",
    "remote",
    "keeps",
)


def read_share(text: str) -> tuple[int | None, int | None]:
    """« 1/4 », « 60 % », « 66,6 % » as a fraction; nothing when it is none."""
    plain = "".join(text.split())
    if (found := _PERCENT.fullmatch(plain)) is not None:
        behind = (found["behind"] or "").rstrip("0")
        return int(found["before"] + behind) or None, int("1" + "00" + "0" * len(behind))
    top, _bar, bottom = plain.partition("/")
    return whole(top) or None, whole(bottom) or None


class MattersField(SelectMultipleField):
    """What one assembly keeps for itself, to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def in_words(self) -> str:
        """What is ticked, beside what somebody else ticked meanwhile."""
        return ", ".join(str(MATTERS[one]) for one in MATTERS if one in (self.data or ()))


class RuleForm(Form):
    """What the statutes say of one kind of assembly; everything may stay unknown."""

    revision = HiddenField(default="0")
    may_forget = BooleanField(_l("C’est voulu : les nouveaux statuts ne le disent plus, ou plus de la même façon"))
    kind = RadioField(
        _l("Pour quelles réunions ?"),
        choices=choices((kind.value, label) for kind, label in KINDS.items()),
        default=AssemblyKind.ORDINARY.value,
    )
    since = DayField(
        _l("Depuis le"),
        [InputRequired(_l("Écrivez depuis quand ces statuts s’appliquent."))],
        description=_l("Le jour de leur adoption."),
    )
    quorum = RadioField(_l("Quorum"), choices=choices(QUORUMS.items()), default="")
    quorum_share = StringField(_l("Quelle part"), description=_l("Comme 1/4, 1/3, 1/2, 60 % ou 66,6 %."))
    quorum_is_more_than = BooleanField(_l("Il faut plus que cette part (« plus de la moitié »), pas seulement autant"))
    quorum_number = IntegerField(_l("Quel nombre"), [Optional(), NumberRange(1, 100_000, _l("Écrivez un nombre."))])
    quorum_counts_proxies = SelectField(
        _l("Les membres représentés comptent-ils pour le quorum ?"), choices=choices(_YES_NO), default=""
    )
    notice_days = IntegerField(
        _l("Jours entre l’envoi et la réunion"),
        [Optional(), NumberRange(0, 365, _l("Écrivez un nombre de jours de 0 à 365."))],
    )
    second_quorum = SelectField(
        _l("Après une réunion sans quorum, la suivante"),
        choices=choices(
            [("", _UNKNOWN), ("none", _l("délibère sans condition de quorum")), ("same", _l("demande le même quorum"))]
        ),
        default="",
    )
    second_notice_days = IntegerField(
        _l("Jours avant cette seconde réunion"),
        [Optional(), NumberRange(0, 365, _l("Écrivez un nombre de jours de 0 à 365."))],
    )
    proxies_per_person = IntegerField(
        _l("Pouvoirs qu’une personne peut porter"),
        [Optional(), NumberRange(0, 1000, _l("Écrivez un nombre, 0 si les statuts les excluent."))],
    )
    majority_ordinary = SelectField(_l("Majorité des décisions ordinaires"), default="")
    majority_statutes = SelectField(_l("Majorité pour modifier les statuts"), default="")
    majority_dissolution = SelectField(_l("Majorité pour dissoudre"), default="")
    keeps = MattersField(
        _l("Ce que les statuts réservent à cette assemblée"),
        choices=choices(MATTERS.items()),
        description=_l(
            "Cochez ce qu’elle seule peut décider : le vote d’une autre réunion le dira, et celui d’un conseil "
            "ou d’un bureau ne sera qu’une proposition."
        ),
    )
    casting_vote = SelectField(
        _l("À égalité, la présidence a-t-elle voix prépondérante ?"), choices=choices(_YES_NO), default=""
    )
    absolute_rounds = SelectField(
        _l("Élections de personnes"),
        choices=choices(
            [
                ("", _UNKNOWN),
                ("0", _l("qui a le plus de voix est élu, dès le premier tour")),
                ("1", _l("plus de la moitié des voix au premier tour, le plus de voix au second")),
                ("2", _l("plus de la moitié des voix aux deux premiers tours")),
            ]
        ),
        default="",
    )
    mandate_years = IntegerField(
        _l("Durée des mandats, en années"),
        [Optional(), NumberRange(1, 30, _l("Écrivez un nombre d’années de 1 à 30."))],
        description=_l("De celles et ceux que cette réunion élit. Vide : les statuts ne le disent pas."),
    )
    tie = SelectField(_l("À égalité de voix dans une élection"), choices=choices(TIES.items()), default="")
    voters = SelectField(_l("Qui vote"), choices=choices(VOTERS.items()), default="")
    remote_vote = SelectField(_l("Le vote à distance est-il permis ?"), choices=choices(_YES_NO), default="")
    clause_quorum = StringField(_l("Article du quorum"), [Length(max=160, message=TOO_LONG)])
    clause_notice = StringField(_l("Article de la convocation"), [Length(max=160, message=TOO_LONG)])
    clause_second = StringField(_l("Article de la seconde convocation"), [Length(max=160, message=TOO_LONG)])
    clause_proxies = StringField(_l("Article des pouvoirs"), [Length(max=160, message=TOO_LONG)])
    clause_majority = StringField(_l("Article des majorités"), [Length(max=160, message=TOO_LONG)])
    clause_keeps = StringField(_l("Article qui les réserve"), [Length(max=160, message=TOO_LONG)])
    clause_casting = StringField(_l("Article de la voix prépondérante"), [Length(max=160, message=TOO_LONG)])
    clause_election = StringField(_l("Article des élections"), [Length(max=160, message=TOO_LONG)])
    clause_term = StringField(_l("Article de la durée des mandats"), [Length(max=160, message=TOO_LONG)])
    clause_ballot = StringField(
        _l("Article qui veut les élections à bulletin secret"),
        [Length(max=160, message=TOO_LONG)],
        description=_l("Vide : les statuts n’en disent rien, ou ce n’est pas encore relevé."),
    )
    clause_voters = StringField(_l("Article du droit de vote"), [Length(max=160, message=TOO_LONG)])
    clause_remote = StringField(_l("Article du vote à distance"), [Length(max=160, message=TOO_LONG)])

    _PLAIN = (
        "quorum",
        "quorum_is_more_than",
        "quorum_number",
        "notice_days",
        "second_quorum",
        "second_notice_days",
        "proxies_per_person",
        "majority_ordinary",
        "majority_statutes",
        "majority_dissolution",
        "tie",
        "mandate_years",
        "voters",
    )
    _ASKED = ("quorum_counts_proxies", "casting_vote", "remote_vote")

    def offer(self) -> RuleForm:
        """Offer the majorities."""
        for name in ("majority_ordinary", "majority_statutes", "majority_dissolution"):
            self[name].choices = choices([("", _UNKNOWN), *MAJORITIES.items()])
        return self

    def show(self, rule: StatutesRule) -> RuleForm:
        """Fill in a rule."""
        self.revision.data, self.since.data = str(rule.revision), typed(rule.since)
        return self.start_from(rule)

    def start_from(self, rule: StatutesRule) -> RuleForm:
        """Fill in what a rule says, for one that follows it from a day still to be written."""
        self.kind.data = rule.kind
        for name in self._PLAIN:
            self[name].data = getattr(rule, name)
        for name in self._ASKED:
            self[name].data = _asked(getattr(rule, name))
        if rule.quorum_numerator:
            self.quorum_share.data = share_said(rule.quorum_numerator, rule.quorum_denominator)
        self.absolute_rounds.data = "" if rule.absolute_rounds is None else str(rule.absolute_rounds)
        self.keeps.data = [one for one in MATTERS if one in rule.statutes.kept_here]
        for name in _CLAUSES:
            self[f"clause_{name}"].data = rule.clauses.get(name, "")
        return self

    def command(self) -> RecordRule:
        """What was told."""
        top, bottom = read_share(self.quorum_share.data or "") if self.quorum.data == "fraction" else (None, None)
        statutes = Statutes(
            **{name: self[name].data for name in self._PLAIN},
            quorum_counts_proxies=_answer(self.quorum_counts_proxies.data),
            casting_vote=_answer(self.casting_vote.data),
            remote_vote=_answer(self.remote_vote.data),
            quorum_numerator=top,
            quorum_denominator=bottom,
            absolute_rounds=int(self.absolute_rounds.data) if self.absolute_rounds.data else None,
            keeps=",".join(one for one in MATTERS if one in (self.keeps.data or ())),
            clauses={name: (self[f"clause_{name}"].data or "").strip() for name in _CLAUSES},
        )
        return RecordRule(
            kind=AssemblyKind(self.kind.data),
            since=self.since.sure,
            statutes=statutes,
            revision=whole(self.revision.data),
            may_forget=bool(self.may_forget.data),
        )
