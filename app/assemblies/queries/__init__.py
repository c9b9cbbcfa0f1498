"""Reading assemblies: ``meetings``, what waits to be done (``waiting``), officers who changed (``officers``)."""

from __future__ import annotations

from app.assemblies.queries.meetings import (
    PAGE,
    assembly_by_id,
    association_by_id,
    associations_among,
    item_by_id,
    numbers_of_year,
    page_of_assemblies,
    page_of_resolutions,
    proxy_by_id,
    resolutions_of_year,
    rule_after,
    rule_by_id,
    rule_on,
    rules_of,
    seat_by_id,
    seat_of_link,
    second_of,
    statutes_among,
    statutes_of,
    years_of_register,
)

__all__ = [
    "PAGE",
    "assembly_by_id",
    "association_by_id",
    "associations_among",
    "item_by_id",
    "numbers_of_year",
    "page_of_assemblies",
    "page_of_resolutions",
    "proxy_by_id",
    "resolutions_of_year",
    "rule_after",
    "rule_by_id",
    "rule_on",
    "rules_of",
    "seat_by_id",
    "seat_of_link",
    "second_of",
    "statutes_among",
    "statutes_of",
    "years_of_register",
]
