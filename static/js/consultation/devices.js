/* Camera, microphone and speaker of this machine: asked for, shown, measured. */

export const isSupported = () =>
  Boolean(globalThis.RTCPeerConnection && navigator.mediaDevices?.getUserMedia && globalThis.MediaStream);

/* Why a browser gave nothing, as a name of one of our sentences. */
const REASONS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: "user" };
const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const exact = (constraints, id) => (id ? { ...constraints, facingMode: undefined, deviceId: { exact: id } } : constraints);

/* Both; where one of them is missing or taken, the other alone. `why` says what is missing. */
export async function open({ camera = "", microphone = "", dark = false } = {}) {
  const video = dark ? false : exact(VIDEO, camera);
  const audio = exact(AUDIO, microphone);
  const tries = dark ? [{ audio }] : [{ video, audio }, { video }, { audio }];
  let why = "";
  for (const wish of tries) {
    try {
      return { stream: await navigator.mediaDevices.getUserMedia(wish), why };
    } catch (error) {
      why ||= REASONS[error.name] ?? "busy";
      if (why === "refused") break;
    }
  }
  return { stream: new MediaStream(), why };
}

export function close(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

export async function list() {
  const found = await navigator.mediaDevices.enumerateDevices();
  return {
    cameras: found.filter((one) => one.kind === "videoinput" && one.deviceId),
    microphones: found.filter((one) => one.kind === "audioinput" && one.deviceId),
  };
}

export function fill(select, devices, chosen, word) {
  select.replaceChildren(
    ...devices.map((one, at) => new Option(one.label || `${word} ${at + 1}`, one.deviceId, false, one.deviceId === chosen)),
  );
}

/* How loud the microphone is, ten times a second, from 0 to 1. Returns what stops it. */
export function measure(stream, say) {
  if (!stream.getAudioTracks().length) return () => {};
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getByteTimeDomainData(samples);
    const power = samples.reduce((sum, one) => sum + ((one - 128) / 128) ** 2, 0) / samples.length;
    say(Math.min(1, Math.sqrt(power) * 4));
  }, 100);
  return () => {
    clearInterval(timer);
    if (context.state !== "closed") context.close();
  };
}

/* Two notes through the speaker. */
export async function play() {
  const context = new AudioContext();
  await context.resume();
  for (const [at, pitch] of [523, 659].entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const begin = context.currentTime + at * 0.35;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + 0.3);
  }
  setTimeout(() => context.close(), 1200);
}
