"""The pages of the yearly papers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.gate import actor, identity, may, requires
from app.bodies.labels import ASSOCIATIONS
from app.bodies.panels import BodyPanel, PanelLine, PanelLink, register
from app.database.unit import writing
from app.documents.downloads import disposition
from app.extensions import db
from app.forms.amounts import BadAmount, read_amount
from app.people.fields import whole
from app.people.forms import blame
from app.printing import print_paper
from app.shared import clock
from app.shared.errors import DomainError, EditConflict
from app.yearly import queries, services
from app.yearly.documents import NAMES, yearly_paper
from app.yearly.facts import by_person, dues_said, facts_of, officer_line
from app.yearly.forms import PapersForm, WordsForm, YearForm
from app.yearly.labels import HEADINGS
from app.yearly.models import CHARGES, INCOME, Heading
from app.yearly.policy import YearlyAction

if TYPE_CHECKING:
    from flask import Flask
    from flask_wtf import FlaskForm
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response as Answer

    from app.access.table import Identity
    from app.bodies.models import Body
    from app.yearly.facts import YearFacts
    from app.yearly.models import YearBook

    Page = Answer | str | tuple[str, int]

blueprint = Blueprint("yearly", __name__, url_prefix="/annees")
_MOST = Decimal(10) ** 9


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    register(_panel)


def _panel(session: Session, body: Body, who: Identity) -> BodyPanel | None:
    """The years of an association, for its own people."""
    if body.kind not in ASSOCIATIONS or body.id not in who.body_ids:
        return None
    return BodyPanel(
        title=_("Papiers de l’année"),
        items=tuple(
            PanelLine(title=_("Année %(year)s", year=one.year), url=url_for("yearly.page", book_id=one.id))
            for one in queries.books_of(session, [body.id])[:3]
        ),
        actions=(PanelLink(label=_("Voir les années"), url=url_for("yearly.index")),),
        empty=_("Aucune année n’est encore ouverte."),
    )


def _again(book_id: int) -> YearBook:
    return queries.book_by_id(db.session(), book_id) or abort(404)


def _answer(template: str, form: FlaskForm | None, **values: Any) -> str | tuple[str, int]:  # noqa: ANN401  # what pages show
    page = render_template(template, form=form, **values)
    return (page, 422) if form is not None and form.errors else page


def _written() -> list[Body]:
    found = queries.associations_among(db.session(), identity().body_ids)
    return [body for body in found if may(YearlyAction.EDIT, body)]


@blueprint.route("/", methods=["GET", "POST"])
@requires(YearlyAction.LIST)
def index() -> Page:
    """The years of one's associations, and a new one."""
    bodies = _written()
    form = YearForm().offer(bodies)
    if not form.is_submitted():
        form.year.data = clock.today().year
    elif not bodies:
        abort(403)
    elif form.validate():
        body_id, year = int(form.body.data), int(form.year.data)
        try:
            with writing() as session:
                body = queries.association_by_id(session, body_id) or abort(404)
                number = services.open_year(session, body, year, by=actor(), at=clock.now()).id
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            return redirect(url_for("yearly.page", book_id=number))
    rows = queries.books_of(db.session(), identity().body_ids)
    return _answer("yearly/index.html", form, rows=rows, bodies=bodies)


@blueprint.get("/<int:book_id>")
@requires(YearlyAction.VIEW, on=queries.book_by_id)
def page(book: YearBook) -> str:
    """A year: what is known, what is missing, what to print."""
    facts = facts_of(db.session(), book)
    return render_template(
        "yearly/page.html",
        book=book,
        facts=facts,
        dues=dues_said(facts),
        officers=[officer_line(held) for held in by_person(facts.officers)],
        planned=services.totals(book, actual=False),
        actual=services.totals(book, actual=True),
        missing=_missing(book, facts),
        may_edit=may(YearlyAction.EDIT, book),
    )


def _missing(book: YearBook, facts: YearFacts) -> list[tuple[str, str]]:
    """What a funder will ask for and that nobody noted."""
    write, papers, figures = (url_for(f"yearly.{name}", book_id=book.id) for name in ("words", "papers", "figures"))
    planned = services.totals(book, actual=False)
    body = url_for("bodies.page", body_id=book.body_id)
    asked = [
        (
            not book.body.siret,
            _("Le SIRET : toute subvention le demande."),
            body,
        ),
        (
            not facts.is_local and not book.body.rna,
            _("Le numéro RNA : il est sur le récépissé de la déclaration."),
            body,
        ),
        (
            facts.is_local and not facts.origin.registration,
            _("L’inscription au registre du tribunal : volume et folio."),
            body,
        ),
        (not (book.body.address or facts.origin.seat), _("L’adresse du siège."), body),
        (not book.moral or not book.activity, _("Le rapport moral et le rapport d’activité."), write),
        (not book.lines, _("Le budget et les comptes en résumé."), figures),
        (
            bool(book.lines) and planned.result != 0,
            _("Un budget en équilibre : charges et produits prévus diffèrent."),
            figures,
        ),
        (
            bool(book.lines) and planned.charges_in_kind != planned.income_in_kind,
            _("Des contributions en nature égales des deux côtés : les comptes 86 et 87 prévus diffèrent."),
            figures,
        ),
        (book.contract_signed_on is None, _("La date du contrat d’engagement républicain."), papers),
        (
            book.contract_signed_on is not None and not book.informed_how,
            _("Comment les membres sont informés du contrat d’engagement républicain."),
            papers,
        ),
        (
            not book.insurer,
            _("L’assurance : les prêts de salle la demandent presque toujours."),
            papers,
        ),
        (
            bool(book.insurer) and book.insured_until is not None and book.insured_until < book.ends_on,
            _("Une assurance qui couvre toute l’année : celle qui est notée finit avant."),
            papers,
        ),
    ]
    return [(sentence, url) for is_missing, sentence, url in asked if is_missing]


