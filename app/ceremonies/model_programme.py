"""The programme one starts from: the five moments of the European twinning guide, as habits, not as law.

Moments and their order: European twinning guide (welcome of the delegations, speeches, exchange of symbols,
signature, celebration) and the AFCCRE's list of what a ceremony must hold. Lengths are usage, to be changed.
In France the Marseillaise comes last, the guests' anthem and the European one before it; speeches go up the order of
precedence, the host first (décret 89-655 of 13 September 1989, art. 19).
"""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("fr", "en", "de", "uk", "it", "es", "pt", "pl")


@dataclass(frozen=True)
class ModelMoment:
    """A line of the model: minutes from the ceremony's hour, length, and its name in the languages above."""

    offset: int
    minutes: int
    kind: str
    moment: str
    titles: tuple[str, ...]
    interpreted: bool = False
    public: bool | None = None
    materials: tuple[tuple[str, ...], ...] = ()

    def title(self, languages: tuple[str, ...]) -> dict[str, str]:
        """The name in the wanted languages that the model speaks; French when it speaks none of them."""
        return _said(self.titles, languages)

    def needed(self, languages: tuple[str, ...]) -> list[dict[str, str]]:
        """What must be at hand, each in the wanted languages."""
        return [_said(thing, languages) for thing in self.materials]


def _said(names: tuple[str, ...], languages: tuple[str, ...]) -> dict[str, str]:
    told = dict(zip(LANGUAGES, names, strict=True))
    return {language: told[language] for language in languages if language in told} or {"fr": told["fr"]}


_FLAGS = ("drapeaux", "flags", "Flaggen", "прапори", "bandiere", "banderas", "bandeiras", "flagi")
_ANTHEMS = (
    *("hymnes enregistrés", "recorded anthems", "Hymnen als Aufnahme", "записи гімнів"),
    *("inni registrati", "himnos grabados", "hinos gravados", "nagrane hymny"),
)
_COPIES = (
    *("exemplaires du texte", "copies of the text", "Ausfertigungen des Textes", "примірники тексту"),
    *("esemplari del testo", "ejemplares del texto", "exemplares do texto", "egzemplarze tekstu"),
)
_PENS = ("stylos", "pens", "Stifte", "ручки", "penne", "bolígrafos", "canetas", "długopisy")
_TABLE = (
    *("table de signature", "signing table", "Tisch zur Unterzeichnung", "стіл для підписання"),
    *("tavolo per la firma", "mesa para la firma", "mesa para a assinatura", "stół do podpisania"),
)
_SIGNED = (
    "un exemplaire par ville et par comité",
    "one copy for each town and each committee",
    "eine Ausfertigung je Stadt und je Komitee",
    "по примірнику для кожного міста й кожного комітету",
    "un esemplare per ogni comune e per ogni comitato",
    "un ejemplar por ciudad y por comité",
    "um exemplar por cidade e por comité",
    "po jednym egzemplarzu dla każdego miasta i każdego komitetu",
)


FIVE_MOMENTS = (
    ModelMoment(
        -90,
        60,
        "preparation",
        "welcome",
        (
            "Vérification de la salle : son, drapeaux, hymnes, exemplaires, stylos",
            "Room check: sound, flags, anthems, copies, pens",
            "Prüfung des Saals: Ton, Flaggen, Hymnen, Ausfertigungen, Stifte",
            "Перевірка зали: звук, прапори, гімни, примірники, ручки",
            "Controllo della sala: audio, bandiere, inni, esemplari, penne",
            "Revisión de la sala: sonido, banderas, himnos, ejemplares, bolígrafos",
            "Verificação da sala: som, bandeiras, hinos, exemplares, canetas",
            "Sprawdzenie sali: nagłośnienie, flagi, hymny, egzemplarze, długopisy",
        ),
        materials=(_FLAGS, _ANTHEMS, _COPIES, _PENS),
    ),
    ModelMoment(
        -30,
        30,
        "reception",
        "welcome",
        (
            "Accueil des délégations",
            "Welcome of the delegations",
            "Empfang der Delegationen",
            "Зустріч делегацій",
            "Accoglienza delle delegazioni",
            "Recepción de las delegaciones",
            "Receção das delegações",
            "Powitanie delegacji",
        ),
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
            "Ingresso delle delegazioni e inni",
            "Entrada de las delegaciones e himnos",
            "Entrada das delegações e hinos",
            "Wejście delegacji i hymny",
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
            "Discorso della sindaca o del sindaco del comune ospitante",
            "Discurso de la alcaldesa o del alcalde del municipio anfitrión",
            "Discurso da ou do presidente da câmara do município anfitrião",
            "Przemówienie burmistrza gminy gospodarzy",
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
            "Discorsi delle presidenze dei comitati di gemellaggio",
            "Discursos de las presidencias de los comités de hermanamiento",
            "Discursos das presidências dos comités de geminação",
            "Przemówienia przewodniczących komitetów partnerskich",
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
            "Discorso della sindaca o del sindaco del comune gemellato",
            "Discurso de la alcaldesa o del alcalde de la ciudad hermanada",
            "Discurso da ou do presidente da câmara da cidade geminada",
            "Przemówienie burmistrza miasta partnerskiego",
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
            "Scambio di simboli e doni",
            "Intercambio de símbolos y regalos",
            "Troca de símbolos e presentes",
            "Wymiana symboli i podarunków",
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
            "Lettura del giuramento nelle due lingue",
            "Lectura del juramento en los dos idiomas",
            "Leitura do juramento nas duas línguas",
            "Odczytanie przyrzeczenia w obu językach",
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
            "Firma e consegna degli esemplari",
            "Firma y entrega de los ejemplares",
            "Assinatura e entrega dos exemplares",
            "Podpisanie i wręczenie egzemplarzy",
        ),
        materials=(_TABLE, _SIGNED, _PENS),
    ),
    ModelMoment(
        91,
        20,
        "artistic",
        "celebration",
        (
            "Moment artistique",
            "Artistic performance",
            "Künstlerischer Beitrag",
            "Мистецький виступ",
            "Momento artistico",
            "Actuación artística",
            "Momento artístico",
            "Występ artystyczny",
        ),
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
            "Foto di gruppo e ringraziamenti",
            "Foto de grupo y agradecimientos",
            "Fotografia de grupo e agradecimentos",
            "Wspólne zdjęcie i podziękowania",
        ),
    ),
    ModelMoment(
        120,
        90,
        "meal",
        "celebration",
        (
            "Réception et buffet",
            "Reception and buffet",
            "Empfang und Buffet",
            "Прийом і фуршет",
            "Ricevimento e buffet",
            "Recepción y bufé",
            "Receção e bufete",
            "Przyjęcie i bufet",
        ),
    ),
)
