"""What the program itself says inside a text: who the parties are, who decided what, where and when it is signed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from app.texts import formats
from app.texts.pieces import Piece
from app.texts.speaking import Voice

if TYPE_CHECKING:
    from app.texts.document import Act, BudgetValue, Delegation, Party, Signatory, Signing, When
    from app.texts.pieces import Pieces

_BODIES = {
    "commune": "commune",
    "intercommunal": "intercommunal",
    "foreign_authority": "foreign_authority",
    "committee": "committee",
    "association": "committee",
    "federation": "federation",
}
_NOT_HELD = {"postponed", "cancelled"}
BY_HAND = "…" * 10
"""The place of a day that is written with a pen once it is known."""


class Speaker(Voice):
    """Says things about one document in one language."""

    @property
    def in_order(self) -> list[Party]:
        """The parties in the order in which this language names them."""
        wanted = self.document.order_by_language.get(self.language, [])
        rank = {name: place for place, name in enumerate(wanted)}
        return sorted(self.document.parties, key=lambda party: rank.get(party.id, len(rank)))

    # --- parties ------------------------------------------------------------------------------------------------

    def name(self, party: Party) -> str:
        """The party's name in this language, else as it writes it."""
        for name in party.names:
            if name.language == self.language and name.kind in {"translated", "native", "official", "transliterated"}:
                return name.text
        return party.name or party.official_name

    def own_name(self, party: Party) -> str:
        """The name that a party gives itself; one that we cannot read has its name in this language in brackets."""
        own, here = party.name or party.official_name, self.name(party)
        if here and here != own and not _is_latin(own) and _is_latin(self.words.phrases["signature"]):
            return self.words.phrases["in_brackets"].format(name=own, country=here) if own else here
        return own

    def signing_party(self, party: Party) -> Pieces:
        """The party over its signature: « la commune d’Antibes ».

        A text written here names it as its articles do; in one that comes from elsewhere it has the name that it
        gives itself.
        """
        name = self.name(party) if self.document.model else self.own_name(party)
        if designation := party.designation.get(self.language):
            return (Piece(designation),)
        if not name:
            return self.named(party)
        if formats.names_its_kind(name, self.tongue):
            return (Piece(formats.with_article(name, self.tongue)),)
        return self.fill(_BODIES.get(party.body or "", "other"), name=name, of=formats.of(name))

    def named(self, party: Party) -> Pieces:
        """The party's name with its country, or a blank."""
        name = self.name(party)
        if not name:
            return self.blank(f"party.{party.id}.name")
        shown = name
        if party.show_division and party.divisions:
            shown = f"{name} – {party.divisions[0].names.get(self.language, party.divisions[0].name)}"
        country = self._country(party)
        return self.fill("in_brackets", name=shown, country=country) if country else (Piece(shown),)

    def party(self, party: Party, *, country: bool = True) -> Pieces:
        """The party as the text calls it: « la commune d’Antibes (France) »."""
        if designation := party.designation.get(self.language):
            return (Piece(designation),)
        name = self.named(party) if country else (Piece(self.name(party)),)
        if not self.name(party):
            return name
        whole = "".join(piece.text for piece in name)
        if formats.names_its_kind(whole, self.tongue):
            return (Piece(formats.with_article(whole, self.tongue)),)
        return self.fill(_BODIES.get(party.body or "", "other"), name=whole, of=formats.of(whole))

    def parties(self) -> Pieces:
        """All parties in one phrase."""
        return self.joined([self.party(party) for party in self.in_order]) or self.blank("parties")

    def presentation(self) -> list[Pieces]:
        """A paragraph a party: who it is, who represents it, what its assembly decided."""
        made = []
        for number, party in enumerate(self.in_order):
            said = list(self._presented(party))
            first = said[0]
            said[0] = Piece(first.text[:1].upper() + first.text[1:], first.blank, first.field)
            last = number == len(self.document.parties) - 1
            made.append((*said, Piece("," if last else self._semicolon())))
        return made or [self.blank("parties")]

    def _presented(self, party: Party) -> Pieces:
        act = self.decision(party.id)
        signing: list[Signatory | None] = [*self.signatories(party.id)]
        people = [self._represents(one, party.id) for one in signing or [None]]
        known: dict[str, Pieces | str] = {"party": self.party(party), "people": self._together(people)}
        if party.body in {"committee", "association", "school", "other"} and act is None:
            return self.fill("represented", **known)
        known["date"] = self.when(act.date if act else None, f"party.{party.id}.decision")
        known["reference"] = self._reference(act)
        return self.fill_dated("represented_decided", act.date if act else None, **known)

    def _together(self, people: list[Pieces]) -> Pieces:
        """« X, maire, et Y, adjointe »: a comma closes the function before the last name."""
        apart = [*people[:-2], (*people[-2], Piece(",")), people[-1]] if len(people) > 1 else people
        return self.joined(apart)

    def _represents(self, one: Signatory | None, party: str) -> Pieces:
        return self.fill("representative", name=self.person_name(one, party), role=self.role(one, party))

    def decisions(self) -> list[Pieces]:
        """One line a council decision."""
        made = []
        for party in self.in_order:
            act = self.decision(party.id)
            if act is None and party.body in {"committee", "association"}:
                continue
            date = self.when(act.date if act else None, f"party.{party.id}.decision")
            name = self.party(party, country=False)
            known: dict[str, Pieces | str] = {"party": name, "date": date, "reference": self._reference(act)}
            made.append(self.fill_dated("decision", act.date if act else None, **known))
        return made

    def relations(self) -> list[Pieces]:
        """One line a twinning that the text is about."""
        made = []
        for relation in self.document.about:
            towns = [self.named(town) for town in relation.towns]
            dates = [self.occasion(signing) for signing in relation.signings]
            line = self.joined(towns)
            if dates:
                line = (*line, Piece(" – "), *self.joined(dates))
            made.append(line)
        return made or [self.blank("about")]

    # --- people -------------------------------------------------------------------------------------------------

    def signatory(self, party: str) -> Signatory | None:
        """Who signs for a party, first if several do."""
        return next(iter(self.signatories(party)), None)

    def signatories(self, party: str) -> list[Signatory]:
        """All who sign for a party, in their order."""
        return [one for one in self.document.signatories if party in one.parties]

    def decision(self, party: str) -> Act | None:
        """The decision of a party's assembly, or the mandate its board gave."""
        kinds = ("council_decision", "council_mandate", "ratification", "board_mandate")
        found = [act for kind in kinds for act in self.document.acts if act.kind == kind and act.by == party]
        return found[0] if found else None

    def person_name(self, signatory: Signatory | None, party: str) -> Pieces:
        """A signatory's name as written, or a blank."""
        name = (signatory.name or signatory.initials) if signatory else ""
        if not name:
            return self.blank(f"party.{party}.signatory")
        title = f"{signatory.title} " if signatory and signatory.title else ""
        return (Piece(f"{title}{name}"),)

    def role(self, signatory: Signatory | None, party: str) -> Pieces:
        """A signatory's function in this language, or a blank."""
        if signatory is None:
            return self.blank(f"party.{party}.role")
        known = formats.office(self.words.roles.get(signatory.role, ""), signatory.title, self.tongue)
        told = signatory.roles.get(self.language) or known or signatory.role
        return (Piece(told),) if told else self.blank(f"party.{party}.role")

    def delegation(self, found: Delegation) -> str:
        """« par délégation de X, maire (arrêté n° 12, 3 mai 2020) »; nothing when it only bears a note."""
        person = ", ".join(word for word in (found.of, found.of_role) if word)
        day = formats.dated(found.date, self.tongue) if found.date else ""
        act = ", ".join(word for word in (found.act, day) if word)
        if not person and not act:
            return ""
        said = self.words.phrases["delegation"].format(of=formats.of(person) if self.tongue == "fr" else person)
        said = said if person else said.split("{")[0].strip()
        return f"{said} ({act})" if act else said

    def we(self) -> Pieces:
        """« Nous, X, maire de A, et Y, maire de B »."""
        people = []
        for party in self.in_order:
            name = self.named(party)
            whole = "".join(piece.text for piece in name)
            signing: list[Signatory | None] = [*self.signatories(party.id)]
            for one in signing or [None]:
                said, role = self.person_name(one, party.id), self.role(one, party.id)
                people.append(self.fill("person", name=said, role=role, party=name, of_party=formats.of(whole)))
        return self.fill("we", people=self.joined(people)) if people else self.blank("parties")

    # --- place, date, languages -----------------------------------------------------------------------------------

    def when(self, when: When | None, name: str) -> Pieces:
        """A date in words, or a blank."""
        if when is not None and (own := when.by_language.get(self.language)):
            return (Piece(formats.day(own, self.tongue)),)
        if when is None or (when.date is None and when.state not in {"undated", "to_be_set"}):
            return self.blank(name)
        if when.as_written.get(self.language):
            return (Piece(when.as_written[self.language]),)
        if when.date is None and when.state == "to_be_set":
            return (Piece(BY_HAND),)
        if when.date is None:
            return (Piece(self.words.phrases["undated"]),)
        return (Piece(formats.dated(when, self.tongue)),)

    def done(self) -> Pieces:
        """« Fait à A, le 12 juin 2027 »."""
        signings = [one for one in self.document.signings if one.order != "other" and one.status not in _NOT_HELD]
        signings = signings or [one for one in self.document.signings if one.order != "other"]
        if len(signings) == 1 and signings[0].wording.get(self.language):
            return (Piece(signings[0].wording[self.language]),)
        if len(signings) > 1:
            return self.fill("done_many", occasions=self.joined([self.occasion(one) for one in signings]))
        if not signings:
            place, date = self.blank("signing.place"), self.blank("signing.date")
            return self.fill("done_one", place=place, at=(Piece("à "), *place), date=date)
        return self.occasion(signings[0], phrase="done_one")

    def occasion(self, signing: Signing, phrase: str = "occasion") -> Pieces:
        """« à Nesmy, le 10 septembre 1993 »; what is not known is a blank."""
        names = [place.names.get(self.language, place.name) for place in signing.places if place.name]
        where = formats.either(names, self.tongue) if signing.place_uncertain else " / ".join(names)
        place: Pieces = (Piece(where),) if names else self.blank("signing.place")
        at = (Piece(formats.at(where)),) if names else (Piece("à "), *place)
        date = self.when(signing.date, "signing.date")
        return self.fill_dated(phrase, signing.date, place=place, at=at, date=date)

    def copies(self) -> Pieces:
        """Number of copies."""
        copies = self.document.copies
        if copies is None or copies.number is None:
            return self.blank("copies")
        return (Piece(formats.whole(copies.number, self.tongue)),)

    def languages(self) -> Pieces:
        """« en français et en ukrainien »."""
        return self.joined([(Piece(self._in(code)),) for code in self.document.languages])

    def authority(self) -> Pieces:
        """Which versions are authentic."""
        said = self.words.phrases
        equal = [one.language for one in self.document.authority if one.status == "authentic"]
        many = len(self.document.languages)
        if many == 1:
            return ()
        prevailing = [one for one in self.document.authority if one.status == "prevails"]
        if prevailing and prevailing[0].language == "fr":
            return (Piece(said["authentic_french"]),)
        if len(equal) == 1:
            return self.fill("authentic_one", language=self._in(equal[0]))
        if not equal and not prevailing:
            return self.blank("authority")
        return (Piece(said["authentic_two" if many == 2 else "authentic_all"]),)  # noqa: PLR2004  # both, or all

    def _in(self, code: str) -> str:
        if known := self.words.languages.get(code):
            return known
        return self.words.languages["other"].format(name=formats.language_name(code, self.tongue))

    # --- values ---------------------------------------------------------------------------------------------------

    def code(self, code: str) -> str:
        """A word of a closed list."""
        for table in (self.words.themes, self.words.frequency, self.words.renewal):
            if code in table:
                return table[code]
        return code

    def budget(self, name: str, value: BudgetValue) -> list[Pieces]:
        """One line an item and year, then the total of each party. Nothing at all is 0 €."""
        if not value.lines:
            return [(Piece(self._nothing(value)),)]
        totals: dict[tuple[str, str | None], str] = {}
        made = []
        for line in value.lines:
            label = line.label.by_language.get(self.language, "") or line.label.value
            shares, currency = [], line.currency or value.currency
            for party, amount in line.shares.items():
                totals[party, currency] = formats.add(totals.get((party, currency), "0"), amount)
                shares.append(self._share(party, amount, currency))
            year = str(line.year) if line.year else ""
            said = (Piece(label),) if label else self.blank(name)
            made.append(self._budget_line(year, said, self.joined(shares) or self.blank(name)))
        if len(made) > 1:
            sums = [self._share(party, amount, currency) for (party, currency), amount in totals.items()]
            made.append(self.fill("budget_total", shares=self.joined(sums)))
        return made

    def _budget_line(self, year: str, label: Pieces, shares: Pieces) -> Pieces:
        made = self.fill("budget_line", year=year, label=label, shares=shares)
        if not year and made:
            first = made[0].text.lstrip(" —–-")
            made = (Piece(first, made[0].blank, made[0].field), *made[1:]) if first else made[1:]
        return made

    def _nothing(self, value: BudgetValue) -> str:
        """« 0 € », or zero in the currency of the budget."""
        if value.currency == "EUR":
            return self.words.phrases["budget_none"]
        return formats.money("0", value.currency, self.tongue)

    def _share(self, party: str, amount: str, currency: str | None) -> Pieces:
        known = next((one for one in self.document.parties if one.id == party), None)
        name = self.name(known) if known else party
        return self.fill("budget_share", party=name, amount=formats.money(amount, currency, self.tongue))

    def _reference(self, act: Act | None) -> Pieces:
        return self.fill("reference", reference=act.reference) if act and act.reference else ()

    def _country(self, party: Party) -> str:
        if written := party.country_names.get(self.language):
            return written
        if party.country and party.body not in {"committee", "association"}:
            return formats.country(party.country, self.tongue)
        return ""

    def _semicolon(self) -> str:
        return "\u00a0;" if self.tongue == "fr" else ";"


def _is_latin(name: str) -> bool:
    return all(not char.isalpha() or unicodedata.name(char, "").startswith("LATIN") for char in name)
