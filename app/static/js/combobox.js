// Turns a plain search field into a list of suggestions (ARIA 1.2 combobox).
//
// <input name="place" data-combobox="/lieux/recherche" data-combobox-into="place_id" data-combobox-said="Propositions : %d">
// The address answers `?q=` with a JSON list of {value, label, detail}; the chosen value goes into the field
// that `data-combobox-into` names. Free text stays possible: typing again empties that field.

const WAIT = 200;
const SHORTEST = 2;
let serial = 0;

/** Enhance every `input[data-combobox]`. */
export function enhanceComboboxes(root = document) {
  for (const input of root.querySelectorAll("input[data-combobox]")) {
    new Combobox(input);
  }
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.into = input.dataset.comboboxInto ? input.form?.elements[input.dataset.comboboxInto] : null;
    this.found = [];
    this.at = -1;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${(serial += 1)}`;
    this.said = document.createElement("p");
    this.build();
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
  }

  build() {
    const label = this.input.labels?.[0]?.textContent.trim() ?? ""; // a field out of the page has no label any more
    const frame = document.createElement("div");
    frame.className = "combobox";
    this.input.replaceWith(frame);
    this.list.className = "combobox-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label);
    this.list.hidden = true;
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    frame.append(this.input, this.list, this.said);
    this.input.removeAttribute("list");
    this.input.autocomplete = "off";
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
  }

  typed() {
    if (this.into) {
      this.into.value = "";
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const words = this.input.value.trim();
    if (words.length < SHORTEST) {
      this.close();
      return;
    }
    this.pending?.abort();
    this.pending = new AbortController();
    const address = new URL(this.input.dataset.combobox, document.baseURI);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: this.pending.signal, headers: { Accept: "application/json" } });
      if (answer.ok) {
        const told = await answer.json();
        this.show(Array.isArray(told) ? told : (told.results ?? []));
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        this.close(); // without the network the field is a plain one
      }
    }
  }

  show(found) {
    this.found = found;
    this.at = -1;
    this.list.replaceChildren(...found.map((one, rank) => this.option(one, rank)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.said.textContent = (this.input.dataset.comboboxSaid ?? "%d").replace("%d", found.length);
  }

  option(one, rank) {
    const line = document.createElement("li");
    line.id = `${this.list.id}-${rank}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.textContent = one.label;
    if (one.detail) {
      const detail = document.createElement("span");
      detail.className = "combobox-detail";
      detail.textContent = one.detail;
      line.append(" ", detail);
    }
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // keep the focus in the field
      this.choose(rank);
    });
    return line;
  }

  pressed(event) {
    if (event.key === "Escape") {
      this.close();
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.found.length > 0) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.point((this.at + step + this.found.length) % this.found.length);
    }
  }

  point(rank) {
    this.at = rank;
    [...this.list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === rank)));
    const line = this.list.children[rank];
    line.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", line.id);
  }

  choose(rank) {
    const one = this.found[rank];
    this.input.value = one.label;
    if (this.into) {
      this.into.value = one.value;
      this.into.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.found = [];
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
