"""One line of a list that names one person, two or a family: « M. et Mme DUPONT Jean et Marie » is two Duponts.

Nothing is looked up here. What had to be guessed is said, so that a human can look at it; no word is ever lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.people.naming import clean
from app.shared.folding import fold

_TITLES = {
    "m": "M.", "mr": "M.", "monsieur": "M.", "mme": "Mme", "madame": "Mme", "mlle": "Mlle", "mademoiselle": "Mlle",
    "mm": "MM.", "messieurs": "MM.", "mmes": "Mmes", "mesdames": "Mmes", "dr": "Dr", "docteur": "Dr", "me": "Me",
    "pr": "Pr", "professeur": "Pr",
}  # fmt: skip
_TWICE = {"MM.": "M.", "Mmes": "Mme"}
_HERS = frozenset({"Mme", "Mlle", "Mmes"})
_HIS = frozenset({"M.", "MM."})
_WIDOWED = frozenset({"vve", "veuve", "veuf"})
_OFFICES = re.compile(
    r"(?:le|la) (?:vice-?|depute-)?(?:maire|presidente?|adjointe?|conseill(?:er|ere)|deputee?|senat(?:eur|rice)"
    r"|prefete?|docteur|pasteure?|cure|consule?|directeur|directrice)"
)
"""What may follow a title and is part of it: « M. le Maire »."""
_JOINT = re.compile(r"\s+(?:et|ou|und|and|(?-i:u\.))\s+|\s*[&/+,;]\s*", re.IGNORECASE)
"""« u. » is the German « und », where « U. » is somebody's initial."""
_ODD = re.compile(r"[\d()]|\b(?:famille|veuve|vve|epouse|nee)\b")
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "van", "von", "den", "der", "d", "di", "da"})
_JOINED = re.compile(r"(?:[a-z]{1,3}|[dD]ell|[dD]all)['’]|Ma?c|[DL][eau]")
"""What is written small before a family name in capitals and is one word with it: « d’ARTAGNAN », « McDONALD »."""
_BORN = re.compile(r"^n[ée]e?\s+(?=\S)", re.IGNORECASE)
_PAIR, _FAMILY = 2, 6


@dataclass(frozen=True)
class Named:
    """A person as a line names them."""

    title: str = ""
    given_name: str = ""
    family_name: str = ""

    @property
    def words(self) -> frozenset[str]:
        """The words of the name, whatever their order."""
        return frozenset(fold(f"{self.given_name} {self.family_name}").split())


@dataclass(frozen=True)
class Line:
    """The people of a line; ``is_guessed`` when the words could be read otherwise.

    ``spouse``: the place of whom the columns of the spouse name, -1 for nobody.
    """

    people: tuple[Named, ...]
    is_guessed: bool = False
    spouse: int = -1


def read_names(title: str, given: str, family: str, whole: str = "", *, family_first: bool = False) -> Line:
    """The people that a line names, in columns of their own or in one.

    ``family_first``: the heading says so; it decides, with a doubt, where no capitals tell the family name.
    """
    titles = _titles(title)
    is_whole = bool(whole) and not (given or family)
    if is_mixed := bool(family) and not (given or whole) and _names_wholly(family):
        is_whole, whole = True, family
    line = _whole(titles, whole, family_first=family_first) if is_whole else _columns(titles, given, family)
    line = replace(line, is_guessed=line.is_guessed or is_mixed)
    is_odd = any(_ODD.search(fold(f"{one.given_name} {one.family_name}")) for one in line.people)
    return Line(line.people, is_guessed=line.is_guessed or is_odd)


def read_one(title: str, given: str, family: str, whole: str = "") -> Named:
    """The one person of a line, as somebody who knows it says; every word is kept."""
    titles, rest = _leading_titles(clean(whole))
    first, last, _is_guessed = _split(rest) if rest else ("", "", False)
    names = (clean(given), clean(family)) if given or family else (first, last)
    return Named(" ".join(filter(None, (clean(title), *titles))), *names)


