/* The call itself: who is there, the picture, the buttons, what is written beside it. */

import * as devices from "./devices.js";
import { Line } from "./line.js";
import { Peer } from "./peer.js";

const byId = (id) => document.getElementById(id);

export class Call {
  constructor({ facts, way, stream, skew, over, renew }) {
    Object.assign(this, { facts, way, stream, skew, over, renew, words: facts.words });
    this.peer = null;
    this.peerKey = null;
    this.theirs = { audio: true, video: true };
    this.state = "connecting";
    this.off = new AbortController(); // ends all listeners of this call at once
  }

  open() {
    byId("call").hidden = false;
    byId("call-body").hidden = false;
    byId("ended").hidden = true;
    byId("lines").replaceChildren();
    byId("own").srcObject = this.stream;
    this.#controls();
    this.#tick();
    this.timer = setInterval(() => this.#tick(), 1000);
    this.line = new Line(this.facts, this.way, {
      hear: (news) => this.#hear(news),
      fall: (code) => this.#fall(code),
      offline: (isOffline) => this.#offline(isOffline),
      renew: this.renew,
    });
    this.#on(globalThis, "pagehide", () => this.line.leave());
    byId("mute").focus();
  }

  #on(target, name, act) {
    target.addEventListener(name, act, { signal: this.off.signal });
  }

