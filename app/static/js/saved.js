// Keeps « enregistré il y a … » true while the page stays open.

const STEPS = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", Infinity],
];

/** Rewrite each `time[data-saved]` now, and every half minute. */
export function keepSavedTimes(root = document) {
  const times = [...root.querySelectorAll("time[data-saved][data-saved-words]")];
  if (times.length === 0) {
    return;
  }
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
  const say = () => times.forEach((time) => tell(time, words));
  say();
  setInterval(say, 30_000);
}

function tell(time, words) {
  let ago = Math.max(1, Math.round((Date.now() - Date.parse(time.dateTime)) / 1000));
  for (const [unit, size] of STEPS) {
    if (ago < size) {
      time.textContent = time.dataset.savedWords.replace("…", words.format(-ago, unit));
      return;
    }
    ago = Math.round(ago / size);
  }
}
