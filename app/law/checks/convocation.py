"""C01 to C07: the council is called in time, with everything, and everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law import tables
from app.law.convocation import urgent_notice
from app.law.dispensation import second_meeting
from app.law.findings import apart, broken, check, disputed, ok, unknown
from app.law.words import counted, full_day, listed
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from app.law.convocation import Notice
    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.item import AgendaItem
    from app.law.vocabulary.meeting import Dispatch

_SENT = "meeting.convocation.sent_on"
_URGENT = "meeting.urgent"
_DISPATCHES = "meeting.convocation.dispatches"
_NAMED = 4


@check("C01")
def delay(situation: Situation) -> Iterator[Finding]:
    """Judge the ordinary delay."""
    meeting = situation.meeting
    if situation.case.meeting is None:
        return
    if second_meeting(situation):
        yield apart("Seconde convocation : le délai se juge en C12.")
        return
    sent, held, notice = situation.sent_on, situation.held_on, situation.notice
    if sent is None or held is None:
        lacks = [path for path, day in ((_SENT, sent), ("meeting.date", held)) if day is None]
        yield unknown(
            "Pour juger le délai de convocation, donnez la date d'envoi et la date de la séance.",
            *lacks,
            dates=bounds(notice, sent, held),
        )
        return
    outcome = notice.judge(sent, held)
    if outcome != "met" and meeting.urgent:
        yield apart("Séance convoquée en urgence : le délai se juge en C02.", dates=bounds(notice, sent, held))
        return
    yield _delay_found(situation, sent, held)


def _delay_found(situation: Situation, sent: date, held: date) -> Finding:
    notice = situation.notice
    outcome = notice.judge(sent, held)
    dates = bounds(notice, sent, held)
    gap = (held - sent).days
    told = counted(gap - 1, "jour franc") if notice.is_clear else counted(gap, "jour") + " avant la séance"
    spoken = f"Convocation envoyée le {full_day(sent)} pour la séance du {full_day(held)}"
    if gap <= 0:
        when = "le jour même de la séance" if gap == 0 else "après la séance"
        latest = full_day(notice.latest_sending(held))
        return broken(
            f"{spoken} : elle est partie {when}. Il fallait l'envoyer le {latest} au plus tard.",
            dates=dates,
            article=_article(situation),
        )
    article = _article(situation)
    if outcome == "met":
        return ok(f"{spoken} : {told}, il en faut {notice.required}.", dates=dates, article=article)
    latest = full_day(notice.latest_sending(held))
    if outcome == "short":
        return broken(
            f"{spoken} : {told}, il en faut {notice.required}. Il fallait l'envoyer le {latest} au plus tard, ou "
            "fixer une séance plus tardive.",
            dates=dates,
            article=article,
        )
    if outcome == "unknown":
        return unknown(f"{spoken} : {told}. Le délai dépend de la population.", "commune.population", dates=dates)
    why = _why_disputed(situation)
    return disputed(f"{why}. {spoken} ; par prudence, envoyez-la le {latest} au plus tard.", dates=dates)


def _article(situation: Situation) -> str:
    """The article of this delay, where a single one applies; else those of the rule."""
    if situation.is_local:
        return ""
    if situation.meeting.first_after_renewal:
        return "CGCT L2121-7"
    return {"under": "CGCT L2121-11", "at_least": "CGCT L2121-12"}.get(situation.side or "", "")


def _why_disputed(situation: Situation) -> str:
    if not situation.is_local:
        return "les deux populations données ne sont pas du même côté du seuil de 3 500 habitants"
    if situation.meeting.first_after_renewal:
        return "en Alsace-Moselle, trois jours pour la première séance, francs ou non selon les lectures"
    return (
        "en Alsace-Moselle, trois jours selon les uns, cinq jours francs à partir de 3 500 habitants selon les autres"
    )


def bounds(notice: Notice, sent: date | None, held: date | None) -> dict[str, date | None]:
    """Return the dates that a delay gives."""
    return {
        "sent_on": sent,
        "meeting_on": held,
        "latest_sending_date": notice.last_possible_sending(held) if held else None,
        "latest_sending_date_prudent": notice.latest_sending(held) if held and notice.full != notice.firm else None,
        "earliest_meeting_date": notice.earliest_meeting(sent) if sent else None,
    }


@check("C02")
def emergency(situation: Situation) -> Iterator[Finding]:
    """Judge a meeting called in an emergency: one clear day, a reason, a vote."""
    meeting = situation.meeting
    if situation.case.meeting is None:
        return
    sent, held = situation.sent_on, situation.held_on
    is_short = None if sent is None or held is None else situation.notice.judge(sent, held) in {"short", "unknown"}
    if meeting.urgent is False or (meeting.urgent is None and not is_short) or second_meeting(situation):
        yield apart("La séance n'est pas convoquée en urgence.")
        return
    if meeting.urgent and is_short is False:
        yield apart("Le délai ordinaire est tenu : l'urgence n'a pas à être invoquée.")
        return
    notice = urgent_notice(situation.side, on=situation.law_day, alsace_moselle=situation.is_local)
    dates = bounds(notice, sent, held)
    if sent is None or held is None:
        yield unknown("Donnez la date d'envoi et la date de la séance.", _SENT, "meeting.date", dates=dates)
        return
    outcome = notice.judge(sent, held)
    if outcome == "short":
        word = "un jour franc" if notice.is_clear else "l'envoi la veille"
        yield broken(f"Même en urgence, il faut au moins {word} : il n'est pas respecté.", dates=dates)
        return
    if outcome == "disputed":
        yield disputed(
            "en Alsace-Moselle, la convocation la veille n'est admise que sous 3 500 habitants selon certains.",
            dates=dates,
        )
    yield _urgency_recorded(situation, dates)


def _urgency_recorded(situation: Situation, dates: dict[str, date | None]) -> Finding:
    meeting = situation.meeting
    if meeting.urgency_vote == "refused":
        return broken(
            "Le conseil n'a pas admis l'urgence : les points sont renvoyés à une séance ultérieure.", dates=dates
        )
    if meeting.urgency_vote == "none":
        return broken("Le conseil doit se prononcer sur l'urgence à l'ouverture de la séance.", dates=dates)
    if meeting.urgency_reason is False:
        return broken("Le motif de l'urgence doit être noté : le maire en rend compte à l'ouverture.", dates=dates)
    told = {
        _URGENT: meeting.urgent,
        "meeting.urgency_reason": meeting.urgency_reason,
        "meeting.urgency_vote": meeting.urgency_vote,
    }
    if lacks := [path for path, value in told.items() if value is None]:
        return unknown("Urgence : donnez son motif et ce que le conseil a décidé à l'ouverture.", *lacks, dates=dates)
    return ok("Urgence motivée et admise par le conseil, délai minimal tenu.", dates=dates)


@check("C03")
def agenda(situation: Situation) -> Iterator[Finding]:
    """Judge whether each item stands on the agenda that was sent."""
    for index, item in enumerate(situation.items):
        yield _on_agenda(situation, item, f"items[{index}]")
    if not situation.items and situation.convocation.agenda is not None:
        for index, act in enumerate(situation.acts):
            if act.title:
                yield _listed(act.title, situation.convocation.agenda, f"acts[{index}]")


def _on_agenda(situation: Situation, item: AgendaItem, at: str) -> Finding:
    name = f"« {item.title} »" if item.title else "Ce point"
    if item.on_agenda is not True and _is_called_again(situation, item):
        return ok(f"{name} figure sur la nouvelle convocation, partie à temps.", at=at)
    if item.on_agenda is not None:
        if item.on_agenda:
            return _vague(item, at) or ok(f"{name} figure à l'ordre du jour envoyé.", at=at)
        return broken(f"{name} n'est pas à l'ordre du jour envoyé : le conseil ne peut pas en délibérer.", at=at)
    if situation.convocation.agenda is not None and item.title:
        found = _listed(item.title, situation.convocation.agenda, at)
        return (_vague(item, at) if found.status == "ok" else None) or found
    return unknown(
        f"{name} : donnez l'ordre du jour envoyé, ou dites si le point y figure.",
        "meeting.convocation.agenda",
        f"{at}.on_agenda",
        at=at,
    )


def _vague(item: AgendaItem, at: str) -> Finding | None:
    """A point that names nothing informs of nothing: what is voted under it was hardly announced."""
    names = {fold(one) for one in tables.load("wording")["vague_items"]}
    if item.title is None or fold(item.title) not in names or not (item.kind or item.vote or item.appointment):
        return None
    if not _is_deliberated(item):
        return None
    return broken(
        f"« {item.title} » ne dit pas de quoi le conseil délibère : nommez l'affaire à l'ordre du jour.",
        at=at,
        severity="warning",
    )


def _listed(title: str, sent: tuple[str, ...], at: str) -> Finding:
    if fold(title) in {fold(one) for one in sent}:
        return ok(f"« {title} » figure à l'ordre du jour envoyé.", at=at)
    return broken(f"« {title} » n'est pas à l'ordre du jour envoyé : le conseil ne peut pas en délibérer.", at=at)


@check("C04")
def late_item(situation: Situation) -> Iterator[Finding]:
    """Judge an item added after the convocation went."""
    for index, item in enumerate(situation.items):
        at, sent = f"items[{index}]", situation.sent_on
        if item.added_on is None:
            continue
        if sent is None:
            yield unknown("Donnez la date d'envoi de la convocation.", _SENT, at=at)
        elif item.added_on <= sent:
            yield ok("Point inscrit avant l'envoi de la convocation.", at=at, dates={"added_on": item.added_on})
        else:
            yield _added_late(situation, item, at)


def _is_called_again(situation: Situation, item: AgendaItem) -> bool:
    """Say whether a new convocation, sent in time, carried this item."""
    again, held = item.new_convocation_on, situation.held_on
    return again is not None and held is not None and situation.notice.judge(again, held) == "met"


def _added_late(situation: Situation, item: AgendaItem, at: str) -> Finding:
    again = item.new_convocation_on
    dates = {"added_on": item.added_on, "sent_on": situation.sent_on, "new_convocation_on": again}
    if _is_called_again(situation, item):
        return ok("Point ajouté après l'envoi, mais une nouvelle convocation est partie à temps.", at=at, dates=dates)
    return broken(
        "Point ajouté après l'envoi de la convocation : il faut une nouvelle convocation dans le délai, ou le "
        "reporter à la séance suivante.",
        at=at,
        dates=dates,
    )


@check("C05")
def explanatory_note(situation: Situation) -> Iterator[Finding]:
    """Judge the note that goes with the convocation from 3 500 inhabitants on."""
    if situation.case.meeting is None:
        return
    if situation.side == "under":
        yield apart("Moins de 3 500 habitants : la note de synthèse n'est pas obligatoire.")
        return
    if situation.side is None:
        yield unknown("La note de synthèse dépend de la population de la commune.", "commune.population")
        return
    yield from _needing_no_note(situation)
    for at, name, has_note in _notes(situation):
        yield _noted(situation, at, name, has_note=has_note)


def _noted(situation: Situation, at: str, name: str, *, has_note: bool | None) -> Finding:
    if has_note:
        return ok(f"Note de synthèse jointe{name}.", at=at)
    if has_note is None:
        sentence = f"Dites si une note de synthèse était jointe{name}."
        return unknown(sentence, "meeting.convocation.explanatory_note", at=at)
    if situation.side == "unsure" or situation.is_local:
        why = "droit local d'Alsace-Moselle" if situation.is_local else "population proche du seuil"
        return disputed(f"{why}. La note de synthèse manque{name} : par prudence, joignez-la.", at=at)
    return broken(f"La note de synthèse manque{name} : elle part avec la convocation.", at=at)


def _needing_no_note(situation: Situation) -> Iterator[Finding]:
    for index, item in enumerate(situation.items):
        if not _is_deliberated(item):
            name = f"« {item.title} »" if item.title else "Ce point"
            sentence = f"{name} n'est pas soumis à délibération : la note de synthèse n'y est pas due."
            yield apart(sentence, at=f"items[{index}]")


def _is_deliberated(item: AgendaItem) -> bool:
    """Whether the council is asked to decide: the note goes with nothing else (CGCT L2121-12)."""
    return item.kind != ("information",) or bool(item.vote or item.appointment)


def _notes(situation: Situation) -> Iterator[tuple[str, str, bool | None]]:
    told = situation.convocation.explanatory_note
    covered = {fold(title) for title in told} if isinstance(told, tuple) else None
    for index, item in enumerate(situation.items):
        if not _is_deliberated(item):
            continue
        own = item.explanatory_note
        if own is None:
            own = told if covered is None else (fold(item.title) in covered if item.title else None)  # type: ignore[assignment]  # a tuple has been turned into covered
        yield f"items[{index}]", f" pour « {item.title} »" if item.title else "", own
    if situation.items:
        return
    if covered is None:
        yield "", "", told  # type: ignore[misc]  # a tuple has been turned into covered
        return
    lacks = [title for title in situation.convocation.agenda or () if fold(title) not in covered]
    yield "", f" pour {listed(lacks)}" if lacks else "", not lacks


@check("C06")
def addressees(situation: Situation) -> Iterator[Finding]:
    """Judge whether everybody in office was called, at home and as he asked."""
    if situation.case.meeting is None:
        return
    dispatches = situation.convocation.dispatches
    count = situation.convocation.addressees
    if dispatches is not None:
        count = len({one.member or index for index, one in enumerate(dispatches)})
    if count is None:
        yield unknown("Donnez les envois, un par conseiller.", _DISPATCHES)
        return
    if not count:
        sentence = (
            "Aucun envoi : un conseil que personne n'a convoqué ne peut pas délibérer, et aucun motif n'en dispense."
        )
        yield broken(sentence, is_final=True)
        return
    yield _everybody(situation, count)
    yield from _unaddressed(dispatches or ())
    for index, one in enumerate(dispatches or ()):
        yield from _own_dispatch(one, f"{_DISPATCHES}[{index}]")


def _everybody(situation: Situation, count: int) -> Finding:
    names = situation.member_names
    called = {one.member for one in situation.convocation.dispatches or ()}
    if names and situation.convocation.dispatches and (left_out := [name for name in names if name not in called]):
        return broken(f"Convocation non envoyée à {listed(left_out)} : chaque membre en exercice en reçoit une.")
    if situation.in_office is None:
        if situation.strength and count >= situation.strength.members:
            return ok(f"{counted(count, 'conseiller')} convoqués : l'effectif légal entier.")
        return unknown("Donnez le nombre de membres en exercice.", "council.in_office")
    if count < situation.in_office:
        return broken(f"{counted(count, 'envoi')} pour {counted(situation.in_office, 'membre')} en exercice.")
    if situation.in_office == 1:
        return ok("Un envoi pour le seul membre en exercice.")
    return ok(f"Un envoi pour chacun des {counted(situation.in_office, 'membre')} en exercice.")


def _unaddressed(dispatches: Sequence[Dispatch]) -> Iterator[Finding]:
    """A mail whose address nobody told: whether it went to the councillor's own is not known (CGCT L2121-10)."""
    told = [
        (index, one.member or f"envoi {index + 1}")
        for index, one in enumerate(dispatches)
        if one.channel == "email" and one.own_address is None and not one.received_in_time
    ]
    if not told:
        return
    names, more = [name for _index, name in told[:_NAMED]], len(told) - _NAMED
    whom = listed([*names, counted(more, "autre")] if more > 0 else names)
    sentence = f"Convocation par courriel, sans que l'on sache si elle est partie à son adresse personnelle : {whom}."
    yield unknown(sentence, *(f"{_DISPATCHES}[{index}].own_address" for index, _name in told), at=_DISPATCHES)


