// The last screen of every act: saved, with what may still be done about it, then clean for the next person.

import { button, el, icon } from "./dom.js";
import { whatHappensLine } from "./panels.js";
import { unsend } from "./queue.js";
import { announce, close, open, setBusy, stay } from "./screen.js";
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

/** What is held here was never sent: taking it off the queue undoes it for certain. Numbers are of the queue, words of the server. */
function undo() {
  const here = visit.handles.filter(Number.isInteger);
  const there = visit.handles.filter((handle) => !Number.isInteger(handle));
  if (there.length) send("undo", { handles: there }, () => undoHere(here));
  else undoHere(here);
}

async function undoHere(numbers) {
  setBusy(true);
  const gone = await stay(unsend(numbers).catch(() => false));
  visit.handles = [];
  visit.here = false;
  openDone(gone ? { title: t("undone") } : { title: t("not_undone"), lead: t("not_undone_lead") });
}

/** A title of its own says what the server has done; of what waits here it would not be true yet, and "here" is said. */
function wordsOf({ title, lead, here = title ? null : lead }) {
  if (!visit.here) return { title: title ?? t("saved"), lead };
  return { title: t("saved_here"), lead: [t("sent_later"), here].filter(Boolean).join(" ") };
}

/** Says that it is saved; clock is a time to read at a glance and walk away with. */
export function openDone({ offers = [], clock = null, ...said }) {
  const choices = [...offers, undoButton()].filter(Boolean);
  const { title, lead = null } = wordsOf(said);
  open(() => ({
    name: "done",
    title,
    lead,
    anonymous: true,
    seconds: choices.length ? 20 : clock ? 8 : 3,
    leave: null,
    tick: hideLateUndo,
    body: [
      el("span", { class: "mark" }, icon("check")),
      clock && el("p", { class: "clock" }, clock),
      visit.also && el("p", {}, visit.also),
      el("div", { class: "actions" }, choices, button(t("next_person"), () => close(), { class: "button primary big", "data-go": "next" })),
      whatHappensLine(),
    ],
  }));
  if (clock) announce(clock);
}
