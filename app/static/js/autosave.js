// Saves the answers of a page of questions as they are given, and says so when it cannot; the button does the same
// without script.

import { contents } from "./guard.js";

const WAIT = 900;
const AGAIN = 15_000;
const PATIENCE = 20_000;

/** Watch the form of every `data-autosave-region`. */
export function autosaveForms(root = document) {
  for (const region of root.querySelectorAll("[data-autosave-region]")) {
    const form = region.querySelector("form");
    if (form && window.fetch) {
      watch(form, region.querySelector("[data-autosave-said]"));
    }
  }
}

function watch(form, said) {
  let timer = null; // until the next save
  let running = null; // the save under way: one after the other, or our own answers would meet as two people's
  let failed = false;
  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };
  const save = async (last = false) => {
    clearTimeout(timer);
    timer = null;
    if (running) {
      soon(WAIT);
      return;
    }
    const sent = contents(form);
    running = send(form, last);
    const told = await running;
    running = null;
    failed = !told.saved;
    if (told.saved) {
      form.dispatchEvent(new CustomEvent("kept", { detail: sent }));
    }
    if (timer === null) {
      said.textContent = told.sentence ?? said.dataset[told.without]; // typed since: « enregistré » would not be true
      if (told.again) {
        soon(AGAIN);
      }
    }
  };
  form.addEventListener("input", () => {
    said.textContent = "";
    soon(WAIT);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = null;
    if (running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      running.then(() => form.requestSubmit(event.submitter));
    }
  });
  window.addEventListener("online", () => failed && save());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" ? failed : timer !== null) {
      save(true);
    }
  });
}

/** Send all answers; gives whether they are saved, and what to say: a sentence, or the name of one of the page. */
async function send(form, last, renewed = false) {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Enregistrement": "auto", Accept: "application/json" },
      keepalive: last,
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
      return await taken(form, answer);
    }
    if (answer.status === 400 && !renewed) {
      await renew(form);
      return await send(form, last, true);
    }
    if (answer.status === 401) {
      return { saved: false, without: "withoutSession" };
    }
    if (answer.status === 403 || answer.status === 404) {
      return { saved: false, without: "withoutLeave" };
    }
    return { saved: false, without: "withoutAnswer", again: true };
  } catch {
    return { saved: false, without: "withoutNetwork", again: true };
  }
}

async function taken(form, answer) {
  const told = await answer.json();
  form.elements.shown.value = told.shown;
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
  }
  for (const id of Object.keys(told.errors)) {
    document.getElementById(id)?.setAttribute("aria-invalid", "true");
  }
  return told;
}

/** Who signed in again since has another mark against forged forms: take the one of the page as it is now. */
async function renew(form) {
  const page = await fetch(window.location.href);
  const found = new DOMParser().parseFromString(await page.text(), "text/html");
  form.elements.csrf_token.value = found.querySelector("[name=csrf_token]").value;
}
