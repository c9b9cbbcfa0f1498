"""C14 to C17 and C20: the votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law import votes
from app.law.appointing import appointed
from app.law.findings import broken, check, disputed, ok, unknown
from app.law.vocabulary.item import ITEM_KINDS
from app.law.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.law.findings import Finding
    from app.law.presence import Presence
    from app.law.situation import Situation
    from app.law.vocabulary.item import AgendaItem, Appointing, Vote

_APART = {"twinning", "convention", "subsidy", "appointment"}
REASONS = {
    "majority": "plus de voix pour que contre",
    "minority": "plus de voix contre que pour",
    "casting_vote": "partage des voix, celle du président est prépondérante",
    "tie_secret": "partage des voix au scrutin secret, où la voix du président ne compte pas double",
    "tie_not_broken": "partage des voix que celle du président ne départage pas",
}
AGAINST = "partage des voix, celle du président, qui a voté contre, est prépondérante"


def _votes(situation: Situation) -> Iterator[tuple[str, AgendaItem, Vote, Presence]]:
    for index, (item, presence) in enumerate(zip(situation.items, situation.presences, strict=True)):
        if item.vote:
            yield f"items[{index}]", item, item.vote, presence


def president_voice(vote: Vote, president: str | None) -> votes.Voice | None:
    """Return what the president voted: told, or read from the names of a public ballot."""
    if vote.president_vote is None and president and vote.ballot == "public":
        return (vote.names or {}).get(president)
    return vote.president_vote


def result_of(vote: Vote, president: str | None = None) -> votes.VoteResult | None:
    """Return the result of a vote, None while a count is missing; ``president`` is who presides."""
    if vote.votes_for is None or vote.votes_against is None:
        return None
    voice = president_voice(vote, president)
    return votes.vote_result(vote.votes_for, vote.votes_against, ballot=vote.ballot, president=voice)


@check("C14")
def total(situation: Situation) -> Iterator[Finding]:
    """Judge whether the votes add up to those who may vote; an election is counted round by round."""
    for at, item, vote, presence in _votes(situation):
        if item.appointment and vote.votes_for is None and vote.votes_against is None:
            yield from _rounds(item.appointment, presence, at)
        else:
            yield from _totals(vote, presence, at)


def _rounds(told: Appointing, presence: Presence, at: str) -> Iterator[Finding]:
    """Judge each round: its papers are no more than the voters, who may leave between two rounds."""
    rounds = told.rounds or ()
    for place, one in enumerate(rounds):
        where, name = f"{at}.appointment.rounds[{place}]", f"Tour {place + 1}"
        cast = sum((one.votes or {}).values()) if one.cast is None and told.seats == 1 else one.cast
        counts = {"votes" if told.seats == 1 else "cast": cast, "blank": one.blank, "null": one.null}
        lacks = [f"{where}.{word}" for word, count in counts.items() if count is None]
        papers = sum(count or 0 for count in counts.values())
        yield _round(name, papers, lacks, presence, at, is_last=place + 1 == len(rounds))


def _round(name: str, papers: int, lacks: list[str], presence: Presence, at: str, *, is_last: bool) -> Finding:
    entitled = presence.entitled
    if entitled is None:
        return unknown(f"{name} : donnez {presence.asked}.", *presence.lacks, at=at)
    spoken = f"{name} : {counted(papers, 'bulletin')} pour {counted(entitled, 'votant')}"
    if papers > entitled and is_last:
        return broken(f"{spoken} : c'est impossible, recomptez.", at=at)
    if papers > entitled:
        return unknown(f"{spoken} au dernier tour : recomptez, ou dites qui est parti entre les tours.", at=at)
    if lacks and papers < entitled:
        return unknown(f"{spoken} : il manque des nombres.", *lacks, at=at)
    return ok(f"{spoken}.", at=at)


def _totals(vote: Vote, presence: Presence, at: str) -> Iterator[Finding]:
    cast = {"for": vote.votes_for, "against": vote.votes_against, "abstentions": vote.abstentions}
    papers = {"blank": vote.blank, "null": vote.null}
    if vote.ballot in {"show_of_hands", "public"}:
        if any(papers.values()):
            yield broken(
                "Il n'y a de bulletins blancs ou nuls qu'au scrutin secret : à main levée ou au scrutin public, "
                "comptez-les en abstentions.",
                at=at,
            )
        papers = {name: count or 0 for name, count in papers.items()}
    counts = cast | papers
    found = False
    if vote.voters is not None:
        found = True
        yield _sum(counts, [vote.voters], "votants", f"{at}.vote", at)
    entitled = _entitled(vote, presence)
    if entitled:
        found = True
        yield _sum(
            counts | {"not_taking_part": vote.not_taking_part}, entitled, "présents et représentés", f"{at}.vote", at
        )
    if not found:
        yield unknown(f"Donnez les votants, ou {presence.asked}.", f"{at}.vote.voters", *presence.lacks, at=at)


def _entitled(vote: Vote, presence: Presence) -> list[int]:
    """Who may vote; those withdrawn may be told among « not taking part », and are then counted too."""
    if presence.entitled is None or presence.taking_part is None or presence.before is None:
        return []
    away = presence.before.count - presence.taking_part.count
    with_away = away and vote.not_taking_part is not None and vote.not_taking_part >= away
    return [presence.entitled, presence.entitled + away] if with_away else [presence.entitled]


def _sum(counts: dict[str, int | None], totals: list[int], whom: str, path: str, at: str) -> Finding:
    known = sum(count for count in counts.values() if count is not None)
    lacks = [f"{path}.{name}" for name, count in counts.items() if count is None]
    if known in totals:
        return ok(f"Les voix font {known} : autant que de {whom}.", at=at)
    if not lacks or known > max(totals):
        return broken(f"Les voix font {known} pour {totals[0]} {whom} : recomptez.", at=at)
    return unknown(f"Les voix données font {known} pour {totals[0]} {whom} : il manque des nombres.", *lacks, at=at)


@check("C15")
def result(situation: Situation) -> Iterator[Finding]:
    """Judge the result announced."""
    for index, item in enumerate(situation.items):
        at = f"items[{index}]"
        if item.appointment and (item.appointment.rounds or item.appointment.candidates):
            yield appointed(item.appointment, situation.held_on, at).finding
        elif item.vote:
            yield _result(item.vote, situation.meeting.president, at)


def _result(vote: Vote, president: str | None, at: str) -> Finding:
    found = result_of(vote, president)
    if found is None:
        return unknown("Donnez les voix pour et contre.", f"{at}.vote.for", f"{at}.vote.against", at=at)
    if found.outcome == "unknown":
        lacks = [f"{at}.vote.{name}" for name in ("ballot", "president_vote") if getattr(vote, name) is None]
        return unknown("Partage des voix : donnez le mode de scrutin et le vote du président.", *lacks, at=at)
    word = "adoptée" if found.outcome == "adopted" else "rejetée"
    is_against = found.reason == "tie_not_broken" and president_voice(vote, president) == "against"
    why = AGAINST if is_against else REASONS[found.reason]
    told = (
        f"{counted(found.cast, 'suffrage exprimé')}, {vote.votes_for} pour et {vote.votes_against} contre : {word} "
        f"({why})"
    )
    if vote.declared is not None and vote.declared != found.outcome:
        return broken(f"{told}, alors que le contraire a été proclamé.", at=at)
    return ok(f"{told}.", at=at)


@check("C16")
def ballot(situation: Situation) -> Iterator[Finding]:
    """Judge the kind of ballot against what was asked and what the law wants."""
    for index, (item, presence) in enumerate(zip(situation.items, situation.presences, strict=True)):
        at = f"items[{index}]"
        if item.appointment or "appointment" in (item.kind or ()):
            yield _appointment_ballot(item, at)
        if item.vote and (item.vote.public_requested_by is not None or item.vote.secret_requested_by is not None):
            yield _requested(situation, item, item.vote, presence, at)


def _appointment_ballot(item: AgendaItem, at: str) -> Finding:
    told = item.vote.ballot if item.vote else None
    waiver = item.appointment.unanimous_waiver if item.appointment else None
    imposed = item.appointment.secret_imposed if item.appointment else None
    if told == "secret":
        return ok("Désignation au scrutin secret.", at=at)
    candidates = item.appointment.candidates if item.appointment else None
    seats = item.appointment.seats if item.appointment else None
    if candidates is not None and seats is not None and len(candidates) <= seats:
        return ok("Une seule candidature par siège : la désignation prend effet aussitôt, sans scrutin.", at=at)
    if waiver and imposed is not True:
        return ok("Le conseil a renoncé à l'unanimité au scrutin secret.", at=at)
    if told is None or (waiver is None and not imposed):
        return unknown(
            "Une désignation se vote au scrutin secret, sauf décision unanime : dites ce qu'il en a été.",
            *([] if told else [f"{at}.vote.ballot"]),
            f"{at}.appointment.unanimous_waiver",
            at=at,
        )
    why = "un texte l'impose" if imposed else "l'unanimité n'y a pas renoncé"
    return broken(f"La désignation devait se voter au scrutin secret : {why}.", at=at)


def requests(situation: Situation, vote: Vote, presence: Presence) -> tuple[bool | None, bool | None]:
    """Say whether the requests for a public and a secret ballot are valid; None without a number."""
    room = presence.taking_part
    if room is None:
        return None, None
    public, secret = vote.public_requested_by, vote.secret_requested_by
    day = situation.law_day
    return (
        None if public is None else votes.is_public_request_valid(public, room.count, on=day),
        None if secret is None else votes.is_secret_request_valid(secret, room.count, on=day),
    )


def _requested(situation: Situation, item: AgendaItem, vote: Vote, presence: Presence, at: str) -> Finding:
    room = presence.taking_part
    if room is None:
        return unknown("Donnez les présents : les demandes se comptent en part des présents.", "meeting.present", at=at)
    public, secret = requests(situation, vote, presence)
    told = listed(
        [
            f"{counted(count, 'demande')} de scrutin {word} sur {counted(room.count, 'présent')} "
            f"({'recevable' if valid else 'trop peu'})"
            for count, word, valid in (
                (vote.public_requested_by, "public", public),
                (vote.secret_requested_by, "secret", secret),
            )
            if count is not None
        ]
    )
    if public and secret:
        return _both(vote, told, at)
    asked = "public" if public else "secret" if secret else None
    if asked is None:
        return _unasked(item, vote, told, at)
    if vote.ballot is None:
        return unknown(f"{told} : dites quel scrutin a été suivi.", f"{at}.vote.ballot", at=at)
    if vote.ballot != asked:
        return broken(f"{told} : le scrutin devait être {asked}.", at=at)
    return ok(f"{told} : scrutin {asked} suivi.", at=at)


def _unasked(item: AgendaItem, vote: Vote, told: str, at: str) -> Finding:
    """Nobody obliged the council to a ballot: a secret one is then only for an appointment."""
    if vote.ballot != "secret" or item.appointment or "appointment" in (item.kind or ()):
        return ok(f"{told} : le scrutin ordinaire suffit.", at=at)
    if vote.secret_requested_by is None:
        return unknown(
            f"{told} : dites combien de présents ont demandé le scrutin secret qui a été suivi.",
            f"{at}.vote.secret_requested_by",
            at=at,
        )
    return broken(f"{told} : le scrutin n'avait pas à être secret, et il l'a été.", at=at)


def _both(vote: Vote, told: str, at: str) -> Finding:
    if vote.ballot in {None, "secret"}:
        return disputed(
            f"{told}. Le scrutin secret l'emporte selon l'opinion générale, à confirmer ; le président décide selon "
            "le règlement intérieur.",
            at=at,
            is_broken=False,
        )
    return disputed(f"{told}. Le scrutin secret l'emporte selon l'opinion générale ; il n'a pas été suivi.", at=at)


@check("C17")
def public_names(situation: Situation) -> Iterator[Finding]:
    """Judge whether a public ballot gives the names."""
    for at, item, vote, presence in _votes(situation):
        if vote.ballot != "public":
            continue
        if vote.names is None:
            yield unknown("Scrutin public : donnez les noms et le sens des votes.", f"{at}.vote.names", at=at)
        elif not vote.names:
            yield broken("Scrutin public : le procès-verbal porte les noms et le sens des votes.", at=at)
        else:
            yield _strangers(situation, item, vote, presence, at) or _names(vote, at)


def _strangers(situation: Situation, item: AgendaItem, vote: Vote, presence: Presence, at: str) -> Finding | None:
    """Tell who is named in the ballot and was neither there nor represented; None where the facts do not say."""
    told = situation.meeting.proxies if item.proxies is None else item.proxies
    room = presence.taking_part
    if room is None or room.names is None or told is None or isinstance(told, int):
        return None
    away = presence.withdrawn.names or frozenset()
    givers = {one.giver for one in told}
    voices = vote.names or {}
    if strangers := sorted(set(voices) - (room.names | away | givers)):
        return broken(f"Ni présents ni représentés, et pourtant nommés au scrutin public : {listed(strangers)}.", at=at)
    gone = sorted(name for name, voice in voices.items() if voice != "none" and name in away - room.names)
    if gone:
        return broken(f"Sortis de la salle pour ce point, et pourtant notés votants : {listed(gone)}.", at=at)
    return None


def _names(vote: Vote, at: str) -> Finding:
    told = list((vote.names or {}).values())
    pairs: tuple[tuple[votes.Voice, int | None], ...] = (
        ("for", vote.votes_for),
        ("against", vote.votes_against),
        ("abstained", vote.abstentions),
    )
    for word, count in pairs:
        if count is not None and told.count(word) != count:
            named, voices = counted(told.count(word), "nom"), counted(count, "voix", "voix")
            return broken(f"Les noms ne font pas le compte : {named} pour {voices}.", at=at)
    return ok(f"{counted(len(told), 'nom')} avec le sens du vote.", at=at)


@check("C20")
def one_vote_each(situation: Situation) -> Iterator[Finding]:
    """Judge whether each object had its own vote."""
    for index, item in enumerate(situation.items):
        at = f"items[{index}]"
        if item.kind is None:
            continue
        together = [kind for kind in item.kind if kind in _APART]
        if len(set(together)) < 2:  # noqa: PLR2004  # one object, or none that must stand alone
            yield ok("Ce point a son propre vote.", at=at)
            continue
        names = listed(ITEM_KINDS[kind] for kind in dict.fromkeys(together))
        if item.common_object is False or item.objection:
            why = "alors qu'un conseiller s'y est opposé" if item.objection else "alors qu'ils n'ont pas d'objet commun"
            yield broken(f"{names} votés ensemble, {why} : un vote pour chacun.", at=at)
        elif item.common_object is None or item.objection is None:
            lacks = [f"{at}.{name}" for name in ("common_object", "objection") if getattr(item, name) is None]
            yield unknown(f"{names} votés ensemble : objet commun, sans opposition ?", *lacks, at=at)
        else:
            yield ok(f"{names} votés ensemble : objet commun, aucune opposition.", at=at)
