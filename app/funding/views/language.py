"""What an adviser needs to write a rule file without us: the manual, the schemas, a file to complete."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Response, render_template

from app.access.gate import requires
from app.extensions import db
from app.funding import catalogue
from app.funding.policy import FundingAction
from app.funding.views.blueprint import blueprint, file_answer
from app.rules import schema, template
from app.rules.documentation import language as written
from app.rules.loader import RULES
from app.rules.manual import manual
from app.rules.schema import edition_schema
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse


@blueprint.get("/financements/regles/langage")
@requires(FundingAction.RULES)
def language() -> str:
    """How a rule is written, and everything that the language can say, from the registries themselves."""
    return render_template("funding/language.html", blocks=manual(catalogue.current(db.session()).catalogue))


@blueprint.get("/financements/regles/schema.json")
@requires(FundingAction.RULES)
def rules_schema() -> AnyResponse:
    """The JSON Schema of a rule file, for an editor that knows such things."""
    return _schema(edition_schema())


@blueprint.get("/financements/regles/schema-faits.json")
@requires(FundingAction.RULES)
def facts_schema() -> AnyResponse:
    """The JSON Schema of the facts of a project, those that the own files add among them."""
    return _schema(schema.facts_schema(catalogue.current(db.session()).catalogue.words))


def _schema(told: dict[str, Any]) -> AnyResponse:
    text = json.dumps(told, ensure_ascii=False, indent=2)
    return Response(text, content_type="application/json; charset=utf-8")  # which browsers show


@blueprint.get("/financements/regles/langage.md")
@requires(FundingAction.RULES)
def language_text() -> AnyResponse:
    """The guide and the reference as one text to keep."""
    guide, reference = (RULES / "README.md").read_text("utf-8"), written(catalogue.current(db.session()).catalogue)
    return file_answer(f"{guide}\n{reference}".encode(), "text/markdown; charset=utf-8", "langage-des-regles.md")


@blueprint.get("/financements/regles/modele.toml")
@requires(FundingAction.RULES)
def rules_template() -> AnyResponse:
    """A file to complete."""
    day = clock.today()
    text = template.edition_file(f"{catalogue.OWN}mon-fonds", str(day.year), today=day)
    return file_answer(text.encode(), "application/toml; charset=utf-8", f"{catalogue.OWN}mon-fonds-{day.year}.toml")
