// One function for each block of a body. HTML of texts is ours and cleaned on saving; all else is set as text.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const link = (href, text) => element("a", { href }, text);

export function rich(html, name = "div", attributes = {}) {
  const made = element(name, attributes);
  made.innerHTML = html;
  return made;
}

const kinds = {
  heading: (value) => element("h2", {}, value),
  text: (value) => rich(value),
  steps: (value) => element("ol", {}, ...value.map((step) => rich(step, "li"))),
  notice: (value) => rich(value.text, "div", { class: "notice" }),
  picture: (value) => {
    const sizes = { src: value.url || "", srcset: value.srcset || "", sizes: "(min-width: 46rem) 46rem, 100vw" };
    const image = element("img", { ...sizes, width: value.width, height: value.height, alt: value.alt, loading: "lazy" });
    return element("figure", {}, image, ...(value.caption ? [element("figcaption", {}, value.caption)] : []));
  },
  live: (value) => (value.html ? rich(value.html, "section", { class: "live", "aria-label": value.title, tabindex: "0" }) : ""),
};

// A kind that is newer than this front end is left out, not an error.
export const blocks = (body) => body.map((block) => (kinds[block.type] ? kinds[block.type](block.value) : "")).filter(Boolean);