def _names_wholly(family: str) -> bool:
    """Whether a column of family names holds whole names, as its capitals tell: « DUPONT Luc et MARTIN Anne »."""
    parts = [
        [word for word in part.split() if fold(word) not in _TITLES and fold(word) not in _PARTICLES]
        for part in _parts(clean(family))
    ]
    return bool(parts) and all(
        any(word.isupper() and len(word) > 1 for word in words)
        and any(all(one[:1].isupper() and one[1:].islower() for one in word.split("-")) for word in words)
        for words in parts
    )


def with_spouse(line: Line, spouse: str = "", apart: Named | None = None) -> Line:
    """The people of a line and whom the columns of the spouse name: « Marie » alone bears the same family name.

    ``apart``: the spouse in columns of their own. Who stands in both places is there once.
    """
    found = _spouse(line, _BORN.sub("", clean(spouse)), apart or Named())
    if not found.people:
        return line
    if _BORN.match(clean(spouse)):
        found = replace(found, is_guessed=True)
    known = [one.words for one in line.people]
    more = [one for one in found.people if one.words not in known]
    people, place = list(line.people), len(line.people)
    if not more:
        place = known.index(found.people[0].words)
    elif len(people) == _PAIR and len(more) == 1 and not people[1].given_name:  # « M. et Mme DUPONT Jean », « Marie »
        place, people[1] = 1, replace(more[0], title=more[0].title or people[1].title)
    else:
        people += more
    return Line(tuple(people), is_guessed=line.is_guessed or found.is_guessed, spouse=place)


def _spouse(line: Line, whole: str, apart: Named) -> Line:
    """Who the columns of the spouse name."""
    titles, rest = _leading_titles(whole)
    titles = [*_titles(apart.title), *titles]
    family = line.people[0].family_name if line.people else ""
    given, own = clean(apart.given_name), clean(apart.family_name)
    if given:
        return _columns(titles, given, own or rest or family)
    if own:
        first, last, is_guessed = _split(own)
        is_whole = bool(first and last) and not is_guessed
        name = Named(_at(titles, 0), first if is_whole else "", last if is_whole else own)
        return Line((name,), is_guessed=True)
    if not rest:
        return Line(())
    if " " in rest:
        return _whole(titles, rest)
    is_family = rest.isupper() and not (line.people and line.people[0].given_name.isupper())
    return Line((Named(_at(titles, 0), "", rest),), is_guessed=True) if is_family else _columns(titles, rest, family)


def _columns(titles: list[str], given: str, family: str) -> Line:
    for more, rest in (_leading_titles(clean(given)), _leading_titles(clean(family))):
        given, family = family, rest
        titles = _said_again(titles, more)
    givens, families = _parts(given), _parts(family)
    apart = [_leading_titles(part) for part in givens]
    if len(apart) == _PAIR and len(titles) == 1 and len(apart[1][0]) == 1:  # « M. Jean et Mme Marie »
        titles, givens = titles + apart[1][0], [name for _own, name in apart]
    count = max(len(givens), len(families), _count(titles), 1 if given or family else 0)
    if count < _PAIR:
        return Line((Named(titles[0] if titles else "", given, family),) if given or family else ())
    if len(titles) == 1 and titles[0] not in _TWICE and len(givens) == 1:  # « DE LA TOUR ET TAXIS »
        return Line((Named(titles[0], given, family),), is_guessed=True)
    if count > _FAMILY or len(families) > max(len(givens), _PAIR) or len(families) not in {0, 1, _PAIR, count}:
        return Line((Named(" et ".join(titles), given, family),), is_guessed=True)
    if count > _PAIR:
        return Line(_several(titles, givens, families, count), is_guessed=True)
    if len(givens) == 1 and len(givens[0].split()) == _PAIR and len(families) < _PAIR:
        return Line(_several(titles, givens[0].split(), families), is_guessed=True)
    return Line(_several(titles, givens, families), is_guessed=len(givens) != _PAIR)


