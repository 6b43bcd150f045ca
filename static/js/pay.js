/* Waits for the word of the bank, and shows how long something is kept. Pages work without it. */

const wait = document.querySelector("[data-wait]");
const STEPS = [2, 2, 3, 3, 5, 5, 10]; // seconds between two questions

async function look(count, before) {
  let state = before;
  try {
    const answer = await fetch(wait.dataset.wait, { headers: { Accept: "application/json" } });
    if (answer.ok) ({ state } = await answer.json());
  } catch {
    // The next question may get through.
  }
  if (state !== before) return location.assign(wait.dataset.go || location.pathname);
  setTimeout(() => look(count + 1, state), 1000 * STEPS[Math.min(count, STEPS.length - 1)]);
}
if (wait) look(0, wait.dataset.state);

for (const time of document.querySelectorAll("[data-until]")) {
  const until = Date.parse(time.dateTime);
  const tell = () => {
    const left = Math.max(0, Math.round((until - Date.now()) / 1000));
    time.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (!left) location.reload();
    else setTimeout(tell, 1000);
  };
  if (until > Date.now() && until - Date.now() < 36e5) tell();
}
