// Sends one act and goes on; says clearly when it is not saved, and tries again under the same id.

import { button, el, icon } from "./dom.js";
import { Refused, newId } from "./net.js";
import { NotKept, deliverAct } from "./record.js";
import { announce, close, open, setBusy, stay } from "./screen.js";
import { t } from "./words.js";

let tabletGone = () => {};

export function onTabletGone(handler) {
  tabletGone = handler;
}

/** Calls then(answer); a refusal goes to refused(problem) if given, else to a screen that says why. */
export function send(name, fields, then, refused = sayRefused) {
  const id = newId();
  const attempt = async () => {
    setBusy(true);
    let answer;
    try {
      answer = await stay(deliverAct(id, name, fields));
    } catch (problem) {
      setBusy(false);
      if (!(problem instanceof Refused)) open(() => unsaved(attempt, name, problem));
      else if (problem.code === "tablet_unknown") tabletGone(problem.message);
      else refused(problem);
      return;
    }
    setBusy(false);
    then(answer);
    if (answer.here) announce(`${t("saved_here")} ${t("sent_later")}`);
  };
  return attempt();
}

function unsaved(attempt, name, problem) {
  const undoing = name === "undo";
  return {
    name: "unsaved",
    title: t(undoing ? "not_undone" : "not_saved_title"),
    lead: t(undoing ? "not_undone_yet" : problem instanceof NotKept ? "not_kept" : "not_saved"),
    body: [el("div", { class: "actions" }, button(t("try_again"), attempt, { class: "button primary big", "data-go": "retry" }))],
  };
}

export function sayRefused(problem) {
  open(() => ({
    name: "refused",
    title: t("refused"),
    lead: problem.message,
    body: [icon("leaf"), el("div", { class: "actions" }, button(t("back_to_counter"), () => close(), { class: "button primary big" }))],
  }));
}
