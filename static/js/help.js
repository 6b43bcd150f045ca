/* The help centre in place: votes without leaving the answer, and the word that a hit was opened.
   Every form works without this; the script asks the same address for the fragment only. */

async function sendInPlace(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fragment = page.querySelector("[data-vote]");
  if (!fragment) throw new Error(`no fragment, status ${answer.status}`);
  form.closest("[data-vote]").replaceWith(fragment);
  fragment.querySelector("[aria-invalid], [data-focus]")?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-in-place]")) return;
  event.preventDefault();
  const { submitter } = event;
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  sendInPlace(form, submitter).catch(() => {
    // The connection or the answer broke: go the plain way, which shows what there is to say.
    form.removeAttribute("data-in-place");
    form.ariaBusy = null;
    form.requestSubmit(submitter);
  });
});

/* Sent beside the click; the way to the answer is not longer by it. */
document.addEventListener("click", (event) => {
  const hit = event.target.closest?.("[data-hit] a");
  const list = hit?.closest("[data-query]");
  if (!list) return;
  const data = new FormData();
  data.append("q", list.dataset.query);
  data.append("page", hit.closest("[data-hit]").dataset.hit);
  navigator.sendBeacon(list.dataset.click, data);
});

/* A link to an answer that is not among the first of its category leads to the answer itself. */
const answers = document.querySelector("[data-answers]")?.dataset.answers;
const wanted = decodeURIComponent(location.hash.slice(1));
if (answers && /^[a-z0-9-]+$/.test(wanted) && !document.getElementById(wanted)) {
  location.replace(answers.replace(/x\/$/, `${wanted}/`));
}
