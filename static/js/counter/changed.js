// What the team and the units above it changed in the last weeks, for everybody who works here to see.

import { el } from "./dom.js";
import { dayName, t } from "./words.js";

export function changedCard(changed = []) {
  if (!changed.length) return null;
  return el("div", { class: "wall" }, el("section", { class: "card" }, el("h2", {}, t("changed")),
    el("ul", {}, changed.map((note) =>
      el("li", {}, el("b", {}, note.text), el("span", { class: "soft" }, t("changed_since", { day: dayName(note.day) })))))));
}
