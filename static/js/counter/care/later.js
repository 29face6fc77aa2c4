// A break that has to wait, because nobody can cover now: nothing is sent and nothing recorded, for it was not skipped.

import { el, icon } from "../dom.js";
import { hideLateUndo, undoButton } from "../done.js";
import { whatHappensLine } from "../panels.js";
import { coverButton } from "../pause.js";
import { open } from "../screen.js";
import { state } from "../state.js";
import { t } from "../words.js";
import { say } from "./load.js";

/** Says that the break stays theirs, and offers to ask for cover; work draws the button that leads back to work. */
export function openLater(care, work) {
  const minutes = Math.max(...state().choices.break_minutes);
  open(() => ({
    name: "later",
    title: say(care, "later_title"),
    lead: say(care, "later_lead"),
    leave: t("close"),
    tick: hideLateUndo,
    body: [
      el("span", { class: "mark warm" }, icon("cup")),
      el("p", {}, say(care, "later_cover", { minutes })),
      el("div", { class: "actions" }, coverButton(minutes, true), work()),
      el("div", { class: "actions" }, undoButton()),
      whatHappensLine(),
    ],
  }));
}
