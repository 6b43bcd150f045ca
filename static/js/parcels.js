/* Ticks of the pick list are kept at once; without this a button keeps them. */
for (const form of document.querySelectorAll("[data-picks]")) {
  const said = form.querySelector("[data-picks-said]");
  const button = form.querySelector("[data-picks-save]");
  if (!said || !button) continue;
  button.hidden = true;
  let sending = Promise.resolve();
  const keep = async () => {
    const send = { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } };
    try {
      const answer = await fetch(form.action, send);
      if (answer.status !== 204) throw new Error(answer.status);
      said.textContent = said.dataset.words;
    } catch {
      said.textContent = said.dataset.failed;
      button.hidden = false;
    }
  };
  form.addEventListener("change", () => (sending = sending.then(keep))); // in the order of the ticks
}
