/* The room of a consultation: a look before entering, then the call. */

import * as devices from "./consultation/devices.js";
import { Call } from "./consultation/call.js";
import { refusal } from "./consultation/line.js";

const facts = JSON.parse(document.getElementById("room-facts").textContent);
const { words } = facts;
const skew = facts.now - Date.now(); // our server's clock, not that of the machine
const byId = (id) => document.getElementById(id);
const [form, lobby] = ["enter", "lobby"].map(byId);

let stream = null;
let isDark = false;
let quiet = () => {};

/* --- Waiting for the hour ------------------------------------------------------------------- */
const countdown = byId("countdown");
if (countdown) {
  const inWords = (seconds) => {
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
    const two = (number) => String(number).padStart(2, "0");
    return hours >= 48 ? "" : `${hours ? `${hours}:` : ""}${two(minutes)}:${two(Math.floor(seconds % 60))}`;
  };
  const tick = () => {
    const left = (facts.opens - Date.now() - skew) / 1000;
    if (left > 0 && inWords(left)) countdown.textContent = words.opensIn.replace("%s", inWords(left));
    if (left > 0) return;
    clearInterval(timer);
    countdown.textContent = words.isOpen;
    for (const button of form.querySelectorAll("button[disabled]")) button.disabled = false;
  };
  const timer = setInterval(tick, 1000);
  countdown.setAttribute("aria-live", "off"); // a clock is looked at, not read out each second
  tick();
}

/* --- Camera, microphone, speaker ------------------------------------------------------------ */
function mark(id, state, sentence) {
  const row = byId(id);
  row.dataset.state = state;
  row.querySelector("[data-word]").textContent = sentence;
}

async function tryDevices(choice = {}) {
  if (!devices.isSupported()) return show("unsupported");
  byId("dark-words").textContent = words.asking;
  quiet();
  devices.close(stream);
  const found = await devices.open(choice);
  stream = found.stream;
  await show(found.why);
}

async function show(why) {
  const [video, audio] = [stream?.getVideoTracks()[0], stream?.getAudioTracks()[0]];
  byId("preview").srcObject = video ? stream : null;
  byId("dark").hidden = Boolean(video);
  byId("dark-words").textContent = why && !video ? words[why] : words.cameraOff;
  mark("check-camera", video ? "ok" : "bad", video ? words.cameraWorks : words.cameraOff);
  mark("check-microphone", audio ? "ok" : "bad", audio ? words.microphoneWorks : words.microphoneOff);
  if (!stream) return;
  quiet = devices.measure(stream, (level) => {
    byId("level").value = level;
    if (level > 0.15) mark("check-microphone", "ok", words.microphoneHeard);
  });
  const { cameras, microphones } = await devices.list();
  devices.fill(byId("camera"), cameras, video?.getSettings().deviceId, words.camera);
  devices.fill(byId("microphone"), microphones, audio?.getSettings().deviceId, words.microphone);
  byId("pickers").hidden = !(video || audio);
}

if (facts.isOurs) {
  byId("try").addEventListener("click", () => tryDevices());
  for (const id of ["camera", "microphone"]) {
    byId(id).addEventListener("change", () =>
      tryDevices({ camera: byId("camera").value, microphone: byId("microphone").value }),
    );
  }
  byId("play").addEventListener("click", async () => {
    await devices.play();
    byId("played").textContent = words.soundPlayed;
  });
  if (!devices.isSupported()) show("unsupported");
  /* Who has allowed it before sees herself at once; nobody is asked before she presses. */
  else navigator.permissions?.query({ name: "camera" }).then(({ state }) => state === "granted" && tryDevices(), () => {});
}

/* --- Entering -------------------------------------------------------------------------------- */
async function enter(resume = "") {
  const body = new FormData(form);
  if (resume) body.set("resume", resume);
  const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) throw await refusal(answer);
  return answer.json();
}

/* Beside its field what belongs to a field, above the button the rest. */
function complain(error) {
  for (const old of form.querySelectorAll("[data-refused]")) old.remove();
  for (const [name, sentences] of Object.entries(error.fields ?? {})) {
    const input = form.querySelector(`[name="${name}"]`);
    if (!input?.closest(".field")) continue;
    const place = document.createElement("p");
    Object.assign(place, { className: "field__error", id: `${input.id}_refused`, textContent: sentences.join(" ") });
    place.dataset.refused = "";
    input.closest(".field").append(place);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", place.id);
    input.focus();
  }
  const rest = byId("enter-error");
  const isSaid = Boolean(form.querySelector("[data-refused]"));
  rest.hidden = isSaid;
  rest.textContent = isSaid ? "" : (error.status && error.message) || words.tryAgain;
}

async function begin(isAgain = false) {
  const way = await enter();
  quiet();
  if (!isDark && !stream && devices.isSupported()) ({ stream } = await devices.open());
  if (isDark) for (const track of stream?.getVideoTracks() ?? []) (track.stop(), stream.removeTrack(track));
  stream ??= new globalThis.MediaStream();
  lobby.hidden = true;
  const over = (code) => ended(code);
  new Call({ facts, way, stream, skew, over, renew: () => enter(way.key) }).open(isAgain);
}

function ended(code) {
  devices.close(stream);
  stream = null;
  const sentence = { taken_over: "takenOver", room_closed: "closed", has_left: "hasLeft" }[code] ?? "stopped";
  byId("call-body").hidden = true;
  byId("ended").hidden = false;
  byId("ended-words").textContent = words[sentence];
  byId("again").hidden = code === "room_closed";
  byId("ended").focus();
}

form?.addEventListener("submit", async (event) => {
  if (!facts.isOurs) return; // a meeting elsewhere: the page comes back with its address
  event.preventDefault();
  if (!devices.isSupported()) return complain({ status: 1, message: words.unsupported });
  isDark = event.submitter?.name === "dark";
  const buttons = form.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  event.submitter?.setAttribute("aria-busy", "true");
  try {
    await begin();
  } catch (error) {
    complain(error);
  } finally {
    for (const button of buttons) (button.disabled = false), button.removeAttribute("aria-busy");
  }
});

byId("again")?.addEventListener("click", async () => {
  try {
    await begin(true);
  } catch {
    location.reload();
  }
});
