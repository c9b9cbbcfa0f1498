// Everything here is a comfort: each page works without it.
import { autosaveForms } from "./autosave.js";
import { guardForms } from "./guard.js";
import { enhanceComboboxes } from "./combobox.js";
import { enhanceCopies } from "./copy.js";
import { keepSavedTimes } from "./saved.js";

autosaveForms(); // before the guard: a button pressed while a page saves itself is pressed again after
guardForms();
enhanceComboboxes();
enhanceCopies();
keepSavedTimes();
document.querySelector("[data-focus]")?.focus({ preventScroll: true });
