"""Documents to print in tests: our own wording; the towns are those of the demonstration."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.documents.page import PrintPage
from app.documents.textdoc import (
    Emblem,
    Heading,
    ItemList,
    Pair,
    Paragraph,
    Run,
    Side,
    Signature,
    Signatures,
    Table,
    TextDocument,
)

ROOT = Path(__file__).parents[2]
CREATED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
ARMS_LEFT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 72" width="60" height="72">'
    b'<path d="M2 2h56v40c0 16-14 24-28 28C16 66 2 58 2 42z" fill="#1f4e96" stroke="#1c2741" stroke-width="2"/>'
    b'<path d="M2 26h56v14H2z" fill="#f2d469"/></svg>'
)
ARMS_RIGHT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 72" width="60" height="72">'
    b'<path d="M2 2h56v40c0 16-14 24-28 28C16 66 2 58 2 42z" fill="#f7f2e4" stroke="#1c2741" stroke-width="2"/>'
    b'<circle cx="30" cy="32" r="15" fill="#2b6353"/></svg>'
)
_ARTICLES = (
    (
        "Objet",
        (
            (
                "Les deux communes conviennent d’un jumelage. Elles entendent rapprocher leurs habitants, leurs "
                "écoles et "
                "leurs associations, dans le respect du droit de chacun des deux États et de l’égalité des partenaires."
            ),
            "Aucune des deux communes n’est première : l’ordre de leurs noms n’a pas de portée.",
        ),
        "Предмет",
        (
            (
                "Обидві громади домовляються про побратимство. Вони прагнуть зблизити своїх мешканців, свої школи та "
                "свої "
                "об’єднання, поважаючи право кожної з двох держав і рівність партнерів."
            ),
            "Жодна з двох громад не є першою: порядок їхніх назв не має значення.",
        ),
    ),
    (
        "Échanges scolaires",
        (
            (
                "Chaque année, au moins une classe de chaque commune correspond avec une classe de l’autre. Un "
                "échange en "
                "présence est préparé dès que la sécurité des enfants le permet ; jusque-là, les rencontres ont lieu "
                "en "
                "visioconférence."
            ),
        ),
        "Шкільні обміни",
        (
            (
                "Щороку щонайменше один клас кожної громади листується з класом іншої. Обмін із взаємними поїздками "
                "готується, щойно це дозволить безпека дітей; до того часу зустрічі відбуваються по відеозв’язку."
            ),
        ),
    ),
    (
        "Culture et patrimoine",
        (
            (
                "Les bibliothèques échangent des livres et des expositions. Les sociétés de musique et les chorales "
                "sont "
                "invitées aux fêtes de l’autre commune. Les archives communes du jumelage sont tenues en deux "
                "exemplaires."
            ),
        ),
        "Культура і спадщина",
        (
            (
                "Бібліотеки обмінюються книжками та виставками. Музичні товариства й хори запрошуються на свята іншої "
                "громади. Спільний архів побратимства ведеться у двох примірниках."
            ),
        ),
    ),
    (
        "Santé et solidarité",
        (
            (
                "Les communes se prêtent assistance selon leurs moyens : matériel médical, accueil de familles, "
                "formation "
                "de secouristes. Chaque envoi fait l’objet d’une liste signée au départ et à l’arrivée."
            ),
        ),
        "Здоров’я та солідарність",
        (
            (
                "Громади допомагають одна одній у міру можливостей: медичне обладнання, прийом родин, навчання "
                "рятувальників. Кожне відправлення супроводжується переліком, підписаним під час відправлення та "
                "отримання."
            ),
        ),
    ),
    (
        "Jeunesse et sport",
        (
            (
                "Les clubs sportifs organisent une rencontre tous les deux ans, à tour de rôle dans chaque commune. "
                "Les frais de voyage restent à la charge de la délégation, les frais de séjour à celle des hôtes."
            ),
        ),
        "Молодь і спорт",
        (
            (
                "Спортивні клуби організовують зустріч кожні два роки, почергово в кожній громаді. Витрати на дорогу "
                "несе делегація, витрати на перебування — сторона, що приймає."
            ),
        ),
    ),
    (
        "Comité de suivi",
        (
            (
                "Un comité de suivi réunit trois personnes de chaque commune. Il se réunit au moins deux fois l’an, "
                "dresse "
                "le bilan des actions et propose le programme de l’année suivante aux deux conseils."
            ),
        ),
        "Комітет супроводу",
        (
            (
                "Комітет супроводу об’єднує по три особи від кожної громади. Він збирається щонайменше двічі на рік, "
                "підбиває підсумки заходів і пропонує обом радам програму на наступний рік."
            ),
        ),
    ),
    (
        "Moyens",
        (
            (
                "Chaque commune inscrit à son budget les crédits nécessaires, dans la limite de ce que son conseil a "
                "voté. "
                "Les aides demandées à des tiers le sont en commun chaque fois que c’est possible."
            ),
        ),
        "Засоби",
        (
            (
                "Кожна громада передбачає у своєму бюджеті необхідні кошти в межах, ухвалених її радою. Допомога від "
                "третіх сторін запитується спільно щоразу, коли це можливо."
            ),
        ),
    ),
    (
        "Durée et fin",
        (
            (
                "La présente convention est conclue pour une durée indéterminée. Chaque commune peut y mettre fin "
                "par une "
                "délibération notifiée six mois à l’avance ; les actions engagées sont menées à leur terme."
            ),
        ),
        "Строк дії та припинення",
        (
            (
                "Цю угоду укладено на невизначений строк. Кожна громада може припинити її рішенням ради, повідомивши "
                "про це "
                "за шість місяців; розпочаті заходи доводяться до кінця."
            ),
        ),
    ),
    (
        "Langues et exemplaires",
        (
            (
                "La convention est établie en français et en ukrainien, en deux exemplaires. Les deux textes font "
                "foi à "
                "égalité. En cas de doute, le comité de suivi recherche le sens commun aux deux versions."
            ),
        ),
        "Мови та примірники",
        (
            (
                "Угоду складено французькою та українською мовами у двох примірниках. Обидва тексти мають однакову "
                "силу. "
                "У разі сумніву комітет супроводу шукає спільний для обох версій зміст."
            ),
        ),
    ),
)


def _pair(number: int, article: tuple[str, tuple[str, ...], str, tuple[str, ...]]) -> Pair:
    french, said, ukrainian, told = article
    return Pair(
        (
            Side("fr", (Heading(f"Article {number} — {french}"), *(Paragraph(text) for text in said))),
            Side("uk", (Heading(f"Стаття {number} — {ukrainian}"), *(Paragraph(text) for text in told))),
        )
    )


def convention() -> TextDocument:
    """Return a convention in French and Ukrainian, four pages once printed."""
    return TextDocument(
        title="Convention de jumelage entre Sailly-lez-Lannoy et Semenivka",
        lang="fr",
        created=CREATED,
        author="Commune de Sailly-lez-Lannoy",
        subtitles=(("uk", "Угода про побратимство між Саїї-ле-Ланнуа та Семенівкою"),),
        emblems=(
            Emblem("Sailly-lez-Lannoy", "left.svg", under="Commune · Nord, France"),
            Emblem("Семенівка", "right.svg", "uk", "Громада · Житомирська область, Україна"),
        ),
        running="Convention de jumelage · Sailly-lez-Lannoy — Semenivka",
        footer="Version 3 du 2 novembre 2026",
        state="Brouillon",
        watermark="Brouillon",
        blocks=(
            Paragraph("Entre les soussignées, représentées par leurs maires, il est convenu ce qui suit.", "lead"),
            Paragraph("Між нижчепідписаними громадами в особі їхніх голів домовлено про таке.", "lead", "uk"),
            *(_pair(number, article) for number, article in enumerate((*_ARTICLES, *_ARTICLES), 1)),
            Heading("Calendrier de la première année"),
            Table(
                ("Action", "Mois", "Part de chaque commune (€)"),
                (("Lettres entre classes", "février", "120,00"), ("Exposition de photographies", "mai", "1 450,50")),
                "Actions et moyens",
                frozenset({2}),
            ),
            Heading("Pièces jointes"),
            ItemList(("la liste des écoles ;", "le programme de la cérémonie.")),
            Paragraph(
                (Run("Date d’effet : "), Run("date à fixer", blank=True), Run(", "), Run("sous réserve", bold=True))
            ),
            Signatures(
                (
                    Signature(
                        "Pour Sailly-lez-Lannoy",
                        "Élodie MARCHAND-EXEMPLE",
                        "Maire",
                        "Sailly-lez-Lannoy",
                        "",
                        "Signature et cachet",
                    ),
                    Signature("За Семенівку", "Олена ПРИКЛАДЕНКО", "Голова громади", "", "", "Підпис і печатка", "uk"),
                )
            ),
        ),
    )


def arabic() -> TextDocument:
    """Return a pact in French and Arabic, with the Arabic from right to left."""
    return TextDocument(
        title="Pacte d’amitié entre deux communes",
        lang="fr",
        created=CREATED,
        subtitles=(("ar", "ميثاق صداقة بين بلديتين"),),
        running="Pacte d’amitié",
        blocks=(
            Pair(
                (
                    Side("fr", (Heading("Article 1 — Objet"), Paragraph("Les deux communes se lient d’amitié."))),
                    Side(
                        "ar",
                        (
                            Heading("المادة 1 — الموضوع"),
                            Paragraph(ARABIC),
                        ),
                    ),
                )
            ),
            Paragraph(ARABIC, lang="ar"),
        ),
    )


ARABIC = (
    "تلتزم البلديتان بتعزيز الصداقة بين سكانهما وبتنظيم لقاءات سنوية بين المدارس والجمعيات في إطار الاحترام المتبادل."
)
TEMPLATES = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined)


def printed(document: TextDocument, **others: object) -> PrintPage:
    """Return the page that prints a document."""
    values: dict[str, object] = {
        "html": TEMPLATES.get_template("documents/text.html").render(document=document),
        "title": document.title,
        "lang": document.lang,
        "created": document.created,
        "author": document.author,
        "watermark": document.watermark,
        "assets": {"left.svg": ARMS_LEFT, "right.svg": ARMS_RIGHT},
    }
    return PrintPage(**{**values, **others})
