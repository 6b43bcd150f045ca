/* The search box of the store offers goods, shelves and sellers while somebody types: a combobox with a
   list (ARIA 1.2). Without script the same box sends its words; with it, Enter without a choice does so too. */

const box = document.querySelector("[data-suggest]");
const input = box.querySelector("input");
const list = Object.assign(document.createElement("ul"), { id: "store-suggestions", className: "store-suggest", hidden: true });
const told = Object.assign(document.createElement("p"), { className: "visually-hidden" });
const PAUSE = 150;
const SHORTEST = 2;
let waiting;
let asked;

list.setAttribute("role", "listbox");
list.setAttribute("aria-label", box.querySelector("label").textContent);
told.setAttribute("role", "status");
for (const [name, value] of Object.entries({
  role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
})) input.setAttribute(name, value);
box.append(list, told);

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault(); // the words stay
    return close();
  }
  if (event.key === "Enter" && chosen()) {
    event.preventDefault();
    return location.assign(chosen().dataset.url);
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  if (list.hidden) ask();
  else choose(step);
});

async function ask() {
  const words = input.value.trim();
  if (words.length < SHORTEST) return close();
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  try {
    const answer = await fetch(`${box.dataset.suggest}&q=${encodeURIComponent(words)}`, { signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const found = await answer.json();
    if (!signal.aborted) show(found);
  } catch {
    if (!signal.aborted) close(); // the connection broke: the box still sends its words
  }
}

function show(found) {
  const search = (words) => `${box.dataset.store}?q=${encodeURIComponent(words)}`;
  const meant = found.did_you_mean && { name: box.dataset.meant.replace("%s", found.did_you_mean), url: search(found.did_you_mean) };
  const groups = [
    ["", meant ? [meant] : []],
    [box.dataset.shelves, found.categories],
    [box.dataset.sellers, found.sellers.map(({ code, name }) => ({ name, url: `${box.dataset.store}?seller=${encodeURIComponent(code)}` }))],
    [box.dataset.goods, found.products.map(({ title, url }) => ({ name: title, url }))],
  ];
  list.replaceChildren(...groups.flatMap(([label, rows]) => rows.map((row) => option(row, label))));
  for (const [place, row] of [...list.children].entries()) row.id = `${list.id}-${place}`;
  list.hidden = !list.children.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
  told.textContent = list.hidden ? box.dataset.none : box.dataset.count.replace("%s", list.children.length);
}

function option({ name, url }, label) {
  const row = document.createElement("li");
  row.setAttribute("role", "option");
  row.setAttribute("aria-selected", "false");
  row.dataset.url = url;
  const words = document.createElement("span");
  words.textContent = name;
  row.append(words);
  if (label) {
    const kind = document.createElement("small");
    kind.textContent = label;
    row.append(" ", kind);
  }
  row.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  row.addEventListener("click", () => location.assign(url));
  return row;
}

function choose(step) {
  const rows = [...list.children];
  const place = rows.indexOf(chosen());
  const next = rows[(place + step + (place < 0 && step < 0 ? 1 : 0) + rows.length) % rows.length];
  chosen()?.setAttribute("aria-selected", "false");
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", next.id);
}

function chosen() {
  return list.querySelector('[aria-selected="true"]');
}

/* Whatever is still on its way comes too late. */
function close() {
  clearTimeout(waiting);
  asked?.abort();
  list.hidden = true;
  told.textContent = "";
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
