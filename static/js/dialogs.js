/* Links marked data-dialog lead to a page with one form. Here that form opens over the page instead, and an
   error comes back into it. When anything goes wrong, the link or the form goes its plain way. */

const dialog = document.createElement("dialog");
dialog.className = "dialog";
dialog.setAttribute("aria-labelledby", "dialog-title");
document.body.append(dialog);
let address = "";

async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = page.querySelector("[data-dialog-body]");
  if ((!answer.ok && answer.status !== 422) || !body) throw new Error(`no form, status ${answer.status}`);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "icon-button dialog__x";
  close.dataset.dialogClose = "";
  close.append(document.querySelector("#panel-sheet .icon-button .icon")?.cloneNode(true) ?? "×");
  dialog.replaceChildren(close, body);
  if (!dialog.open) dialog.showModal();
  (body.querySelector("[aria-invalid]") ?? body.querySelector("input:not([type=hidden]), select, button"))?.focus();
}

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target === dialog || target.closest?.("dialog [data-dialog-close]")) {
    event.preventDefault();
    return dialog.close();
  }
  const link = target.closest?.("a[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  document.querySelector(".menu:popover-open")?.hidePopover();
  address = link.href;
  fetch(address).then(show).catch(() => location.assign(address));
});

dialog.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.submitter?.getAttribute("aria-busy") || form.dataset.plain) return;
  event.preventDefault();
  event.submitter?.setAttribute("aria-busy", "true");
  fetch(address, { method: "POST", body: new FormData(form) })
    .then((answer) => (answer.redirected ? location.assign(answer.url) : show(answer)))
    .catch(() => {
      form.dataset.plain = "yes";
      form.action = address;
      form.submit();
    });
});
