"""Real lists are read for what they are; hostile ones are refused with a sentence that helps."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.documents.archive import pack, unpack
from app.documents.errors import UnreadableFile
from app.documents.sheets import Limits, Remark, read_sheet
from app.documents.tables import TableSheet, write_csv, write_ods, write_xlsx

DATA = Path(__file__).parents[1] / "data" / "sheets"
CREATED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def refused(content: bytes, name: str = "liste.csv", **options: object) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(content, name, **options)  # type: ignore[arg-type]
    for lang in ("fr", "en", "de"):
        assert "{" not in caught.value.sentence(lang)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "encoding", "separator", "rows", "columns", "remarks"),
    [
        ("cd44-subventions-extrait.csv", "utf-8", ";", 25, 18, {}),
        ("cd49-conventions-extrait.csv", "utf-8", ";", 18, 16, {}),
        ("cd49-subventions-extrait.csv", "utf-8", ";", 25, 7, {}),
        ("cd53-2018-12-extrait.xlsx", "", "", 30, 15, {}),
        ("cd72-2017-extrait.xlsx", "", "", 30, 5, {"ragged": 6}),
        ("cd72-2018-latin1-extrait.csv", "cp1252", ";", 25, 9, {}),
        ("cd85-2017-cp1252.csv", "cp1252", ",", 24, 14, {"ragged": 23}),
        ("cd85-2018-cp1252-extrait.csv", "cp1252", ",", 20, 14, {"ragged": 17, "trailing-separators": 1}),
        ("cd85-2019-01-virgule-decimale-non-quotee.csv", "utf-8", ",", 7, 14, {"ragged": 6}),
        ("dated_twinnings.csv", "utf-8", ";", 31, 9, {}),
        ("montpellier-2013-extrait.csv", "utf-8", ";", 25, 8, {}),
        ("montpellier-archives-extrait.utf16le.txt", "utf-16", ";", 43, 3, {"replaced-letters": 1, "merged-lines": 1}),
        ("normandie-scdl-extrait.csv", "utf-8", ",", 11, 5, {}),
        ("scdl-exemple-colonne-dupliquee-latin1.csv", "cp1252", ",", 30, 15, {}),
        ("scdl-exemple-valide.csv", "utf-8", ",", 30, 16, {}),
        ("wide-adjacency-extrait.csv", "utf-8", ",", 15, 67, {}),
        ("wikipedia-pairs-extrait.csv", "utf-8", ",", 40, 4, {}),
    ],
)
def test_real_lists_are_understood(
    name: str, encoding: str, separator: str, rows: int, columns: int, remarks: dict[str, int]
) -> None:
    found = read_sheet((DATA / name).read_bytes(), name)

    assert (found.understood.encoding, found.understood.separator) == (encoding, separator)
    assert (len(found.rows), len(found.header)) == (rows, columns)
    assert Counter(remark.code for remark in found.remarks) == remarks


def test_each_kind_of_real_list_is_covered() -> None:
    assert len(list(DATA.glob("*.csv")) + list(DATA.glob("*.txt")) + list(DATA.glob("*.xlsx"))) == 17


def test_letters_that_windows_hid_are_put_right() -> None:
    found = read_sheet((DATA / "montpellier-archives-extrait.utf16le.txt").read_bytes())
    said = "".join(cell for row in found.rows for cell in row.cells)

    assert not {char for char in said if "\x80" <= char < "\xa0"}
    assert any("\n" in row.cells[1] for row in found.rows)


def test_a_line_is_named_by_where_it_starts() -> None:
    found = read_sheet(b'nom;note\n"a\nb";1\n\nc;2;trop\n')

    assert [row.line for row in found.rows] == [1, 2, 5]
    assert found.remarks == (Remark(code="ragged", line=5, values=(("width", 3), ("expected", 2))),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_usual_encoding_and_separator_is_read(encoding: str, separator: str) -> None:
    text = separator.join(("Commune", "Prénom")) + "\r\n" + separator.join(("Œuilly", "Noël")) + "\r\n"

    found = read_sheet(text.encode(encoding))

    assert [row.cells for row in found.rows] == [("Commune", "Prénom"), ("Œuilly", "Noël")]


def test_a_list_of_one_column_is_a_list() -> None:
    assert [row.cells for row in read_sheet(b"Commune\nLille\nRoubaix\n").rows] == [
        ("Commune",),
        ("Lille",),
        ("Roubaix",),
    ]


def test_codes_dates_and_numbers_of_a_workbook_come_as_they_are_meant() -> None:
    content = workbook(("code", "jour", "somme", "siret"), ("01001", date(2026, 1, 2), 12.5, 35181600000012.0))

    assert read_sheet(content).rows[1].cells == ("01001", "2026-01-02", "12.5", "35181600000012")


def test_formulas_are_told_and_never_worked_out() -> None:
    found = read_sheet(workbook(("a", "b"), ("x", "=1+1")))

    assert Remark(code="formula-empty", line=2, values=(("count", 1),)) in found.remarks
    assert found.rows[1].cells[0] == "x"


def merged_workbook() -> Workbook:
    """A heading over two rows, then a surname and a street merged over two people."""
    book = Workbook()
    page = book.worksheets[0]
    for row in (
        ("Nom", "Prénom", "Adresse", None),
        (None, None, "Rue", "Ville"),
        ("Muller", "Hans", "2 rue Neuve", "Lille"),
        (None, "Gretel", None, "Lille"),
        ("#REF!", "Ida", None, "Lens"),
    ):
        page.append(row)
    for one in ("A1:A2", "B1:B2", "C1:D1", "A3:A4", "C3:C4"):
        page.merge_cells(one)
    return book


def test_what_cells_merged_over_several_rows_say_holds_for_each_of_them_but_for_headings() -> None:
    buffer = io.BytesIO()
    merged_workbook().save(buffer)
    found = read_sheet(buffer.getvalue())
    assert [row.cells[:3] for row in found.rows] == [
        ("Nom", "Prénom", "Adresse"),
        ("", "", "Rue"),
        ("Muller", "Hans", "2 rue Neuve"),
        ("Muller", "Gretel", "2 rue Neuve"),
        ("", "Ida", ""),
    ]
    assert Remark(code="merged-cells", line=4) in found.remarks
    assert Remark(code="error-value", line=5) in found.remarks, "what failed names nobody"


def test_merged_cells_of_libreoffice_say_the_same() -> None:
    rows = [("Nom", "Prénom"), ("Muller", "Hans"), ("", "Gretel")]
    content = write_ods([TableSheet(name="Un", header=rows[0], rows=rows[1:])], created=CREATED)
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name == "content.xml":
                text = part.decode()
                place = text.rindex("<table:table-cell", 0, text.index("Muller"))
                part = f'{text[:place]}<table:table-cell table:number-rows-spanned="2"{text[place + 17 :]}'.encode()
            archive.writestr(name, part)
    found = read_sheet(target.getvalue())
    assert [row.cells for row in found.rows] == [("Nom", "Prénom"), ("Muller", "Hans"), ("Muller", "Gretel")]
    assert Remark(code="merged-cells", line=3) in found.remarks


def test_the_mail_address_that_a_cell_leads_to_is_told_beside_it() -> None:
    book = Workbook()
    book.active.append(["Nom", "E-mail"])
    book.active.append(["Muller", "Écrire"])
    book.active["B2"].hyperlink = "mailto:hans%2Bclub@exemple.fr?subject=Bonjour&body=Cher"
    book.active["A2"].hyperlink = "https://exemple.fr/"
    buffer = io.BytesIO()
    book.save(buffer)
    sheet = TableSheet(name="Un", header=("Nom", "E-mail"), rows=[("Muller", "Écrire")])
    parts = unpack(write_ods([sheet], created=CREATED))
    shown, link = "Écrire".encode(), '<text:a xlink:href="mailto:hans+club@exemple.fr">Écrire</text:a>'.encode()
    parts["content.xml"] = parts["content.xml"].replace(shown, link)
    root = b"<office:document-content "
    parts["content.xml"] = parts["content.xml"].replace(root, root + b'xmlns:xlink="http://www.w3.org/1999/xlink" ')
    for content in (buffer.getvalue(), pack(parts, stored=("mimetype",))):
        (row,) = read_sheet(content).records
        assert (row.cells, row.links) == (("Muller", "Écrire"), ((1, "hans+club@exemple.fr"),))


def test_a_sheet_is_chosen_by_name() -> None:
    sheets = [TableSheet(name=name, header=(name,), rows=[("x",)]) for name in ("Un", "Deux")]
    for content in (write_xlsx(sheets, created=CREATED), write_ods(sheets, created=CREATED)):
        assert read_sheet(content).understood.sheets == ("Un", "Deux")
        assert read_sheet(content, sheet="Deux").header == ("Deux",)
        assert refused(content, sheet="Trois") == "no-such-sheet"


def test_what_is_no_list_is_refused() -> None:
    assert refused(b"") == "empty-file"
    assert refused(b"\xef\xbb\xbf\r\n") == "empty-file"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "old-excel"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")) == "protected-file"
    assert refused(b"%PDF-1.7") == "not-a-list"
    assert refused(bytes(range(1, 256)) * 20) == "not-a-list"
    assert refused(b"nothing", "liste.xlsx") == "broken-file"
    assert refused(b"PK\x03\x04 cut") == "broken-file"
    assert refused(pack({"word/document.xml": b"<a/>"})) == "not-a-list"
    assert refused(b"a;b\n" * 50, limits=Limits(rows=10)) == "too-many-rows"
    assert refused(b"a;b\n" * 50, limits=Limits(size=10)) == "file-too-big"
    assert refused(b";".join([b"x"] * 400)) == "too-many-columns"
    assert refused(b"a;b\n" + b"x" * 40_000 + b";y\n") == "cell-too-long"
    assert refused(b"a;b\n" + b"x" * 200_000 + b";y\n") == "cell-too-long"


@pytest.mark.parametrize(
    ("below", "line", "start"),
    [
        (b'"x;1\n' + b"y;2\n" * 5, 2, "x;1"),
        (b'x;1\ny;2\n"z;3\nlast;4\n', 4, "z;3"),
        (b'x;1\n"z;3', 3, "z;3"),
        (b'x;1\n"Unclosed;IT\nPaimpol;"After"\ny;2\n', 3, "Unclosed;IT"),
        (b'"two\nlines";"z\ny;2\n', 3, "z"),
        (b'"x;1\n' + b"y;2\n" * 70_000, 2, "x;1"),
        (b'c;d\r\n"x;1\r\n' + b"y;2\r\n" * 9, 3, "x;1"),
    ],
)
def test_a_quote_that_nobody_closed_is_named_with_its_line(below: bytes, line: int, start: str) -> None:
    with pytest.raises(UnreadableFile) as found:
        read_sheet((b"a;b\r\n" if b"\r\n" in below else b"a;b\n") + below)
    assert found.value.code == "unclosed-quote"
    assert (found.value.values["line"], found.value.values["start"]) == (line, start)
    assert f"Ligne {line} : le guillemet" in found.value.sentence("fr").replace("\N{NO-BREAK SPACE}", " ")


def test_quotes_that_are_letters_and_cells_of_several_lines_are_read() -> None:
    read = read_sheet(b'a;b\n"Le ""Phare""\n29200 Brest";1\n5" pipe;2\n"Hotel" du Port;3\n')
    assert [row.cells[0] for row in read.rows[1:]] == ['Le "Phare"\n29200 Brest', '5" pipe', "Hotel du Port"]


def test_bombs_are_not_unpacked() -> None:
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(310):  # a little more than is ever unpacked
            part.write(b" " * 1024**2)
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
    parts = unpack(workbook(("a",)))

    assert refused(bomb.getvalue()) == "suspect-archive"
    assert refused(pack({**parts, "xl/worksheets/sheet1.xml": entity})) == "suspect-archive"
    assert refused(pack({f"xl/{number}.bin": b"" for number in range(2100)} | parts)) == "suspect-archive"


def test_a_sheet_that_pretends_to_be_huge_is_read_for_what_it_holds() -> None:
    parts = unpack(workbook(("a", "b"), ("1", "2")))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')

    assert len(read_sheet(pack(parts)).rows) == 2
    repeated = write_ods([TableSheet(name="x", header=("a",), rows=[("b",)])], created=CREATED)
    parts = unpack(repeated)
    row = b"<table:table-row>"
    parts["content.xml"] = parts["content.xml"].replace(
        row, b'<table:table-row table:number-rows-repeated="9999999">', 2
    )
    assert refused(pack(parts, stored=("mimetype",))) == "too-many-rows"


def test_a_broken_workbook_is_refused_and_not_an_error() -> None:
    parts = unpack(workbook(("a",)))
    parts["xl/worksheets/sheet1.xml"] = (
        b"<worksheet><sheetData><row><c t='s'><v>999</v></c></row></sheetData></worksheet>"
    )
    assert refused(pack(parts)) in {"broken-file", "empty-file"}
    del parts["xl/worksheets/sheet1.xml"]
    assert refused(pack(parts)) in {"broken-file", "empty-file"}


LIST = TableSheet(
    name="Aides : 2026 [essai]",
    header=("Nom", "Montant", "Jour", "Moment"),
    rows=[
        ("=cmd|' /C calc'!A0", Decimal("1450.50"), date(2026, 1, 2), datetime(2026, 1, 2, 9, 30, tzinfo=UTC)),
        ('Œuvre  « double »\nligne 2; "citée"', -3, None, None),
        ("@SUM(1)", None, None, None),
        ("01001", Decimal("-0.05"), None, None),
    ],
)


def test_what_we_write_is_what_we_read_and_no_cell_is_a_formula() -> None:
    for content, amount in (
        (write_csv(LIST), "1450,50"),
        (write_xlsx([LIST], created=CREATED), "1450.5"),
        (write_ods([LIST], created=CREATED), "1450.50"),
    ):
        found = read_sheet(content)
        assert found.header == LIST.header
        assert [row.cells[0] for row in found.records] == [row[0] for row in LIST.rows]
        assert found.rows[1].cells[1:] == (amount, "2026-01-02", "2026-01-02 09:30")
        assert not [remark for remark in found.remarks if remark.code == "formula"]
    assert b"'=cmd" in write_csv(LIST)
    assert b"<f>" not in unpack(write_xlsx([LIST], created=CREATED))["xl/worksheets/sheet1.xml"]


def test_the_same_list_gives_the_same_bytes() -> None:
    for write in (write_xlsx, write_ods):
        assert write([LIST], created=CREATED) == write([LIST], created=CREATED)
        names = [LIST, LIST]
        assert len(set(read_sheet(write(names, created=CREATED)).understood.sheets)) == 2


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850", "utf-8"])
@pytest.mark.parametrize("names", ["BÉCÉ;Zoé;Église", "LEFÈVRE;Anaïs;Orléans", "MÜLLER;Jürgen;Köln"])
def test_the_writing_of_old_machines_is_found_by_its_letters(encoding: str, names: str) -> None:
    content = f"Nom;Prénom;Ville\r\n{names}\r\n".encode(encoding)
    assert [row.cells for row in read_sheet(content).rows] == [("Nom", "Prénom", "Ville"), tuple(names.split(";"))]
