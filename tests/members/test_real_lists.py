"""Lists as committees really keep them: the spouse in columns of their own, who left or died, honorary members.

Nobody of a line is lost, and nobody becomes a voting and paying member without a word.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.members.models import FieldKind, Member, MemberCategory, MemberField
from tests.factories.members import enrol, make_household

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.bodies.models import Body


class Sent:
    """A list that was sent: what is told of it, and importing it with what one decides."""

    def __init__(self, client: FlaskClient, body: Body, *lines: str, encoding: str = "cp1252") -> None:
        content = "\r\n".join(lines).encode(encoding)
        sent = client.post(f"/membres/{body.id}/importer", data={"list": (io.BytesIO(content), "membres.csv")})
        self.client, self.where = client, sent.location
        self.text = client.get(sent.location).text

    def again(self, **choices: str) -> str:
        return self.client.post(self.where, data={"do": "read", "together": "1", **choices}).text

    def bring_in(self, **choices: str) -> None:
        done = self.client.post(self.where, data={"do": "import", "together": "1", **choices})
        assert done.status_code == 302, done.text


def everybody(session: Session) -> dict[str, Member]:
    session.expire_all()
    return {one.name: one for one in session.scalars(select(Member).order_by(Member.id))}


SPOUSES = (
    "Nom;Prénom;E-mail;Tél. fixe;Portable;Nom conjoint;Prénom conjoint;E-mail conjoint;Portable conjoint(e);Adresse",
    "LEFÈVRE;Zoé;zoe@exemple.fr;0320000001;0600000001;MÜLLER;Jürgen;jurgen@exemple.fr;0600000002;1 rue A",
    "DUPRÉ;Gérard;gf@exemple.fr;0320000002;;DUPRÉ;Françoise;;;2 rue B",
    "NOËL;Anaïs;;;0600000003;;;;;3 rue C",
    "GARÇON;Éloi;eloi@exemple.fr;;0600000004;;;perdue@exemple.fr;0600000009;4 rue D",
    "REY;Ève;;;;MARTIN;;;;5 rue E",
)


def test_the_spouse_in_columns_of_their_own_comes_in_with_name_and_addresses(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(keeper, committee, *SPOUSES)
    assert "Colonnes qui ne sont pas lues" not in sent.text
    assert "« perdue@exemple.fr » est gardé dans la remarque : à qui est-ce ?" in sent.text
    sent.bring_in()
    found = everybody(session)
    assert set(found) == {
        "Zoé LEFÈVRE",
        "Jürgen MÜLLER",
        "Gérard DUPRÉ",
        "Françoise DUPRÉ",
        "Anaïs NOËL",
        "Éloi GARÇON",
        "Ève REY",
        "MARTIN",
    }
    zoe, jurgen, francoise = found["Zoé LEFÈVRE"], found["Jürgen MÜLLER"], found["Françoise DUPRÉ"]
    assert (zoe.person.email, zoe.person.phone) == ("zoe@exemple.fr", "0600000001")
    assert (jurgen.person.email, jurgen.person.phone) == ("jurgen@exemple.fr", "0600000002")
    assert (zoe.household_id, zoe.household.phone) == (jurgen.household_id, "0320000001")
    assert (francoise.email, francoise.household.street) == ("gf@exemple.fr", "2 rue B")
    assert all(text in found["Éloi GARÇON"].note for text in ("perdue@exemple.fr", "0600000009"))
    again = Sent(keeper, committee, *SPOUSES)
    assert "Membres à inscrire : 0. Déjà là : 5. Lignes laissées de côté : 0." in again.text


def test_the_spouse_of_a_member_joins_the_household_and_numbered_columns_are_understood(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    home = make_household(session, committee, street="1 rue A", postcode="", town="", email="zoe@exemple.fr")
    honour = MemberCategory(body_id=committee.id, name="Membre d’honneur", is_voting=False, position=9)
    session.add(honour)
    zoe = enrol(session, committee, "Zoé", "Lefèvre", household=home, category=honour)
    lines = ("Nom 1;Prénom 1;Mail 1;Nom 2;Prénom 2;Mail 2", "LEFEVRE;Zoé;zoe@exemple.fr;MÜLLER;Jürgen;j@exemple.fr")
    sent = Sent(keeper, committee, *lines)
    assert "Jürgen MÜLLER rejoint le foyer de Zoé Lefèvre, déjà membre (no 1)" in sent.text
    sent.bring_in()
    jurgen = everybody(session)["Jürgen MÜLLER"]
    assert (jurgen.household_id, jurgen.email) == (home.id, "j@exemple.fr")
    assert jurgen.category_id == zoe.category_id
    pair = Sent(keeper, committee, "Nom et prénom;Portable conjoint", "M. et Mme DUO Jean et Marie;0600000007")
    pair.bring_in()
    assert everybody(session)["Marie DUO"].person.phone == "0600000007"
    lone = Sent(keeper, committee, "Nom;Prénom;Tél 1;Tél 2", "SEUL;Anne;0320000001;0600000001")
    lone.bring_in()
    anne = everybody(session)["Anne SEUL"]
    assert (anne.phone, anne.note) == ("0320000001", "Tél 2 : 0600000001")


KNOWN = (
    "Nom;Prénom;Situation;Parti le;Motif du départ",
    "Essai;Jeanne;décédée;;",
    "Essai;Paul;;12/03/2025;Décès",
    "Essai;Luc;démissionnaire;;",
    "Essai;Ana;suspendue;;",
    "Essai;Rémi;;;",
    "Essai;Zoé;À jour;;",
)


def test_members_whom_a_list_says_dead_or_gone_are_told_by_line_and_noted_on_demand(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    people = {name: enrol(session, committee, name) for name in ("Jeanne", "Paul", "Luc", "Ana", "Zoé")}
    people["Rémi"] = enrol(session, committee, "Rémi", until="2024-12-31")
    sent = Sent(keeper, committee, *KNOWN)
    assert "3 membres sont partis d’après la liste" in sent.text
    for name in ("Jeanne", "Luc"):
        assert f'/membres/fiche/{people[name].id}/depart"' in sent.text
    assert "12 mars 2025" in sent.text
    assert "la liste dit « suspendue », la fiche « Membre »" in sent.text
    assert "Rémi Essai (no 6) est parti·e d’après sa fiche" in sent.text
    assert all(one.until is None for name, one in everybody(session).items() if "Rémi" not in name)
    assert "n’est pas une date comprise" in sent.again(left_on="un jour", departures="1")
    assert "2025" in sent.again(left_on="2025", departures="1")
    sent.bring_in(departures="1")
    found = everybody(session)
    assert (str(found["Paul Essai"].until.text), found["Paul Essai"].leaving) == ("2025-03-12", "deceased")
    assert found["Jeanne Essai"].until is None
    Sent(keeper, committee, *KNOWN).bring_in(departures="1", left_on="2025")
    jeanne = everybody(session)["Jeanne Essai"]
    assert (str(jeanne.until.text), jeanne.leaving) == ("2025", "deceased")


GONE = (
    "Civilité;Nom;Prénom;Conjoint;Adresse;Situation;Motif",
    "M.;DUPRÉ;Gérard;Françoise;12 rue de l’Église;décédé;",
    "M. et Mme;REY;Paul et Odile;;1 rue A;parti;",
    "M.;SEUL;Jean;;2 rue B;démissionnaire;",
    "Mme;NOËL;Anaïs;Rémi;3 rue C;décédée en 2021;",
    "M.;FINI;Luc;;4 rue D;;Décédé",
    "M. et Mme;BON;Ali et Fatima;;5 rue E;Mme décédée;",
)


def test_nobody_of_a_household_is_lost_because_one_of_them_left(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(keeper, committee, *GONE)
    for sentence in (
        "« décédé », sans la date : Gérard DUPRÉ n’est pas inscrit, Françoise DUPRÉ l’est comme membre",
        "Paul REY et Odile REY sont inscrits comme suspendus, sans vote ni cotisation",
        "Jean SEUL : « démissionnaire », sans la date du départ",
        "lu comme : Anaïs NOËL est parti·e, Rémi NOËL reste membre",
        "Luc FINI : « Décédé », sans la date du départ",
        "Fatima BON n’est pas inscrit, Ali BON l’est comme membre",
    ):
        assert sentence in sent.text, sentence
    sent.bring_in()
    found = everybody(session)
    assert {name: one.status for name, one in found.items()} == {
        "Françoise DUPRÉ": "active",
        "Paul REY": "suspended",
        "Odile REY": "suspended",
        "Anaïs NOËL": "active",
        "Rémi NOËL": "active",
        "Ali BON": "active",
    }
    assert (str(found["Anaïs NOËL"].until.text), found["Anaïs NOËL"].leaving) == ("2021", "deceased")
    assert (found["Rémi NOËL"].until, found["Françoise DUPRÉ"].until) == (None, None)
    assert found["Françoise DUPRÉ"].household.street == "12 rue de l’Église"
    assert "Gérard DUPRÉ, décédé" in found["Françoise DUPRÉ"].note


def test_who_left_comes_in_as_a_former_member_once_the_date_is_told(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    Sent(keeper, committee, *GONE).bring_in(left_on="2023")
    found = everybody(session)
    assert len(found) == 10
    left = {name: str(one.until.text) for name, one in found.items() if one.until}
    assert left == {
        "Gérard DUPRÉ": "2023",
        "Paul REY": "2023",
        "Odile REY": "2023",
        "Jean SEUL": "2023",
        "Anaïs NOËL": "2021",
        "Luc FINI": "2023",
        "Fatima BON": "2023",
    }
    assert (found["Luc FINI"].leaving, found["Jean SEUL"].leaving) == ("deceased", "resigned")


HONOURS = (
    "Nom;Prénom;Catégorie;Statut",
    "MAIRE;Anne;membre de droit;",
    "ANCIENNE;Zoé;honneur;",
    "DONNE;Luc;Bienfaiteur;",
    "TITRE;Rémi;;Membre d'honneur",
    "JOUE;Ana;Harmonie;",
    "PAIE;Yves;Couple;",
    "DOUTE;Éva;;Zombie",
    "USUEL;Paul;;à jour",
    "BUREAU;Inès;;Trésorière adjointe",
    "TARD;Léo;;pas à jour",
)


def test_honorary_members_neither_vote_nor_pay_unless_one_says_so(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(keeper, committee, *HONOURS)
    assert "« honneur » (1 ligne)" in sent.text
    assert "Membre d’honneur (ni vote, ni cotisation)" in sent.text
    assert "Membre actif (vote)" in sent.text
    assert "« Zombie » n’est pas une situation connue : inscrit comme suspendu" in sent.text
    assert "Suspendu" in sent.text.partition("Éva DOUTE")[2][:200]
    sent.bring_in(**{"category:harmonie": "new:voting"})
    found = everybody(session)
    assert {name: (one.category.name, one.category.is_voting) for name, one in found.items()} == {
        "Anne MAIRE": ("membre de droit", False),
        "Zoé ANCIENNE": ("Membre d’honneur", False),
        "Luc DONNE": ("Membre bienfaiteur", False),
        "Rémi TITRE": ("Membre d’honneur", False),
        "Ana JOUE": ("Harmonie", True),
        "Yves PAIE": ("Couple", True),
        "Éva DOUTE": ("Membre actif", True),
        "Paul USUEL": ("Membre actif", True),
        "Inès BUREAU": ("Membre actif", True),
        "Léo TARD": ("Membre actif", True),
    }
    assert found["Éva DOUTE"].status == "suspended"
    assert "« Trésorière adjointe » est une fonction" in sent.text
    assert (found["Inès BUREAU"].status, found["Léo TARD"].note) == ("active", "Situation : pas à jour")
    more = Sent(keeper, committee, "Nom;Prénom;Catégorie", "AMI;Jean;sympathisant")
    assert "catégorie « sympathisant » : laissée de côté" in more.again(**{"category:sympathisant": "aside"})


def test_years_of_two_digits_tabs_and_letters_of_old_macs_are_understood_and_told(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    born = MemberField(body_id=committee.id, label="Né(e) le", kind=FieldKind.DATE)
    session.add(born)
    session.commit()
    lines = (
        "Prénom\tNom\tAdresse\tMembre depuis\tNé(e) le",
        "Éloïse\tGARÇON\t3 rue de l’Évêché\t01/02/98\t17/03/62",
        "Jürgen\tMÜLLER\tForêt\t5/6/21\t",
    )
    sent = Sent(keeper, committee, *lines, encoding="mac_roman")
    assert "séparateur « tabulation »" in sent.text
    assert "« 01/02/98 » est lu comme 1er février 1998" in sent.text
    assert "« 17/03/62 » est lu comme 17 mars 1962" in sent.text
    sent.bring_in()
    found = everybody(session)
    assert set(found) == {"Éloïse GARÇON", "Jürgen MÜLLER"}
    eloise = found["Éloïse GARÇON"]
    assert (str(eloise.since.text), eloise.answers[str(born.id)]) == ("1998-02-01", "1962-03-17")
    assert eloise.household.street == "3 rue de l’Évêché"
    assert str(found["Jürgen MÜLLER"].since.text) == "2021-06-05"


def test_galette_is_told_the_country_that_the_postcode_tells(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    for name, postcode in (("Anne", "59390"), ("Jürgen", "D-48143"), ("Mary", "TF9 1AA"), ("Loin", "")):
        enrol(session, committee, name, household=make_household(session, committee, postcode=postcode))
    exported = keeper.post(f"/membres/{committee.id}/exporter", data={"form": "galette"}).data.decode("utf-8-sig")
    told = {row.split(";")[1]: row.split(";")[6] for row in exported.splitlines()[1:]}
    assert told == {"Anne": "France", "Jürgen": "Allemagne", "Mary": "", "Loin": ""}
