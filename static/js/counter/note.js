// A word about a scan, shown for some seconds or until the next tap, over whatever stands there; it names nobody.

import { el } from "./dom.js";
import { announce } from "./screen.js";

const SECONDS = 6;
let shown = null;

export function clear() {
  shown?.remove();
}

export function note(sentence) {
  clear();
  shown = el("p", { class: "note", "aria-hidden": "true" }, sentence);
  const mine = shown;
  document.body.append(mine);
  announce(sentence);
  setTimeout(() => mine.remove(), SECONDS * 1000);
}

addEventListener("pointerdown", clear, { capture: true });