  /* --- Who is there ---------------------------------------------------------------------------- */
  #hear(news) {
    this.ends = news.ends;
    this.closes = news.closes;
    if ((news.peer?.key ?? null) !== this.peerKey) this.#meet(news.peer);
    this.name = news.peer?.name || this.name;
    this.isHere = news.isHere;
    for (const one of news.signals) if (one.from === this.peerKey) this.#signalled(one.body);
    for (const one of news.messages) this.#say(one);
    this.#draw();
  }

  /* A new connection over there: everything between the two begins anew. */
  #meet(peer) {
    this.#part();
    this.peerKey = peer?.key ?? null;
    this.wasThere ||= Boolean(peer);
    this.theirs = { audio: true, video: true };
    if (!peer) return;
    const { key } = peer;
    this.peer = new Peer({
      stream: this.stream,
      ice: this.way.ice,
      polite: this.facts.side === "owner",
      send: (body) => this.line.signal(key, body),
      show: (remote) => (byId("remote").srcObject = remote),
      state: (word) => ((this.state = word), this.#draw()),
      nudge: () => this.line.now(),
    });
    this.state = "connecting";
    this.#tellMine();
  }

  #part() {
    this.peer?.close();
    this.peer = null;
    byId("remote").srcObject = null;
  }

  #signalled(body) {
    if (body.mine) this.theirs = body.mine;
    else this.peer?.hear(body);
  }

  #tellMine() {
    const is = (tracks) => tracks.some((track) => track.enabled && track.readyState === "live");
    const mine = { audio: is(this.stream.getAudioTracks()), video: is(this.stream.getVideoTracks()) };
    if (this.peerKey) this.line.signal(this.peerKey, { mine });
    byId("own-frame").hidden = !mine.video;
    this.#press("mute", !mine.audio, mine.audio ? this.words.muteOn : this.words.muteOff);
    this.#press("darken", !mine.video, mine.video ? this.words.darkOn : this.words.darkOff);
  }

  #press(id, isPressed, label) {
    byId(id).setAttribute("aria-pressed", String(isPressed));
    byId(id).querySelector("span").textContent = label;
  }

  /* --- What is seen ----------------------------------------------------------------------------- */
  #draw() {
    const { words } = this;
    const isThere = Boolean(this.peerKey);
    const isLive = isThere && ["good", "weak"].includes(this.state);
    const named = (sentence) => sentence.replace("%s", this.name ?? "");
    let wait = isThere ? `${named(words.here)}. ${words[this.state] ?? ""}` : words.waiting;
    if (!isThere && this.wasThere) wait = words.gone;
    if (isThere && !this.isHere) wait = named(words.away);
    if (isLive && !this.theirs.video) wait = `${named(words.here)}, ${words.peerDark}.`;
    this.#put("wait-words", wait);
    byId("wait").hidden = isLive && this.theirs.video;
    const notes = [this.name, words[this.state], this.theirs.audio ? "" : words.peerMuted];
    this.#put("tag", this.isOffline ? words.offline : notes.filter(Boolean).join(" · "));
    byId("tag").hidden = !isThere && !this.isOffline;
  }

  /* Only what is new: a status is read out each time it is written. */
  #put(id, sentence) {
    if (byId(id).textContent !== sentence) byId(id).textContent = sentence;
  }

  #tick() {
    const now = Date.now() + this.skew;
    const minutes = Math.ceil(((this.ends ?? this.facts.ends) - now) / 60_000);
    const closes = new Date(this.closes ?? this.facts.closes).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const sentence = minutes > 0 ? this.words.left.replace("%s", minutes) : this.words.over.replace("%s", closes);
    this.#put("time-left", sentence);
  }

  #offline(isOffline) {
    this.isOffline = isOffline;
    this.#draw();
  }

  /* --- Buttons ----------------------------------------------------------------------------------- */
  #controls() {
    this.#on(byId("mute"), "click", () => this.#toggle("audio"));
    this.#on(byId("darken"), "click", () => this.#toggle("video"));
    this.#on(byId("flip"), "click", () => this.#flip());
    this.#on(byId("hang-up"), "click", () => this.#fall("has_left"));
    this.#on(byId("write"), "submit", (event) => this.#send(event));
    this.#on(byId("words"), "keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      byId("write").requestSubmit();
    });
    this.#tellMine();
    devices.list().then(({ cameras }) => (byId("flip").hidden = cameras.length < 2), () => {});
  }

  async #toggle(kind) {
    const track = this.stream.getTracks().find((one) => one.kind === kind);
    if (track) track.enabled = !track.enabled;
    else await this.#add(kind);
    this.#tellMine();
  }

  /* Who entered without a camera may take one later. */
  async #add(kind) {
    const found = await devices.open({ dark: kind === "audio" });
    const fresh = found.stream.getTracks().find((one) => one.kind === kind);
    for (const track of found.stream.getTracks()) if (track !== fresh) track.stop();
    if (!fresh) return void (byId("write-note").textContent = this.words[found.why || "none"]);
    this.stream.addTrack(fresh);
    byId("own").srcObject = this.stream;
    await this.peer?.use(fresh, this.stream);
  }

  async #flip() {
    const old = this.stream.getVideoTracks()[0];
    const { cameras } = await devices.list();
    const at = cameras.findIndex((one) => one.deviceId === old?.getSettings().deviceId);
    const next = cameras[(at + 1) % cameras.length];
    if (!next) return;
    old?.stop(); // many phones open one camera at a time
    const found = await navigator.mediaDevices.getUserMedia({ video: { deviceId: { exact: next.deviceId } } });
    if (old) this.stream.removeTrack(old);
    this.stream.addTrack(found.getVideoTracks()[0]);
    await this.peer?.use(found.getVideoTracks()[0], this.stream);
    this.#tellMine();
  }

  #fall(code) {
    if (code === "too_much") return void (byId("write-note").textContent = this.words.tooMuch);
    this.line.leave();
    this.line.close();
    this.off.abort();
    clearInterval(this.timer);
    this.#part();
    byId("own").srcObject = null;
    this.over(code);
  }

  /* --- Beside the picture -------------------------------------------------------------------------- */
  #send(event) {
    event.preventDefault();
    const text = byId("words").value.trim();
    if (!text) return;
    const key = this.line.write(text);
    byId("words").value = "";
    this.#say({ key, text, isMine: true, isWaiting: true });
  }

  /* Our own stands there at once and gets its time when our server has it. */
  #say({ key, text, at, isMine, isWaiting }) {
    const known = byId(`line-${key}`);
    const row = known ?? document.createElement("li");
    const [who, when] = [document.createElement("b"), document.createElement("small")];
    row.id = `line-${key}`;
    row.className = `call__line${isMine ? " call__line--mine" : ""}`;
    when.textContent = ` ${isWaiting ? this.words.notSent : at}`;
    who.append(isMine ? this.words.you : (this.name ?? ""), when);
    row.replaceChildren(who, text);
    if (!known) byId("lines").append(row);
    byId("log").scrollTop = byId("log").scrollHeight;
    if (isMine && !isWaiting) this.peer?.nudge();
  }
}
