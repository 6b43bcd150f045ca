/* An appointment dragged on the sheet is moved by the form that its own page has too. A mouse drags; fingers
   scroll, and keyboards open the appointment and choose “Move it”. */

const STEP = 5;
const FRESH = 60_000;
const form = document.getElementById("move");
let held = null;

function columnAt(x, y) {
  return document.elementsFromPoint(x, y).find((one) => one.matches(".sheet__column"));
}

/* Minutes after the first hour of the sheet at which the upper edge of the entry lies. */
function minutesAt(column, y) {
  const box = column.getBoundingClientRect();
  const hour = box.height / Math.round(box.height / hourHeight());
  const minutes = ((y - held.grip - box.top) / hour) * 60;
  return Math.max(0, Math.round(minutes / STEP) * STEP);
}

function hourHeight() {
  return document.querySelector(".sheet__hour").getBoundingClientRect().height;
}

function drop(column, y) {
  const minutes = minutesAt(column, y) + Number(column.closest(".sheet").dataset.first) * 60;
  if (minutes >= 24 * 60) return false;
  const two = (number) => String(number).padStart(2, "0");
  form.action = held.entry.dataset.move;
  form.elements.gun.value = column.dataset.day;
  form.elements.saat.value = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  form.elements.kaynak.value = column.dataset.resource;
  form.submit();
  return true;
}

function letGo() {
  held?.entry.classList.remove("is-dragged");
  if (held) held.entry.style.translate = "";
  for (const column of document.querySelectorAll(".is-target")) column.classList.remove("is-target");
  held = null;
}

addEventListener("pointerdown", (event) => {
  const entry = event.target.closest?.("[data-move]");
  if (!entry || event.pointerType !== "mouse" || event.button) return;
  const box = entry.getBoundingClientRect();
  held = { entry, x: event.clientX, y: event.clientY, grip: event.clientY - box.top, moves: false };
});

addEventListener("pointermove", (event) => {
  if (!held) return;
  const [x, y] = [event.clientX - held.x, event.clientY - held.y];
  if (!held.moves && Math.hypot(x, y) < 6) return;
  held.moves = true;
  held.entry.classList.add("is-dragged");
  held.entry.style.translate = `${x}px ${y}px`;
  for (const column of document.querySelectorAll(".is-target")) column.classList.remove("is-target");
  columnAt(event.clientX, event.clientY)?.classList.add("is-target");
});

addEventListener("pointerup", (event) => {
  if (!held?.moves) return letGo();
  const column = columnAt(event.clientX, event.clientY);
  held.entry.addEventListener("click", (click) => click.preventDefault(), { once: true });
  if (!column || !drop(column, event.clientY)) letGo();
});

addEventListener("pointercancel", letGo);
addEventListener("keydown", (event) => event.key === "Escape" && letGo());
addEventListener("dragstart", (event) => event.target.closest?.("[data-move]") && event.preventDefault());

/* Others work at the same day: once a minute its parts are read anew, except the one somebody is in. */
async function refresh() {
  if (held || document.visibilityState !== "visible") return;
  const answer = await fetch(location.href);
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh && !held && !part.contains(document.activeElement)) part.replaceWith(fresh);
  }
}
setInterval(() => refresh().catch(() => {}), FRESH);
