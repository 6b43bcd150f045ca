/* A journey on the screen follows by itself, less and less often while nothing is new. Reload does the same. */

const place = document.querySelector("[data-live]");
const SOON = 10_000, LATE = 120_000;
let pause = SOON, waiting;

function again() {
  clearTimeout(waiting);
  if (place.querySelector("[data-over]")) return;
  waiting = setTimeout(() => look().catch(() => {}).finally(again), pause);
  pause = Math.min(pause * 1.5, LATE);
}

async function look() {
  if (document.visibilityState !== "visible") return;
  const shown = place.querySelector("[data-v]");
  const answer = await fetch(`${place.dataset.live}?v=${encodeURIComponent(shown.dataset.v)}`, {
    headers: { "X-Requested-With": "fetch" },
  });
  if (answer.status === 404) return location.reload(); // shared no more
  if (answer.status !== 200 || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-v]");
  if (!fresh || shown.contains(document.activeElement)) return; // nobody loses what she is about to press
  shown.replaceWith(fresh);
  document.getElementById("ride-said").textContent = fresh.dataset.said;
  pause = SOON;
  offerCopy();
}

/* Copying asks for a script; the digits can be marked without. */
function offerCopy() {
  const button = document.querySelector("[data-copy-code]");
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector("[data-code]").dataset.code);
    const words = button.querySelector("[data-words]");
    words.textContent = words.dataset.words;
  });
}

offerCopy();
if (place) {
  again();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    pause = SOON;
    look().catch(() => {}).finally(again);
  });
}
