"""The programme one starts from: the five moments of the European twinning guide, as habits, not as law.

Moments and their order: European twinning guide (welcome of the delegations, speeches, exchange of symbols,
signature, celebration) and the AFCCRE's list of what a ceremony must hold. Lengths are usage, to be changed.
In France the Marseillaise comes last, the guests' anthem and the European one before it; speeches go up the order of
precedence, the host first (décret 89-655 of 13 September 1989, art. 19).
"""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("fr", "en", "de", "uk")


@dataclass(frozen=True)
class ModelMoment:
    """A line of the model: minutes from the ceremony's hour, length, and its name in four languages."""

    offset: int
    minutes: int
    kind: str
    moment: str
    titles: tuple[str, str, str, str]
    interpreted: bool = False
    public: bool | None = None
    materials: tuple[str, ...] = ()

    def title(self, languages: tuple[str, ...]) -> dict[str, str]:
        """The name in the wanted languages that the model speaks; French when it speaks none of them."""
        told = dict(zip(LANGUAGES, self.titles, strict=True))
        return {language: told[language] for language in languages if language in told} or {"fr": told["fr"]}


FIVE_MOMENTS = (
    ModelMoment(
        -90,
        60,
        "preparation",
        "welcome",
        (
            "Vérification de la salle : son, drapeaux, hymnes, exemplaires, stylos",
            "Room check: sound, flags, anthems, copies, pens",
            "Prüfung des Saals: Ton, Flaggen, Hymnen, Ausfertigungen, Stifte",
            "Перевірка зали: звук, прапори, гімни, примірники, ручки",
        ),
        materials=("drapeaux", "hymnes enregistrés", "exemplaires du texte", "stylos"),
    ),
    ModelMoment(
        -30,
        30,
        "reception",
        "welcome",
        ("Accueil des délégations", "Welcome of the delegations", "Empfang der Delegationen", "Зустріч делегацій"),
    ),
    ModelMoment(
        0,
        10,
        "ceremony",
        "welcome",
        (
            "Entrée des délégations et hymnes",
            "Entry of the delegations and anthems",
            "Einzug der Delegationen und Hymnen",
            "Вхід делегацій та гімни",
        ),
        public=True,
    ),
    ModelMoment(
        10,
        16,
        "speech",
        "speeches",
        (
            "Discours de la ou du maire de la commune d’accueil",
            "Speech by the mayor of the host town",
            "Ansprache der Bürgermeisterin oder des Bürgermeisters der gastgebenden Gemeinde",
            "Промова міського голови громади, що приймає",
        ),
        interpreted=True,
    ),
    ModelMoment(
        26,
        20,
        "speech",
        "speeches",
        (
            "Discours des présidences des comités de jumelage",
            "Speeches by the chairs of the twinning committees",
            "Ansprachen der Vorsitzenden der Partnerschaftskomitees",
            "Промови голів комітетів побратимства",
        ),
        interpreted=True,
    ),
    ModelMoment(
        46,
        20,
        "speech",
        "speeches",
        (
            "Discours de la ou du maire de la ville jumelle",
            "Speech by the mayor of the twin town",
            "Ansprache der Bürgermeisterin oder des Bürgermeisters der Partnerstadt",
            "Промова міського голови міста-побратима",
        ),
        interpreted=True,
    ),
    ModelMoment(
        66,
        10,
        "symbols",
        "symbols",
        (
            "Échange de symboles et de cadeaux",
            "Exchange of symbols and gifts",
            "Austausch von Symbolen und Geschenken",
            "Обмін символами та подарунками",
        ),
    ),
    ModelMoment(
        76,
        5,
        "oath",
        "signature",
        (
            "Lecture du serment dans les deux langues",
            "Reading of the oath in both languages",
            "Verlesung des Partnerschaftseids in beiden Sprachen",
            "Читання присяги двома мовами",
        ),
    ),
    ModelMoment(
        81,
        10,
        "signature",
        "signature",
        (
            "Signature et remise des exemplaires",
            "Signing and handing over of the copies",
            "Unterzeichnung und Übergabe der Ausfertigungen",
            "Підписання та вручення примірників",
        ),
        materials=("table de signature", "exemplaires signés : un par ville et par comité", "stylos"),
    ),
    ModelMoment(
        91,
        20,
        "artistic",
        "celebration",
        ("Moment artistique", "Artistic performance", "Künstlerischer Beitrag", "Мистецький виступ"),
    ),
    ModelMoment(
        111,
        9,
        "photo",
        "celebration",
        (
            "Photo de groupe et remerciements",
            "Group photograph and thanks",
            "Gruppenfoto und Dank",
            "Спільне фото та подяки",
        ),
    ),
    ModelMoment(
        120,
        90,
        "meal",
        "celebration",
        ("Réception et buffet", "Reception and buffet", "Empfang und Buffet", "Прийом і фуршет"),
    ),
)
