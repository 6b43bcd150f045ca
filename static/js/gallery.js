/* Pictures of a [data-gallery] open over the page: arrows turn, Escape closes. Without this, each link opens its
   picture. Words of the buttons come from the <template id="gallery-words"> of the page. */

const words = document.querySelector("#gallery-words")?.dataset;
const links = [...document.querySelectorAll("[data-gallery] a[data-photo]")];
const dialog = document.createElement("dialog");
let at = 0;

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--ghost";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function show(number) {
  at = (number + links.length) % links.length;
  const small = links[at].querySelector("img");
  picture.src = links[at].href;
  picture.alt = small.alt;
  caption.textContent = `${small.alt} · ${at + 1} / ${links.length}`;
}

const picture = document.createElement("img");
const caption = document.createElement("p");
caption.setAttribute("aria-live", "polite");

if (words && links.length) {
  dialog.className = "gallery";
  dialog.setAttribute("aria-label", words.title);
  const acts = document.createElement("div");
  acts.className = "gallery__acts";
  const turns = [button(words.before, () => show(at - 1)), button(words.after, () => show(at + 1))];
  acts.append(...(links.length > 1 ? turns : []), button(words.close, () => dialog.close()));
  dialog.append(picture, caption, acts);
  document.body.append(dialog);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => links[at].focus());
  links.forEach((link, number) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      show(number);
      dialog.showModal();
    }),
  );
}
