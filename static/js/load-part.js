/* `data-load="address" data-part="#id"`: that part of another page takes this place; what stands here stays
   when it cannot be read. */

async function load(place) {
  const answer = await fetch(place.dataset.load, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.querySelector(place.dataset.part);
  if (part) place.replaceChildren(part);
}

for (const place of document.querySelectorAll("[data-load]")) load(place).catch(() => {});
