/* A GET form with `data-swap="#id"` replaces that part of the page by the answer's; without this it loads the page. */

let latest = 0;

async function swap(form, button) {
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form, button)).toString();
  const turn = ++latest;
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.querySelector(form.dataset.swap);
  if (!part) throw new Error(`no part, status ${answer.status}`);
  if (turn !== latest) return;
  const focused = document.activeElement?.id;
  document.querySelector(form.dataset.swap).replaceWith(part);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  history.replaceState(null, "", address);
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