@blueprint.route("/<int:book_id>/rapports", methods=["GET", "POST"])
@requires(YearlyAction.EDIT, on=queries.book_by_id)
def words(book: YearBook) -> Page:
    """Write the reports."""
    number, form = book.id, WordsForm()
    if not form.is_submitted():
        form.show(book)
    elif form.validate():
        command = form.command()
        with writing() as session:
            services.write_words(session, _again(number), command, by=actor(), at=clock.now())
        flash(_("Les rapports sont enregistrés."), "done")
        return redirect(url_for("yearly.page", book_id=number))
    fresh = _again(number)
    return _answer("yearly/words.html", form, book=fresh, facts=facts_of(db.session(), fresh))


@blueprint.route("/<int:book_id>/papiers", methods=["GET", "POST"])
@requires(YearlyAction.EDIT, on=queries.book_by_id)
def papers(book: YearBook) -> Page:
    """Note the republican contract and the insurance."""
    number, form = book.id, PapersForm()
    if not form.is_submitted():
        form.show(book)
    elif form.validate():
        command = form.command()
        try:
            with writing() as session:
                services.note_papers(session, _again(number), command, by=actor(), at=clock.now())
        except EditConflict:
            raise
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(_("C’est noté."), "done")
            return redirect(url_for("yearly.page", book_id=number))
    return _answer("yearly/papers.html", form, book=_again(number))


@blueprint.route("/<int:book_id>/chiffres", methods=["GET", "POST"])
@requires(YearlyAction.EDIT, on=queries.book_by_id)
def figures(book: YearBook) -> Page:
    """Note the budget and the accounts, heading by heading."""
    number = book.id
    wrong: dict[str, str] = {}
    typed = {
        f"{what}-{one.heading}": "" if value is None else f"{value:.2f}".replace(".", ",")
        for one in book.lines
        for what, value in (("planned", one.planned), ("actual", one.actual))
    } | {f"note-{one.heading}": one.note for one in book.lines}
    if request.method == "POST":
        typed = {name: text.strip() for name, text in request.form.items()}
        told, wrong = _read(typed)
        if not wrong:
            revision = whole(typed.get("revision"))
            with writing() as session:
                services.note_figures(session, _again(number), told, revision=revision, by=actor(), at=clock.now())
            flash(_("Les chiffres sont notés."), "done")
            return redirect(url_for("yearly.page", book_id=number))
    fresh = _again(number)
    shown = render_template(
        "yearly/figures.html",
        book=fresh,
        sides=[(_("Charges"), CHARGES), (_("Produits"), INCOME)],
        headings=HEADINGS,
        typed=typed,
        wrong=wrong,
        known=_known(db.session(), fresh),
    )
    return (shown, 422) if wrong else shown


def _known(session: Session, book: YearBook) -> list[tuple[str, Decimal]]:
    """What the other rooms already count, to be copied by whoever keeps the accounts."""
    facts = facts_of(session, book)
    cash = sum((one.cash for one in facts.aids if one.year == book.year), Decimal(0))
    kind = sum((one.in_kind or Decimal(0) for one in facts.aids if one.year == book.year), Decimal(0))
    told = [
        (_("Cotisations reçues (compte 75)"), facts.dues),
        (_("Dons reçus (compte 75)"), facts.gifts),
        (_("Aides de collectivités, en argent (compte 74)"), cash),
        (_("Aides de collectivités, en nature (comptes 86 et 87)"), kind),
        (_("Contributions volontaires valorisées (comptes 86 et 87)"), facts.value),
    ]
    return [(label, amount) for label, amount in told if amount]


def _read(typed: dict[str, str]) -> tuple[dict[Heading, services.Figure], dict[str, str]]:
    """The figures as typed, and what is no amount."""
    told, wrong = {}, {}
    for heading in Heading:
        amounts: list[Decimal | None] = []
        for what in ("planned", "actual"):
            name = f"{what}-{heading.value}"
            try:
                amounts.append(_amount(typed.get(name, "")))
            except BadAmount as error:
                wrong[name] = str(error.sentence)
                amounts.append(None)
        told[heading] = services.Figure(amounts[0], amounts[1], typed.get(f"note-{heading.value}", ""))
    return told, wrong


def _amount(raw: str) -> Decimal | None:
    amount = read_amount(raw)
    if amount is not None and abs(amount) >= _MOST:
        raise BadAmount(_l("Un montant est un nombre positif, plus petit qu’un milliard."))
    return amount


def _to_print(session: Session, book_id: int, document: str) -> YearBook | None:
    return queries.book_by_id(session, book_id) if document in NAMES else None


def _aid_of(book: YearBook) -> int:
    """The aid that the address names, if it is one of that year to that association; else 404."""
    wanted = whole(request.args.get("aide"))
    if wanted and wanted not in {one.id for one in queries.aids_received(db.session(), book.body_id, {book.year})}:
        abort(404)
    return wanted


@blueprint.get("/<int:book_id>/<string:document>.pdf")
@requires(YearlyAction.VIEW, on=_to_print)
def document(book: YearBook) -> Response:
    """One of the papers."""
    name = str((request.view_args or {})["document"])
    content = print_paper(yearly_paper(db.session(), book, name, aid_id=_aid_of(book), at=clock.now()))
    found = Response(content, mimetype="application/pdf")
    shown = "telecharger" not in request.args
    found.headers["Content-Disposition"] = disposition(f"{name}-{book.year}.pdf", inline=shown)
    return found
