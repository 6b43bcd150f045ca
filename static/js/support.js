/* Comforts of tickets; every form works without them. */

/* Answers that may make the ticket needless, while the subject is typed. */
const opening = document.querySelector("[data-suggest]");
if (opening) {
  const place = opening.querySelector("[data-suggestions]");
  const subject = opening.querySelector("[name=subject]");
  let waiting, asked = "";
  const look = async () => {
    const words = subject.value.trim();
    if (words.length < 3 || words === asked) return;
    asked = words;
    const answer = await fetch(`${opening.dataset.suggest}?q=${encodeURIComponent(words)}`);
    if (answer.ok && asked === words) place.innerHTML = await answer.text();
  };
  subject.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => look().catch(() => {}), 400);
  });
  look().catch(() => {});

  document.getElementById("solved-it")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { submitter, target } = event;
    const row = submitter.closest("[data-suggestion]");
    const send = { method: "POST", body: new FormData(target), headers: { "X-Requested-With": "fetch" } };
    try {
      const answer = await fetch(submitter.formAction, send);
      if (!answer.ok) throw new Error(answer.status);
      row.outerHTML = await answer.text();
      place.querySelector("[data-focus]")?.focus();
    } catch {
      target.action = submitter.formAction;
      target.submit();
    }
  });

  /* Where somebody is matters in an emergency only. */
  const queue = opening.querySelector("[name=queue]");
  const parts = opening.querySelectorAll("[data-emergency]");
  const show = () => parts.forEach((part) => (part.hidden = queue.value !== "emergency"));
  queue.addEventListener("change", show);
  show();
}

for (const form of document.querySelectorAll("[data-quick-send]")) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=answer]") ?? undefined);
  });
}

/* The desk: colleagues see that this page is open and what is begun in it; the draft survives the page. */
const desk = document.querySelector("[data-beat]");
if (desk) {
  const words = desk.querySelector("[name=words]");
  const token = desk.querySelector("[name=csrfmiddlewaretoken]").value;
  let isSent = false;
  const beat = async (isLast = false) => {
    const body = new URLSearchParams({ words: words.value, csrfmiddlewaretoken: token });
    const answer = await fetch(desk.dataset.beat, { method: "POST", body, keepalive: isLast });
    if (!isLast && answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-others]");
      const shown = document.querySelector("[data-others]");
      if (fresh && fresh.textContent !== shown.textContent) shown.replaceWith(fresh);
    }
  };
  const quietly = (isLast) => beat(isLast).catch(() => {});
  setInterval(() => document.visibilityState === "visible" && quietly(), 20_000);
  let waiting;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(quietly, 1500);
  });
  desk.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(waiting);
  });
  addEventListener("pagehide", () => isSent || quietly(true));
}
