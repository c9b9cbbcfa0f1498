// Asks before leaving a form whose text is not saved, and keeps it from being sent twice.

/** Watch every form that carries `data-guard`. */
export function guardForms(root = document) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    watch(form);
  }
}

function watch(form) {
  let before = form.querySelector("[data-unsaved]") ? "" : contents(form); // a page that holds what was sent, unkept
  let leaving = false;
  form.addEventListener("submit", (event) => {
    if (leaving) {
      event.preventDefault(); // a second press of the same button
      return;
    }
    leaving = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false; // back from the next page: the form may be sent again
  });
  form.addEventListener("kept", (event) => {
    before = event.detail; // what a page that saves itself has sent
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && contents(form) !== before) {
      event.preventDefault();
    }
  });
}

/** What a form holds, but for the marks that pages carry along. */
export function contents(form) {
  const pairs = [...new FormData(form)].filter(([name]) => name !== "csrf_token" && name !== "shown");
  return JSON.stringify(pairs.map(([name, value]) => [name, typeof value === "string" ? value : value.name]));
}
