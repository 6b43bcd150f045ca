/* The line to our server: one short request after the other, often while something happens, seldom while
   nothing does. What cannot be sent waits and goes with the next one. */

const QUICK = 1000;
const CALM = 3000;
const CALM_AFTER = 15_000; // without anything new
const LONGEST_PAUSE = 8000;
const LONGEST_ANSWER = 10_000;

export class Line {
  /* hear(news), fall(code) and offline(isOffline) are called back; `renew` gets a new key or throws. */
  constructor(facts, way, { hear, fall, offline, renew }) {
    Object.assign(this, { facts, hear, fall, offline, renew });
    this.token = way.token;
    this.signals = [];
    this.messages = [];
    this.to = null;
    this.seen = { signalsAfter: 0, messagesAfter: 0 };
    this.failures = 0;
    this.busySince = Date.now();
    this.isOpen = true;
    this.wake = () => this.now();
    addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.#turn();
  }

  /* Signals are for one connection of the other side; those for an older one are worth nothing any more. */
  signal(to, body) {
    if (to !== this.to) this.signals = [];
    this.to = to;
    this.signals.push(body);
    this.now();
  }

  write(text) {
    const message = { key: crypto.randomUUID(), text };
    this.messages.push(message);
    this.now();
    return message.key;
  }

  now() {
    this.busySince = Date.now();
    if (!this.isOpen || this.isTurning) return void (this.again = true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#turn(), 30);
  }

  close() {
    this.isOpen = false;
    clearTimeout(this.timer);
    removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
  }

  /* Also while the page goes away. */
  leave() {
    if (!this.isOpen) return;
    this.close();
    fetch(this.facts.leave, { ...asked({ token: this.token }), keepalive: true }).catch(() => {});
  }

  async #turn() {
    this.isTurning = true;
    this.again = false;
    const signals = this.signals.splice(0, 50);
    const message = this.messages[0];
    try {
      const body = { token: this.token, ...this.seen, signals, to: this.to, message };
      const answer = await fetch(this.facts.exchange, { ...asked(body), signal: AbortSignal.timeout(LONGEST_ANSWER) });
      if (!answer.ok) throw await refusal(answer);
      const news = await answer.json();
      if (message) this.messages.shift();
      this.#read(news);
    } catch (error) {
      await this.#failed(error, signals);
    } finally {
      this.isTurning = false;
    }
    this.#plan();
  }

  #read(news) {
    if (this.failures >= 2) this.offline(false);
    this.failures = 0;
    this.token = news.token || this.token;
    if (news.signals.length) this.seen.signalsAfter = news.signals.at(-1).id;
    if (news.messages.length) this.seen.messagesAfter = news.messages.at(-1).id;
    if (news.signals.length || news.messages.length) this.busySince = Date.now();
    if (this.isOpen) this.hear(news);
  }

  async #failed(error, signals) {
    if (!this.isOpen) return;
    if (error.code === "token_over") return this.#renewed(signals);
    if (error.code === "too_much") {
      if (this.messages.length) this.messages.shift();
      else this.signals.unshift(...signals);
      this.failures += 1; // a longer pause before the next turn
      return void this.fall("too_much");
    }
    if (error.status && error.status < 500) {
      this.close();
      return void this.fall(error.code);
    }
    this.signals.unshift(...signals);
    this.failures += 1;
    if (this.failures === 2) this.offline(true);
  }

  async #renewed(signals) {
    try {
      this.token = (await this.renew()).token;
      this.signals.unshift(...signals);
      this.again = true;
    } catch (error) {
      if (!error.code) return void (this.failures += 1);
      this.close();
      this.fall(error.code);
    }
  }

  #plan() {
    if (!this.isOpen) return;
    const isCalm = Date.now() - this.busySince > CALM_AFTER;
    const usual = isCalm ? CALM : QUICK;
    const pause = this.failures ? Math.min(LONGEST_PAUSE, QUICK * 2 ** this.failures) : usual;
    const isWaiting = this.again || (!this.failures && (this.messages.length || this.signals.length));
    this.timer = setTimeout(() => this.#turn(), isWaiting ? 30 : pause);
  }
}

export const asked = (body) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  credentials: "omit",
});

export async function refusal(answer) {
  const told = await answer.json().catch(() => ({}));
  return Object.assign(new Error(told.message || answer.statusText), { ...told, status: answer.status });
}
