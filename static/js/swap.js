/* A GET form with `data-swap="#id"` replaces that part of the page by the answer's; without this it loads the page. */

let latest = 0;
const typed = (form) => new URLSearchParams(new FormData(form)).toString();

async function swap(form, button) {
  const address = new URL(form.action);
  const asked = typed(form);
  address.search = new URLSearchParams(new FormData(form, button)).toString();
  const turn = ++latest;
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.querySelector(form.dataset.swap);
  if (!part) throw new Error(`no part, status ${answer.status}`);
  if (turn !== latest) return;
  if (typed(form) !== asked) {
    // Somebody types on: the part holds the form, and the answer would take back what stands there now.
    form.addEventListener("focusout", () => swap(form).catch(() => form.submit()), { once: true });
    return;
  }
  const { id, selectionStart, selectionEnd } = document.activeElement ?? {};
  document.querySelector(form.dataset.swap).replaceWith(part);
  if (id) goOn(document.getElementById(id), selectionStart, selectionEnd);
  history.replaceState(null, "", answer.url); // where a redirect led
}

/* What was marked stays marked: the next letter takes its place and does not stand beside it. */
function goOn(field, from, to) {
  field?.focus({ preventScroll: true });
  if (Number.isInteger(from)) field?.setSelectionRange?.(from, to);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-swap]")) return;
  event.preventDefault();
  swap(form, event.submitter).catch(() => form.submit());
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-swap]") && form.checkValidity()) form.requestSubmit();
});
