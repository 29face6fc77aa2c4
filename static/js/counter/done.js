// The last screen of every act: saved, with what may still be done about it, then clean for the next person.

import { button, el, icon } from "./dom.js";
import { whatHappensLine } from "./panels.js";
import { close, open } from "./screen.js";
import { send } from "./send.js";
import { visit } from "./visit.js";
import { t } from "./words.js";

const UNDO_FOR = 60_000;

export function undoPossible() {
  return visit.handles.length > 0 && Date.now() - visit.savedAt < UNDO_FOR;
}

export function undoButton() {
  if (!undoPossible()) return null;
  return button(t("undo"), undo, { class: "button", "data-go": "undo" });
}

export function hideLateUndo() {
  if (!undoPossible()) document.querySelector("[data-go=undo]")?.remove();
}

function undo() {
  send("undo", { handles: visit.handles }, () => {
    visit.handles = [];
    openDone({ title: t("undone") });
  });
}

export function openDone({ title = t("saved"), lead = null, offers = [] }) {
  const choices = [...offers, undoButton()].filter(Boolean);
  open(() => ({
    name: "done",
    title,
    lead,
    anonymous: true,
    seconds: choices.length ? 20 : 3,
    leave: null,
    tick: hideLateUndo,
    body: [
      el("span", { class: "mark" }, icon("check")),
      el("div", { class: "actions" }, choices, button(t("next_person"), () => close(), { class: "button primary big", "data-go": "next" })),
      whatHappensLine(),
    ],
  }));
}