def _several(titles: list[str], givens: list[str], families: list[str], count: int = _PAIR) -> tuple[Named, ...]:
    single = [_TWICE[titles[0]]] * count if titles and titles[0] in _TWICE else titles
    return tuple(
        Named(_at(single, rank) if len(single) > 1 else "", _own(givens, rank), _at(families, rank) or _at(families, 0))
        for rank in range(count)
    )


def _own(givens: list[str], rank: int) -> str:
    return givens[rank] if rank < len(givens) else ""


def _at(found: list[str], rank: int) -> str:
    return found[rank] if rank < len(found) else ""


def _whole(titles: list[str], whole: str, *, family_first: bool = False) -> Line:
    more, rest = _leading_titles(clean(whole))
    titles = _said_again(titles, more)
    if (apart := _family_first(rest)) is not None:
        given, family = apart
        line = _columns(titles, given, family)
        is_unsure = len(line.people) == 1 and " " in given and not family.isupper()  # « Jean, Marie Dupont »
        return Line(line.people, is_guessed=line.is_guessed or is_unsure)
    parts = _parts(rest)
    if not parts:
        return Line(())
    if len(parts) > _FAMILY:
        return Line((Named(" et ".join(titles), "", rest),), is_guessed=True)
    split = []
    for part in parts:
        own, name = _leading_titles(part)
        titles += own
        split.append(_split(name, family_first=family_first and not titles))
    return _alone(titles, *split[0]) if len(split) == 1 else _together(titles, split)


def _alone(titles: list[str], given: str, family: str, is_guessed: bool) -> Line:  # noqa: FBT001  # as it was split
    if _count(titles) < _PAIR:
        return Line((Named(titles[0] if titles else "", given, family),), is_guessed=is_guessed)
    givens = given.split() if len(given.split()) == _PAIR else [given] if given else []
    return Line(_several(titles, givens, [family]), is_guessed=True)


def _together(titles: list[str], split: list[tuple[str, str, bool]]) -> Line:
    if len(split) > _PAIR:
        return Line(_kin(titles, split), is_guessed=True)
    (first, one, is_guessed), (second, other, is_guessed_too) = split
    one, other = _shared(one, other)
    if not one and second and " " in second:  # « Jean et Marie Dupont »
        second, _space, other = second.rpartition(" ")
        one = other
    return Line(_several(titles, [first, second], [one, other]), is_guessed=is_guessed or is_guessed_too or not one)


def _kin(titles: list[str], split: list[tuple[str, str, bool]]) -> tuple[Named, ...]:
    """Three people or more; who has no family name bears that of the next, else of the one before."""
    families: list[str] = []
    for rank, (_given, family, _guessed) in enumerate(split):
        later = next((name for _g, name, _s in split[rank:] if name), "")
        families.append(family or later or next((name for name in reversed(families) if name), ""))
    return _several(titles, [given for given, _family, _guessed in split], families, len(split))


