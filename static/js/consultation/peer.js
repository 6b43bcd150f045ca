/* From browser to browser: “perfect negotiation”. When both speak at once the polite one takes back hers.
   https://developer.mozilla.org/docs/Web/API/WebRTC_API/Perfect_negotiation */

const MEASURED_EVERY = 3000;
const PATIENCE = 5000; // before a broken way is looked for anew

export class Peer {
  /* send(body), show(stream), state(word) and nudge() are called back. */
  constructor({ stream, ice, polite, send, show, state, nudge }) {
    Object.assign(this, { polite, send, state });
    this.pc = new RTCPeerConnection({ iceServers: ice });
    this.isOffering = false;
    this.ignores = false;
    this.heard = Promise.resolve();
    this.remote = new MediaStream();
    this.pc.onnegotiationneeded = () => this.#offer();
    this.pc.onicecandidate = ({ candidate }) => send({ candidate });
    this.pc.onconnectionstatechange = () => this.#changed();
    this.pc.oniceconnectionstatechange = () => this.pc.iceConnectionState === "failed" && this.pc.restartIce();
    this.pc.ontrack = ({ track }) => {
      this.remote.addTrack(track);
      show(this.remote);
    };
    /* A word over this channel makes the other side ask our server at once. */
    this.channel = this.pc.createDataChannel("nudge", { negotiated: true, id: 0 });
    this.channel.onmessage = nudge;
    for (const track of stream.getTracks()) this.pc.addTrack(track, stream);
    /* Who offers asks for picture and sound also where she has none to give. */
    if (!polite) for (const kind of ["audio", "video"]) this.#want(kind, stream);
    this.timer = setInterval(() => this.#measure(), MEASURED_EVERY);
  }

  nudge() {
    if (this.channel.readyState === "open") this.channel.send("!");
  }

  close() {
    clearInterval(this.timer);
    clearTimeout(this.patience);
    this.pc.close();
  }

  /* Another camera, or the first one: in the place of what was there. */
  async use(track, stream) {
    const isIt = ({ sender, receiver }) => (sender.track ?? receiver.track).kind === track.kind;
    const place = this.pc.getTransceivers().find((one) => isIt(one) && !one.stopped);
    if (!place) return void this.pc.addTrack(track, stream);
    await place.sender.replaceTrack(track);
    if (place.direction === "recvonly") place.direction = "sendrecv";
    if (place.direction === "inactive") place.direction = "sendonly";
  }

  /* One after the other: they come in batches, and what is ignored is decided by what came before. */
  hear(body) {
    this.heard = this.heard.then(() => this.#hear(body));
    return this.heard;
  }

  async #hear({ description, candidate }) {
    try {
      if (description) await this.#described(description);
      else if (candidate !== undefined) await this.pc.addIceCandidate(candidate ?? undefined);
    } catch (error) {
      if (!this.ignores && this.pc.signalingState !== "closed") console.error(error);
    }
  }

  async #offer() {
    try {
      this.isOffering = true;
      await this.pc.setLocalDescription();
      this.send({ description: this.pc.localDescription });
    } finally {
      this.isOffering = false;
    }
  }

  async #described(description) {
    const isCollision = description.type === "offer" && (this.isOffering || this.pc.signalingState !== "stable");
    this.ignores = !this.polite && isCollision;
    if (this.ignores) return;
    await this.pc.setRemoteDescription(description);
    if (description.type !== "offer") return;
    await this.pc.setLocalDescription();
    this.send({ description: this.pc.localDescription });
  }

  #want(kind, stream) {
    if (!stream.getTracks().some((track) => track.kind === kind)) this.pc.addTransceiver(kind, { direction: "recvonly" });
  }

  #changed() {
    const now = this.pc.connectionState;
    clearTimeout(this.patience);
    if (now === "connected") this.state("good");
    if (now === "connecting") this.state("connecting");
    if (now === "failed") this.state("failed");
    if (now === "disconnected") {
      this.state("lost");
      this.patience = setTimeout(() => this.pc.restartIce(), PATIENCE);
    }
  }

  /* From how long the way takes and how much gets lost on it. */
  async #measure() {
    if (this.pc.connectionState !== "connected") return;
    let trip = 0, lost = 0, came = 0;
    for (const one of (await this.pc.getStats()).values()) {
      if (one.type === "candidate-pair" && one.nominated) trip = one.currentRoundTripTime ?? 0;
      if (one.type === "inbound-rtp") [lost, came] = [lost + one.packetsLost, came + one.packetsReceived];
    }
    const [newLost, newCame] = [lost - (this.lost ?? 0), came - (this.came ?? 0)];
    [this.lost, this.came] = [lost, came];
    const share = newLost > 0 ? newLost / (newLost + newCame) : 0;
    if (this.pc.connectionState === "connected") this.state(share > 0.05 || trip > 0.5 ? "weak" : "good");
  }
}
