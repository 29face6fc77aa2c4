// What the first screen says: the message of the day and, for some days after a tick, that the team reads new figures too.

import { el } from "./dom.js";

export function releasedLine(released) {
  return released ? el("p", { class: "released soft" }, released.text) : null;
}

export function messageCard(message) {
  if (!message) return null;
  const { text, lang, comment, caption } = message;
  return el("figure", { class: "message card" }, el("blockquote", { lang }, text), comment && el("p", {}, comment), el("figcaption", { class: "soft" }, caption));
}