def _own_dispatch(one: Dispatch, at: str) -> Iterator[Finding]:
    name = one.member or "ce conseiller"
    if one.received_in_time:
        return
    if one.channel == "pigeonhole" and not one.consent:
        if one.consent is None:
            yield unknown(f"Casier en mairie pour {name} : dites s'il l'a accepté.", f"{at}.consent", at=at)
        else:
            yield broken(f"Casier en mairie pour {name} sans son accord (CE n° 290687).", at=at)
    if one.own_address is False:
        yield broken(f"Convocation de {name} : elle s'envoie à son adresse personnelle.", at=at)
    if one.form_asked == "paper" and one.channel in {"email", "platform"}:
        yield broken(f"{name} a demandé une convocation sur papier.", at=at)


@check("C07")
def posting(situation: Situation) -> Iterator[Finding]:
    """Judge the posting of the convocation."""
    if situation.case.meeting is None:
        return
    posted, held = situation.convocation.posted_on, situation.held_on
    if posted is None:
        yield unknown(
            "Donnez la date d'affichage ou de publication de la convocation.", "meeting.convocation.posted_on"
        )
    elif posted is False:
        yield broken("La convocation doit être affichée ou publiée.")
    elif held and posted > held:
        yield broken("La convocation a été affichée après la séance.", dates={"posted_on": posted})
    else:
        yield ok(f"Convocation affichée le {full_day(posted)}.", dates={"posted_on": posted})
