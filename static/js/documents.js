/* Comforts of the list of documents; everything works without them. */

const form = document.querySelector("[data-selection]");
if (form) {
  const ticks = [...form.querySelectorAll("[name=belge]")];
  const all = form.querySelector("[data-all]");
  const count = form.querySelector("[data-count]");
  const sum = form.querySelector("[data-sum]");
  const nothing = count.textContent;
  const lang = document.documentElement.lang;
  const lira = new Intl.NumberFormat(lang, { style: "currency", currency: "TRY", currencyDisplay: "narrowSymbol" });
  const words = { tr: (n) => `${n} belge seçili`, en: (n) => `${n} selected` };
  const tell = () => {
    const chosen = ticks.filter((tick) => tick.checked);
    const kurus = chosen.reduce((total, tick) => total + Math.round(Number(tick.dataset.amount) * 100), 0);
    count.textContent = chosen.length ? (words[lang] ?? words.en)(chosen.length) : nothing;
    sum.textContent = chosen.length ? lira.format(kurus / 100) : "";
    all.checked = chosen.length === ticks.length;
    all.indeterminate = chosen.length > 0 && !all.checked;
    form.classList.toggle("has-selection", chosen.length > 0);
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = all.checked;
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}

/* While files are being made, the part that shows them is asked for again; a hidden page waits. */
const place = document.querySelector("[data-bundles]");
const look = async () => {
  if (!place.querySelector("[data-open]")) return;
  if (!document.hidden) {
    const answer = await fetch(place.dataset.bundles);
    if (answer.ok) place.innerHTML = await answer.text();
    place.querySelector("[data-reload]")?.remove();
  }
  setTimeout(() => look().catch(() => {}), 2000);
};
if (place) setTimeout(() => look().catch(() => {}), 1000);
