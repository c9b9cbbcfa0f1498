"""What a browser sends when somebody presses the button of a form without typing anything."""

from __future__ import annotations

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = ""
        self._area = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        match tag:
            case "form":
                self._inside = True
            case "input" if self._inside and name and given.get("type") in {"checkbox", "radio"}:
                if "checked" in given:
                    self.found[name] = value or "on"
            case "input" if self._inside and name:
                self.found[name] = value
            case "select":
                self._select = name
            case "option" if self._select and ("selected" in given or self._select not in self.found):
                self.found[self._select] = value
            case "textarea":
                self._area = name
                self.found[name] = ""

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._inside = False
            case "select":
                self._select = ""
            case "textarea":
                text = self.found[self._area].removeprefix("\r\n").removeprefix("\n")
                self.found[self._area] = text.replace("\r\n", "\n").replace("\n", "\r\n")
                self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data


def filled(page: str) -> dict[str, str]:
    """Return the fields of the forms in the main part of a page, as they stand."""
    reader = _Reader()
    reader.feed(page.partition("<main")[2].partition("</main>")[0])
    return reader.found
