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
  const save = async (last) => {
    clearTimeout(timer);
    timer = null;
    if (running && !last) {
      wanted = true;
      return;
    }
    wanted = false;
    running = send(form, last).then((sentence) => {
      running = null;
      if (wanted) {
        save(false);
      } else if (timer === null) {
        say(sentence); // with a later answer still to be sent, « enregistré » would not be true
      }
    });
  };
  const say = (sentence) => {
    if (said && sentence !== null) {
      said.textContent = sentence;
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

/** Send all answers; gives what to say of it, null when there is nothing new to say. */
async function send(form, last) {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Enregistrement": "auto", Accept: "application/json" },
      keepalive: last,
    });
    if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) {
      return null; // signed out, or refused: the button will say so
    }
    const told = await answer.json();
    if (told.seen) {
      form.elements.seen.value = told.seen;
    }
    return told.sentence ?? null;
  } catch {
    return null; // without the network nothing is lost: the button sends it all again
  }
}
