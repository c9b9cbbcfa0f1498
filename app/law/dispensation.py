"""When a council may decide without a quorum: after a second convocation (CGCT L2121-17; L2541-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from app.law.council import quorum
from app.law.findings import apart, broken, disputed, ok, unknown
from app.law.words import counted, full_day, listed
from app.shared.folding import fold

if TYPE_CHECKING:
    from datetime import date

    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.meeting import FirstMeeting


@dataclass(frozen=True)
class SecondMeeting:
    """A meeting held after one that found no quorum."""

    situation: Situation
    first: FirstMeeting

    @property
    def earliest(self) -> date | None:
        """The first day on which it may be held."""
        sent = self.situation.sent_on
        return self.situation.second_notice.earliest_meeting(sent) if sent else None

    @property
    def had_no_quorum(self) -> bool | None:
        """Whether the first meeting really lacked its quorum, at its opening or for some items."""
        if self.first.left_without_quorum:
            return True
        if self.first.quorum_reached is not None:
            return not self.first.quorum_reached
        most = self.situation.in_office
        if self.first.present is None or most is None:
            return None
        return self.first.present < quorum(most)

    @property
    def stopped(self) -> tuple[str, ...] | None:
        """The items that the lack of a quorum stopped: some of them, or the whole agenda; None: not told."""
        return self.first.left_without_quorum or self.first.agenda

    @property
    def new_items(self) -> list[str] | None:
        """The items that the lack of a quorum did not stop at the first meeting; None when an agenda is not told."""
        if self.stopped is None:
            return None
        told = self.situation.convocation.agenda
        titles = told if told is not None else tuple(item.title for item in self.situation.items if item.title)
        known = {fold(title) for title in self.stopped}
        return None if not titles else [title for title in titles if fold(title) not in known]

    def findings(self) -> list[Finding]:
        """Judge the delay, the first meeting, the items and the reminder of the local law."""
        judged = [self._delay(), self._first(), self._items()]
        if self.situation.is_local:
            judged.append(self._reminder())
        return judged

    @property
    def dispenses(self) -> bool | None:
        """Whether the quorum is no longer asked; None when a fact is missing.

        Under the local law a convocation that does not recall it opens no exception (L2541-4).
        """
        delay = self._delay()
        if self._first().status == "not_ok" or (delay.status == "not_ok" and not delay.is_disputed):
            return False
        if self.situation.is_local and self._reminder().status == "not_ok":
            return False
        is_open = delay.is_disputed or "unknown" in {one.status for one in self.findings()}
        return None if is_open else True

    def _delay(self) -> Finding:
        sent, held, notice = self.situation.sent_on, self.situation.held_on, self.situation.second_notice
        dates = {"sent_on": sent, "meeting_on": held, "earliest_meeting_date": self.earliest}
        if sent is None or held is None:
            return unknown(
                "Seconde convocation : donnez sa date d'envoi et la date de la séance.",
                *([] if sent else ["meeting.convocation.sent_on"]),
                *([] if held else ["meeting.date"]),
                dates=dates,
            )
        if self.first.date and sent < self.first.date:
            return broken(
                f"Seconde convocation envoyée le {full_day(sent)}, avant la première séance du "
                f"{full_day(self.first.date)} : elle suit le constat de l'absence de quorum.",
                dates=dates,
            )
        word = "jour franc" if notice.is_clear else "jour"
        gap = (held - sent).days - (1 if notice.is_clear else 0)
        told = f"Seconde convocation : {counted(gap, word)} entre l'envoi et la séance, il en faut {notice.required}"
        verdict = notice.judge(sent, held)
        if verdict == "met":
            return ok(f"{told}. Le conseil délibère sans condition de quorum.", dates=dates)
        if verdict == "disputed":
            return disputed(
                f"{told[:1].lower()}{told[1:]} selon le droit local d'Alsace-Moselle, {notice.full - 1} jours francs "
                "selon le droit commun ; l'article L2541-4 n'en dit rien. Par prudence, attendez le "
                f"{full_day(sent + timedelta(days=notice.full))}.",
                dates=dates,
            )
        first_day = sent + timedelta(days=notice.full)
        return broken(f"{told}. Premier jour possible : {full_day(first_day)}.", dates=dates)

    def _first(self) -> Finding:
        if self.had_no_quorum is None:
            return unknown(
                "Dites si le quorum manquait à la première séance.", "meeting.second_convocation_of.quorum_reached"
            )
        if not self.had_no_quorum:
            return broken("La première séance avait son quorum : il n'y a pas de seconde convocation.")
        if self.first.left_without_quorum:
            return ok(f"Le quorum s'est perdu à la première séance pour {listed(self.first.left_without_quorum)}.")
        return ok("La première séance n'avait pas son quorum.")

    def _items(self) -> Finding:
        if self.new_items is None:
            return unknown(
                "Donnez l'ordre du jour des deux séances : à la seconde, seuls les mêmes points se votent.",
                *([] if self.stopped is not None else ["meeting.second_convocation_of.agenda"]),
                *([] if self.situation.convocation.agenda is not None else ["meeting.convocation.agenda"]),
            )
        if self.new_items and self.first.left_without_quorum:
            return broken(
                f"Seuls les points que le manque de quorum a arrêtés se reprennent ; les autres : "
                f"{listed(self.new_items)}."
            )
        if self.new_items:
            return broken(f"Sans quorum, seuls les mêmes points se votent ; nouveaux : {listed(self.new_items)}.")
        is_rest = bool(self.first.left_without_quorum)
        what = "Les points restés sans quorum" if is_rest else "Mêmes points que la première séance"
        return ok(f"{what}.")

    def _reminder(self) -> Finding:
        told = self.situation.convocation.recalls_no_quorum
        if told is None:
            return unknown(
                "Alsace-Moselle : la convocation rappelle-t-elle que le conseil délibérera quel que soit le nombre ?",
                "meeting.convocation.recalls_no_quorum",
            )
        if not told:
            return broken("Alsace-Moselle : la convocation doit rappeler expressément que le nombre n'importera pas.")
        return ok("Le rappel prévu en Alsace-Moselle figure sur la convocation.")


def second_meeting(situation: Situation) -> SecondMeeting | None:
    """Return the second meeting that the facts tell; one called in an emergency is a new meeting, with its quorum."""
    first = situation.meeting.second_convocation_of
    return SecondMeeting(situation, first) if first and not is_new_meeting(situation) else None


def is_new_meeting(situation: Situation) -> bool:
    """Say whether a meeting after one without quorum was called in an emergency, too soon to be a second one."""
    sent, held = situation.sent_on, situation.held_on
    is_second = situation.meeting.second_convocation_of is not None
    if not is_second or not situation.meeting.urgent or sent is None or held is None:
        return False
    return situation.second_notice.judge(sent, held) == "short"


def without_quorum(situation: Situation, title: str | None, at: str) -> Finding | None:
    """Say that no quorum is asked for an item (or the opening), or that one cannot know; None: it is asked."""
    second = second_meeting(situation)
    if second is None or second.dispenses is False:
        return None
    if title and second.stopped is not None and fold(title) not in {fold(one) for one in second.stopped}:
        return None
    if second.dispenses is None:
        return unknown(
            "Le quorum dépend de la régularité de la seconde convocation (C12).", "meeting.second_convocation_of", at=at
        )
    if not title and second.new_items:
        return apart(
            "Seconde convocation : aucun quorum n'est exigé pour les points de la première séance. Il l'est pour "
            f"{listed(f'« {one} »' for one in second.new_items)} : voir C11 et C12.",
            at=at,
        )
    return apart("Seconde convocation régulière : aucun quorum n'est exigé.", at=at)
