"""A question of the engine in the language of the page: facts have their words there, rules speak French."""

from __future__ import annotations

from flask_babel import get_locale

from app.funding.labels import french
from app.rules.questions import COMPLETE, is_listed
from app.rules.vocabulary.fields import COLLECTION_WORDS, COLLECTIONS, SECTIONS
from app.rules.vocabulary.tongues import FRENCH, in_tongue


def asked(question: str, fact: str) -> str:
    """The question, in the language of the page where this fact has its words there; marked as French elsewhere."""
    locale = get_locale()
    language = locale.language if locale is not None else FRENCH
    said = "" if language == FRENCH else _in_tongue(fact, language)
    return said or french(question)


def _in_tongue(fact: str, language: str) -> str:
    section, _dot, name = fact.partition(".")
    if not name:
        listed = _said(COLLECTION_WORDS.get(fact, ""), language)
        return f"{listed}? {in_tongue(COMPLETE, language)}" if listed else ""
    fields = COLLECTIONS.get("organisations" if section == "applicant" else section) or SECTIONS.get(section, ())
    field = next((one for one in fields if one.name == name), None)
    words = _said(field.asks, language) if field else ""
    if not field or not words:
        return ""
    if section in COLLECTION_WORDS:
        return f"{words} ({in_tongue(COLLECTION_WORDS[section], language)})?"
    return f"{words}? {in_tongue(COMPLETE, language)}" if is_listed(fact, field) else f"{words}?"


def _said(text: str, language: str) -> str:
    """A word with its capital, nothing where the language has none."""
    said = in_tongue(text, language)
    return "" if said == text else said[:1].upper() + said[1:]
