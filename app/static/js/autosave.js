// Saves the answers of a page of questions as they are given; the page's own button does the same without script.

const WAIT = 900;

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
  let timer = null;
  let running = null;
  let wanted = false;
  let stuck = false; // what was typed last could not be saved
  let leaving = false;
  const save = async (last) => {
    clearTimeout(timer);
    timer = null;
    if (running && !last) {
      wanted = true;
      return;
    }
    wanted = false;
    running = send(form, last).then(({ saved, sentence, without }) => {
      running = null;
      stuck = !saved;
      if (wanted) {
        save(false);
      } else if (timer === null) {
        say(sentence ?? said?.dataset[without]); // with a later answer still to be sent, « enregistré » would not be true
      }
    });
  };
  const say = (sentence) => {
    if (said) {
      said.textContent = sentence ?? "";
    }
  };
  form.addEventListener("input", () => {
    say("");
    clearTimeout(timer);
    timer = setTimeout(() => save(false), WAIT);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = null;
    wanted = false;
    leaving = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("online", () => {
    if (stuck) {
      save(false);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (stuck && !leaving) {
      event.preventDefault();
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer !== null) {
      save(true);
    }
  });
  window.addEventListener("pagehide", () => {
    if (timer !== null) {
      save(true);
    }
  });
}

/** Send all answers; gives whether they are saved, and what to say of it: a sentence, or the name of one of the page. */
async function send(form, last) {
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Enregistrement": "auto", Accept: "application/json" },
      keepalive: last,
    });
  } catch {
    return { saved: false, without: "withoutNetwork" }; // nothing is lost: the next try sends it all again
  }
  if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) {
    return { saved: false, without: "withoutLeave" }; // signed out, or refused: the button will say so
  }
  const told = await answer.json();
  for (const name of ["seen", "shown"]) {
    if (told[name]) {
      form.elements[name].value = told[name];
    }
  }
  return told;
}
