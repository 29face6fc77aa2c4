// A break: minutes (five unless changed), kind, saved, and when to be back. Asking for cover is one tap more, with a name, by choice.

import { button, el, icon } from "./dom.js";
import { openDone } from "./done.js";
import { whatHappensLine } from "./panels.js";
import { whoAreYou } from "./people.js";
import { open } from "./screen.js";
import { send } from "./send.js";
import { state } from "./state.js";
import { remember, signed, visit } from "./visit.js";
import { clockTime, t } from "./words.js";

export function startBreak() {
  whoAreYou(() => t("take_a_break"), openBreak);
}

export function openBreak() {
  // A break after a rough one is an act of its own, and so is its undo.
  visit.handles = [];
  open(() => ({
    name: "break",
    title: t("break_question"),
    lead: t("break_lead"),
    leave: t("not_you"),
    body: [
      el("div", { class: "minutes", role: "group", "aria-label": t("how_long") }, state().choices.break_minutes.map(minuteButton)),
      el("div", { class: "kinds", role: "group", "aria-label": t("break_question") }, state().choices.break_kind.map((kind) =>
        button(kind.label, () => saveBreak(kind.key), { class: "tile", "data-kind": kind.key }))),
      whatHappensLine(),
    ],
  }));
}

function minuteButton(minutes) {
  const choose = (event) => {
    visit.minutes = minutes;
    const group = event.currentTarget.parentElement;
    for (const other of group.children) other.setAttribute("aria-pressed", String(other === event.currentTarget));
  };
  return button(t("minutes", { minutes }), choose, { class: "pill", "aria-pressed": String(visit.minutes === minutes), "data-minutes": minutes });
}

function saveBreak(kind) {
  send("break", signed({ kind, minutes: visit.minutes }), (answer) => {
    remember(answer);
    (visit.rest ?? openDone)({ lead: t("break_saved"), clock: t("back_at", { time: clockTime(visit.minutes) }), offers: [coverButton(visit.minutes)] });
  });
}

/** A request for cover is named, and one's own choice. It says when it ends, and never that somebody is on a break. */
export function coverButton(minutes, alone = false) {
  const ask = () => send("cover", signed({ minutes }), (answer) => {
    if (alone) visit.handles = [];
    remember(answer);
    openDone({ title: t("cover_asked"), lead: t("cover_asked_lead", { time: clockTime(minutes) }), here: t("cover_later") });
  });
  return button([icon("hands"), t("cover_me")], ask, { class: "button warm big", "data-go": "cover" });
}
