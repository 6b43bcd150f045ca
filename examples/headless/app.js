// A front end on the content API alone. `?api=` names the installation; the rest is in the address after #.
import { blocks, element, link } from "./blocks.js";

const here = new URL(location);
const API = (here.searchParams.get("api") || "http://127.0.0.1:8000").replace(/\/$/, "");
const main = document.querySelector("main");
const WORDS = {
  tr: { help: "Yardım", search: "Ara", label: "Yanıtlarda ara", none: "Uygun yanıt bulunamadı.", lost: "Burada bir şey yok.",
    broken: "Şu an yanıt alınamıyor. Biraz sonra yeniden dene.", draft: "Taslak önizlemesi", found: "Arama", menu: "Menü", skip: "İçeriğe geç",
    store: "Mağaza", from: "en az", in_stock: "Stokta", few: "Son %", sold_out: "Tükendi", more: "Daha fazla", empty: "Rafta bir şey yok." },
  en: { help: "Help", search: "Search", label: "Search the answers", none: "No answer fits.", lost: "There is nothing here.",
    broken: "No answer right now. Try again in a while.", draft: "Preview of a draft", found: "Search", menu: "Menu", skip: "Skip to content",
    store: "Store", from: "from", in_stock: "In stock", few: "Only % left", sold_out: "Sold out", more: "More", empty: "The shelf is empty." },
};

class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

// The browser keeps each answer with its ETag and asks again by itself.
async function ask(path, query = {}) {
  const url = new URL(`${API}/api/content/v2/${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const answer = await fetch(url, { credentials: "omit", headers: { Accept: "application/json" } });
  const data = await answer.json();
  if (!answer.ok) throw new Refused(answer.status, data.message);
  return data;
}

const route = () => {
  const [language, view = "", rest = ""] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { language: WORDS[language] ? language : "tr", view, rest };
};
const to = (...parts) => `#/${parts.map(encodeURIComponent).join("/")}`;
const words = () => WORDS[route().language];

const views = {
  async ""({ language }) {
    const [home] = (await ask("pages/", { type: "home.HomePage", locale: language, fields: "*" })).items;
    if (!home) throw new Refused(404);
    return { title: home.hero_title, nodes: [lead(home.summary), ...blocks(home.body),
      element("p", {}, link(to(language, "help"), words().help), " · ", link(to(language, "store"), words().store))] };
  },
  async help({ language }) {
    const help = await ask("faq/", { locale: language, fields: "summary" });
    return { title: words().help, nodes: help.categories.flatMap((shelf) =>
      [element("h2", {}, shelf.title), list(language, shelf.questions)]) };
  },
  // A list is kept by browsers for a minute; stock is asked for by itself, a hundred products at once.
  async store({ language, rest }) {
    const list = await ask("store/products/", { locale: language, limit: 12, ...(rest && { cursor: rest }) });
    const ids = list.items.map((one) => one.id).join();
    const stock = ids ? (await ask("store/availability/", { ids })).items : [];
    const more = list.meta.next_cursor;
    return { title: words().store, nodes: [
      list.items.length ? element("ul", { class: "goods" }, ...list.items.map((one) => good(one, stock))) : lead(words().empty),
      ...(more ? [element("p", {}, link(to(language, "store", more), words().more))] : []),
    ] };
  },
  async search({ language, rest }) {
    const found = await ask("pages/", { type: "faq.QuestionPage", locale: language, search: rest, limit: 20 });
    const questions = found.items.map((item) => ({ title: item.title, slug: item.meta.slug }));
    return { title: `${words().found}: ${rest}`, nodes: [questions.length ? list(language, questions) : lead(words().none)] };
  },
  async answer({ language, rest }) {
    const query = { type: "faq.QuestionPage", locale: language, slug: rest, fields: "*" };
    const [page] = (await ask("pages/", query)).items;
    if (!page) throw new Refused(404);
    return answer(page);
  },
};

// Drafts: the editor's preview opens us with a token. Nothing of it is kept.
async function draft(token) {
  const page = await ask("page_preview/", { token });
  const shown = answer(page);
  shown.language = page.meta.locale;
  shown.nodes.unshift(element("p", { class: "notice draft" }, WORDS[page.meta.locale].draft));
  return shown;
}

function good(one, stock) {
  const level = stock.find(({ id }) => id === one.id) || { state: "sold_out" };
  const lira = new Intl.NumberFormat(route().language, { style: "currency", currency: one.price?.currency || "TRY" });
  const price = one.price ? `${one.price_from ? `${words().from} ` : ""}${lira.format(one.price.amount)}` : "–";
  const picture = one.image && element("img", { src: new URL(one.image.renditions[0].url, API).href, width: 120, height: 120, alt: "", loading: "lazy" });
  return element("li", {}, ...(picture ? [picture] : []), element("span", {}, link(new URL(one.url, API).href, one.title),
    element("br"), `${price} · ${words()[level.state].replace("%", level.left)}`));
}

const answer = (page) => ({ title: page.title, id: page.id, nodes: [lead(page.summary), ...blocks(page.body || [])] });
const lead = (text) => element("p", { class: "lead" }, text || "");
const list = (language, questions) => element("ul", {}, ...questions.map((one) =>
  element("li", {}, link(to(language, "answer", one.slug), one.title))));

async function show() {
  const token = here.searchParams.get("token");
  const shown = await (token && !location.hash ? draft(token) : (views[route().view] || lost)(route())).catch(trouble);
  document.documentElement.lang = shown.language || route().language;
  document.title = `${shown.title} · Diji.vet`;
  main.replaceChildren(element("h1", {}, shown.title), ...shown.nodes);
  await frame(shown.language || route().language).catch(() => {});
}

const lost = async () => { throw new Refused(404); };
const trouble = (error) => ({ title: error.status === 404 ? words().lost : error.message && error.status ? error.message : words().broken, nodes: [] });

async function frame(language) {
  const own = { locale: language };
  const [menus, settings] = await Promise.all([ask("menus/", own), ask("settings/", own)]);
  const item = (one) => element("li", {}, link(one.page ? to(language, "help") : new URL(one.url, `${settings.base_url}/`).href, one.title));
  const languages = settings.languages.filter((one) => !one.current).map((one) =>
    element("li", {}, element("a", { href: to(one.code), lang: one.code, hreflang: one.code }, one.name)));
  const menu = document.querySelector("#menu");
  menu.setAttribute("aria-label", WORDS[language].menu);
  menu.replaceChildren(element("ul", {}, element("li", {}, link(to(language), settings.site_name)), ...menus.main.map(item), ...languages));
  document.querySelector("#footer").replaceChildren(
    element("p", {}, settings.tagline),
    ...menus.footer.flatMap((group) => [element("h2", {}, group.title), element("ul", {}, ...group.links.map(item))]),
    element("p", {}, Object.values(settings.contact).filter(Boolean).join(" · ")),
  );
  const search = document.querySelector("#search");
  search.q.setAttribute("aria-label", WORDS[language].label);
  search.querySelector("button").textContent = WORDS[language].search;
  document.querySelector(".skip").textContent = WORDS[language].skip;
}

document.querySelector("#search").addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = to(route().language, "search", event.target.q.value.trim());
});
// The skip link is not a view.
addEventListener("hashchange", () => (location.hash === "#icerik" ? main.focus() : show().then(() => main.focus())));
show();
