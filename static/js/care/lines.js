// Lines to use: one theme at a time, a button that copies a line, and one that shows it alone and large.

import { button, el } from "../counter/dom.js";

const all = document.getElementById("lines-all");
const chips = [...document.querySelectorAll(".line-themes [data-theme]")];
const words = all.dataset;

function show(theme) {
  for (const chip of chips) chip.setAttribute("aria-current", String(chip.dataset.theme === theme));
  for (const group of all.querySelectorAll(".line-group")) group.hidden = Boolean(theme) && group.dataset.theme !== theme;
}

function themeOfAddress() {
  const wanted = location.hash.replace("#lines-", "");
  return chips.some((chip) => chip.dataset.theme === wanted) ? wanted : "";
}

async function copy(text, copier) {
  await navigator.clipboard.writeText(text);
  copier.textContent = words.copied;
  document.getElementById("lines-said").textContent = words.copied;
  setTimeout(() => (copier.textContent = words.copy), 3000);
}

function large(text) {
  const dialog = el("dialog", { class: "line-large", "aria-label": text, close: () => dialog.remove() },
    el("p", {}, text), button(words.close, () => dialog.close(), { class: "button primary big" }));
  document.body.append(dialog);
  dialog.showModal();
}

for (const line of all.querySelectorAll("[data-line]")) {
  const text = line.dataset.line;
  // A browser lets a page copy on https only; elsewhere there is no button that would do nothing.
  const copier = navigator.clipboard && button(words.copy, () => copy(text, copier), { "data-go": "copy" });
  line.append(el("div", { class: "row" }, copier, button(words.large, () => large(text), { "data-go": "large" })));
}
for (const chip of chips) {
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", chip.hash);
    show(chip.dataset.theme);
  });
}
show(themeOfAddress());
