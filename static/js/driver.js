/* What a driver presses is kept in this phone until it has arrived, in its order; each press has its key, so
   one that is sent twice counts once. Without script the forms are plain forms. */

const main = document.querySelector("[data-drive]");
const NAME = `nakil-${main?.dataset.drive}`;
const EDGE = 1280;
const FIRST_PAUSE = 4000, LONGEST_PAUSE = 60_000;
let pause = FIRST_PAUSE, isSending = false, waiting;

const kept = () => JSON.parse(localStorage.getItem(NAME) ?? "[]");
const keep = (list) => (list.length ? localStorage.setItem(NAME, JSON.stringify(list)) : localStorage.removeItem(NAME));

/* Small enough for the storage of a browser and for a bad line. */
async function small(file) {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, EDGE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.72);
}

async function pressOf(form, button) {
  const fields = [], photos = [];
  for (const [name, value] of new FormData(form, button)) {
    if (name === "csrfmiddlewaretoken" || name === "at") continue;
    if (value instanceof File) {
      if (value.size) photos.push([name, await small(value)]);
    } else fields.push([name, value]);
  }
  fields.push(["at", new Date().toISOString()]);
  const label = button?.textContent.trim() && button.name ? button.textContent.trim() : form.dataset.label;
  return { url: form.getAttribute("action"), fields, photos, label, at: Date.now() };
}

function bodyOf(press) {
  const body = new FormData();
  for (const [name, value] of press.fields) body.append(name, value);
  for (const [name, value] of press.photos) body.append(name, blobOf(value), "photo.jpg");
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  return body;
}

function blobOf(dataUrl) {
  const bytes = atob(dataUrl.slice(dataUrl.indexOf(",") + 1));
  return new Blob([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });
}

/* The first of the row. It is off our hands when this ends without an error; says what was refused. */
async function send(press) {
  const headers = { "X-Requested-With": "fetch" };
  const answer = await fetch(press.url, { method: "POST", body: bodyOf(press), headers });
  if (answer.redirected || answer.status === 403 || answer.status >= 500) throw new Error(answer.status);
  if (answer.status === 422) return (await answer.json()).refused;
  if (!answer.ok && answer.status !== 404) throw new Error(answer.status);
  return "";
}

async function flush() {
  if (isSending) return;
  isSending = true;
  clearTimeout(waiting);
  try {
    let sent = 0, refused = "";
    while (kept().length) {
      refused = (await send(kept()[0])) || refused;
      keep(kept().slice(1));
      sent += 1;
      pause = FIRST_PAUSE;
      show();
    }
    if (sent) await refresh();
    if (refused) refuse(refused); // after it, so that nobody types into a form that is about to go
  } catch {
    waiting = setTimeout(flush, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
  isSending = false;
  show();
}

/* The next step, as the server knows it. */
async function refresh() {
  const answer = await fetch(main.dataset.page, { headers: { "X-Requested-With": "fetch" } });
  if (answer.status !== 200) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("drive-now");
  if (!fresh) return location.reload();
  document.getElementById("drive-now").replaceWith(fresh);
  offerPlace();
  main.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

function refuse(words) {
  const box = main.querySelector("[data-refused]");
  box.hidden = false;
  box.querySelector("[data-refused-words]").textContent = words;
}

function show() {
  const list = kept();
  const box = main.querySelector("[data-waiting]");
  box.hidden = !list.length;
  const count = box.querySelector("[data-waiting-count]");
  count.textContent = list.length === 1 ? count.dataset.one : count.dataset.many.replace("{n}", list.length);
  box.querySelector("[data-waiting-list]").replaceChildren(
    ...list.map((press) => {
      const line = document.createElement("li");
      const time = new Date(press.at).toLocaleTimeString("tr-TR", { hour: "2-digit", minute: "2-digit" });
      line.textContent = `${time} ${press.label}`;
      return line;
    }),
  );
  document.querySelector("[data-offline]").hidden = navigator.onLine;
}

/* Where she is, only when she presses, and only for the event she is about to tell. */
function offerPlace() {
  const button = main.querySelector("[data-locate]");
  if (!button || !navigator.geolocation) return;
  const words = button.querySelector("span");
  button.hidden = false;
  button.addEventListener("click", () => {
    const found = ({ coords }) => {
      const { latitude, longitude } = button.form.elements;
      latitude.value = coords.latitude.toFixed(5);
      longitude.value = coords.longitude.toFixed(5);
      words.textContent = words.dataset.found;
    };
    const failed = () => (words.textContent = words.dataset.failed);
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15_000 });
  });
}

async function press(form, button) {
  const made = await pressOf(form, button);
  keep([...kept(), made]); // throws when the phone is full; then the form goes its usual way
  form.reset();
  form.querySelector("[name=key]").value = crypto.randomUUID();
  for (const name of ["latitude", "longitude"]) form.querySelector(`[name=${name}]`).value = "";
  main.querySelector("[data-refused]").hidden = true;
  show();
  await flush();
}

main?.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("[data-queue]") || !crypto.randomUUID) return;
  event.preventDefault();
  if (!complete(form)) return;
  press(form, button).catch(() => {
    const sent = document.createElement("input");
    Object.assign(sent, { type: "hidden", name: button?.name ?? "", value: button?.value ?? "" });
    if (sent.name) form.append(sent);
    form.submit();
  });
});

/* What is missing is said at once: nobody has to wait for a line to hear of it. */
function complete(form) {
  form.noValidate = false;
  const isComplete = form.reportValidity();
  form.noValidate = true;
  return isComplete;
}

if (main) {
  offerPlace();
  show();
  flush();
  addEventListener("online", () => {
    pause = FIRST_PAUSE;
    flush();
  });
  addEventListener("offline", show);
}
