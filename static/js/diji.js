/* Small comforts; every page works without them. */

const theme = document.querySelector("[data-theme-switch]");
if (theme) {
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const chosen = document.documentElement.dataset.theme;
    const isDark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = localStorage.theme = isDark ? "light" : "dark";
  });
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
