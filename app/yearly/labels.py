"""The French words for the headings of a budget, as the forms Cerfa 12156 and 15059 have them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.yearly.models import Heading

HEADINGS = {
    Heading.PURCHASES: _l("60 – Achats"),
    Heading.SERVICES: _l("61 – Services extérieurs (locations, assurance, entretien)"),
    Heading.OTHER_SERVICES: _l("62 – Autres services extérieurs (déplacements, réceptions, publicité)"),
    Heading.TAXES: _l("63 – Impôts et taxes"),
    Heading.STAFF: _l("64 – Charges de personnel"),
    Heading.OTHER_CHARGES: _l("65 – Autres charges de gestion courante"),
    Heading.FINANCIAL_CHARGES: _l("66 – Charges financières"),
    Heading.EXCEPTIONAL_CHARGES: _l("67 – Charges exceptionnelles"),
    Heading.PROVISIONS: _l("68 – Dotations, provisions et engagements"),
    Heading.TAX_ON_PROFIT: _l("69 – Impôt sur les bénéfices, participation des salariés"),
    Heading.USED_IN_KIND: _l("86 – Emplois des contributions volontaires en nature"),
    Heading.SALES: _l("70 – Ventes et prestations"),
    Heading.ENDOWMENTS: _l("73 – Dotations et produits de tarification"),
    Heading.SUBSIDIES: _l("74 – Subventions"),
    Heading.DUES: _l("75 – Autres produits de gestion courante (cotisations, dons)"),
    Heading.FINANCIAL_INCOME: _l("76 – Produits financiers"),
    Heading.EXCEPTIONAL_INCOME: _l("77 – Produits exceptionnels"),
    Heading.REVERSALS: _l("78 – Reprises et fonds dédiés"),
    Heading.TRANSFERS: _l("79 – Transferts de charges"),
    Heading.GIVEN_IN_KIND: _l("87 – Contributions volontaires en nature"),
}
