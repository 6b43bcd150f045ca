/* Small comforts; every page works without them. */

const theme = document.querySelector("[data-theme-switch]");
if (theme) {
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const chosen = document.documentElement.dataset.theme;
    const isDark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = isDark ? "light" : "dark";
    rememberTheme();
  });
}

/* Nothing that is not necessary is stored before the reader says yes (legal/cookies.py). */
function rememberTheme() {
  const { consent, theme } = document.documentElement.dataset;
  const note = document.querySelector("[data-theme-note]");
  if (consent?.includes("preferences")) localStorage.theme = theme;
  else if (note) note.textContent = note.dataset.words;
}

/* The answer to the banner is sent aside; without script, or when that fails, the form goes its usual way. */
const banner = document.querySelector("[data-cookie-banner] form");
banner?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answers = new URLSearchParams(new FormData(banner));
  if (event.submitter) answers.set("answer", event.submitter.value);
  try {
    await fetch(banner.action, { method: "POST", body: answers, redirect: "manual" });
  } catch {
    return banner.submit();
  }
  const kept = document.cookie.match(/(?:^|; )cerez=[^.]+\.\d+\.([a-z-]+)/);
  if (!kept) return banner.submit();
  document.documentElement.dataset.consent = kept[1];
  if (document.documentElement.dataset.theme) rememberTheme();
  document.getElementById("icerik")?.focus({ preventScroll: true });
});

/* The list of clauses marks the one that is read. */
const toc = document.querySelector("[data-toc]");
if (toc) {
  const mark = new IntersectionObserver(
    (seen) => {
      const clause = seen.find((one) => one.isIntersecting)?.target;
      if (!clause) return;
      for (const link of toc.querySelectorAll("a")) link.removeAttribute("aria-current");
      toc.querySelector(`a[href="#${clause.id}"]`)?.setAttribute("aria-current", "location");
    },
    { rootMargin: "-20% 0px -70%" },
  );
  for (const clause of document.querySelectorAll(".clause")) mark.observe(clause);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

/* A link to an answer opens it, also one inside a closed answer. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const answer = target?.closest("details");
  if (answer && !answer.open) {
    answer.open = true;
    target.scrollIntoView();
  }
}
openTarget();
addEventListener("hashchange", openTarget);

/* On paper everything is open. */
addEventListener("beforeprint", () => {
  for (const answer of document.querySelectorAll("details:not([open])")) {
    answer.dataset.closed = "";
    answer.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const answer of document.querySelectorAll("details[data-closed]")) {
    answer.open = false;
    delete answer.dataset.closed;
  }
});

/* A password can be looked at before it is sent. */
for (const input of document.querySelectorAll("input[data-show]")) {
  const button = document.createElement("button");
  const label = () => (button.textContent = input.type === "password" ? input.dataset.show : input.dataset.hide);
  button.type = "button";
  button.className = "reveal";
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    label();
  });
  input.form?.addEventListener("submit", () => (input.type = "password"));
  label();
  input.after(button);
}

/* After a refused form, what is missing is read first. */
document.querySelector("[data-focus]")?.focus();

/* One press is one order: a second click while the answer is on its way does nothing. */
addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented) return;
  if (button.getAttribute("aria-busy")) event.preventDefault();
  button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
});

/* Who has read about maintenance closes its bar, until something about it changes. */
for (const button of document.querySelectorAll("[data-upkeep-close]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const bar = button.closest("[data-upkeep]");
    const closed = document.cookie.match(/(?:^|; )bakim=([\w.-]*)/)?.[1].split(".").slice(-9) ?? [];
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `bakim=${[...closed, bar.dataset.upkeep].join(".")}; Path=/; SameSite=Lax${secure}`;
    bar.remove();
    document.getElementById("icerik")?.focus({ preventScroll: true });
  });
}