def _family_first(text: str) -> tuple[str, str] | None:
    """Given names and family name of « Müller, Jürgen »; None when the comma parts two people."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if not (comma and family and given) or "," in given or _JOINT.search(family):
        return None
    words, others = family.split(), _parts(given)
    is_one_name = len(words) == 1 or fold(words[0]) in _PARTICLES
    if not (is_one_name or family.isupper()) or any(word.isupper() and len(word) > 1 for word in given.split()):
        return None
    return (given, family) if all(len(one.split()) == 1 for one in others) or len(others) == 1 else None


def _shared(one: str, other: str) -> tuple[str, str]:
    return one or other, other or one


def _is_capitals(word: str) -> bool:
    """« DUPONT », « GROß », « d’ARTAGNAN »; an initial is none."""
    bare = _JOINED.sub("", word, count=1) if _JOINED.match(word) else word
    return bare.replace("ß", "SS").isupper() and len(bare.strip(".'’-")) > 1


def _split(name: str, *, family_first: bool = False) -> tuple[str, str, bool]:
    """Given name, family name, and whether that was guessed; capitals tell a family name."""
    words = name.split()
    capitals = [word for word in words if _is_capitals(word)]
    if capitals and len(capitals) < len(words):
        first, last = words.index(capitals[0]), len(words) - 1 - words[::-1].index(capitals[-1])
        while first and fold(words[first - 1]) in _PARTICLES and words[first - 1].islower():
            first -= 1
        return " ".join(words[:first] + words[last + 1 :]), " ".join(words[first : last + 1]), False
    if capitals:
        return ("", name, False) if len(words) == 1 else (words[-1], " ".join(words[:-1]), True)
    if len(words) == 1:
        return name, "", False
    if family_first:
        end = next((rank for rank, word in enumerate(words) if fold(word) not in _PARTICLES), 0) + 1
        return (" ".join(words[end:]), " ".join(words[:end]), True) if end < len(words) else (name, "", True)
    start = len(words) - 1
    while start > 1 and fold(words[start - 1]) in _PARTICLES and words[start - 1].islower():
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:]), len(words) > _PAIR and start == len(words) - 1


def _titles(text: str) -> list[str]:
    """The titles of a column: one a person, whatever words it has, « Mme Vve », « M. le Maire et Mme »."""
    found, rest = _leading_titles(clean(text))
    own, *others = _JOINT.split(rest, maxsplit=1)
    if own.strip():
        found = [*found[:-1], " ".join([*found[-1:], own.strip()])]
    return found + [title for other in others for title in _titles(other)]


def _said_again(titles: list[str], more: list[str]) -> list[str]:
    """The titles of a column and those beside the names; « M. » in both places is one man."""
    if not (titles and more):
        return titles or more
    if len(titles) > 1 or _count(more) > 1:
        return titles if len(titles) > 1 else more
    return titles + more if _are_two(titles[0], more[0]) else [_both(titles[0], more[0])]


def _are_two(title: str, other: str) -> bool:
    """Whether no one person bears the two titles: « M. Mme »."""
    first, second = title.split(maxsplit=1)[0], other.split(maxsplit=1)[0]
    return (first in _HIS and second in _HERS) or (first in _HERS and second in _HIS)


def _both(title: str, other: str) -> str:
    return title if other in title.split() or other == title else f"{title} {other}"


def _leading_titles(text: str) -> tuple[list[str], str]:
    """« M. et Mme DUPONT » gives M., Mme and DUPONT; a name that only looks like a title keeps it.

    Of two titles that nothing joins the second is of the same person, « Mme Dr », unless nobody can bear both.
    """
    found: list[str] = []
    is_joined = False
    words = text.replace("&", " & ").replace("/", " / ").split()
    while words:
        title = _TITLES.get(fold(words[0].rstrip(".")))
        if title is not None and (len(words) > 1 or found or text == words[0]):
            if found and not is_joined and not _are_two(found[-1], title):
                found[-1] = _both(found[-1], title)
            else:
                found.append(title)
            words.pop(0)
            is_joined = False
        elif found and len(words) > 1 and fold(words[0]) in {"et", "ou", ""} and _is_title(words[1]):
            words.pop(0)
            is_joined = True
        elif found and (size := _appended(words)):
            found[-1] = " ".join([found[-1], *words[:size]])
            del words[:size]
        else:
            break
    return (found, " ".join(words)) if found else ([], text)


def _appended(words: list[str]) -> int:
    """How many words after a title are part of it, where a name follows: « Vve », « le Maire »."""
    if len(words) > 1 and fold(words[0].rstrip(".")) in _WIDOWED:
        return 1
    return 2 if len(words) > _PAIR and words[0].islower() and _OFFICES.fullmatch(fold(" ".join(words[:2]))) else 0


def _is_title(word: str) -> bool:
    return fold(word.rstrip(".")) in _TITLES


def _count(titles: list[str]) -> int:
    return _PAIR if titles and titles[0] in _TWICE else len(titles)


def _parts(text: str) -> list[str]:
    return [part for raw in _JOINT.split(text) if (part := raw.strip(" ,;"))]
