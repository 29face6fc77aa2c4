// A rough one: mood now, how hard it was, saved. Only then the details, every one of them skippable, and the care screen.

import { button, el, icon } from "./dom.js";
import { hideLateUndo, openDone, undoButton } from "./done.js";
import { openMood, skipButton } from "./mood.js";
import { openHelp, whatHappensLine } from "./panels.js";
import { openBreak } from "./pause.js";
import { whoAreYou } from "./people.js";
import { open, stay } from "./screen.js";
import { send } from "./send.js";
import { state } from "./state.js";
import { soon } from "./store.js";
import { remember, signed, visit } from "./visit.js";
import { t } from "./words.js";

const QUESTIONS = ["behaviour", "cause", "channel", "area"];
// From so many letters on, chips stand in columns: in lines of their own lengths nobody would find one.
const LONG = 480;
const PATIENCE = 2000;

export function startRough() {
  whoAreYou(() => t("rough_one"), () => openMood(openSeverity, { offers: () => [skipButton(openSeverity)] }));
}

function openSeverity(mood) {
  visit.mood = mood;
  open(() => ({
    name: "severity",
    title: t("severity_question"),
    leave: t("not_you"),
    body: [el("div", { class: "steps" }, state().choices.severity.map(stepButton)), whatHappensLine()],
  }));
}

function stepButton({ key, label, hint }) {
  return el("button", { type: "button", class: "step", "data-severity": key, click: () => saveRough(key) }, el("b", {}, label), el("span", {}, hint));
}

function saveRough(severity) {
  visit.severity = severity;
  send("rough", signed({ mood: visit.mood, severity }), (answer) => {
    remember(answer);
    visit.mood = null;
    visit.chips = { behaviour: [], cause: null, channel: null, area: null };
    if (severity === "severe") openSafe();
    else ask(0);
  });
}

function openSafe() {
  open(() => ({
    name: "safe",
    title: t("safe_question"),
    lead: t("may_end_contact"),
    leave: t("close"),
    body: [
      el("span", { class: "mark warm" }, icon("help")),
      el("div", { class: "actions" },
        button(t("safe_no"), openHelp, { class: "button warm big", "data-go": "unsafe" }),
        button(t("safe_yes"), () => ask(0), { class: "button primary big", "data-go": "safe" })),
      whatHappensLine(),
    ],
  }));
}

function ask(step) {
  const question = QUESTIONS[step];
  if (!question) return saveDetail();
  const offered = () => state().choices[question] ?? [];
  if (!offered().length) return ask(step + 1);
  const several = question === "behaviour";
  open(() => ({
    name: "chips",
    title: t(`${question}_question`),
    lead: several ? t("as_many") : t("one_only"),
    leave: t("close"),
    tick: hideLateUndo,
    body: [
      el("p", { class: "saved", role: "status" }, icon("check"), t(visit.here ? "saved_here_more" : "saved_more"), undoButton()),
      el("div", { class: letters(offered()) > LONG ? "chips long" : "chips", role: "group", "aria-label": t(`${question}_question`) },
        offered().map((choice) => (several ? toggle(choice) : pick(question, choice, step)))),
      el("div", { class: "actions between" },
        button(t("skip_rest"), saveDetail, { "data-go": "skip-rest" }),
        el("span", { class: "soft" }, t("step_of", { step: step + 1, steps: QUESTIONS.length })),
        button(several ? t("next") : t("skip"), () => ask(step + 1), { class: several ? "button primary" : "button", "data-go": "next" })),
      whatHappensLine(),
    ],
  }));
  return undefined;
}

function letters(choices) {
  return choices.reduce((sum, choice) => sum + choice.label.length, 0);
}

function toggle(choice) {
  const chosen = visit.chips.behaviour;
  const flip = (event) => {
    const at = chosen.indexOf(choice.key);
    if (at < 0) chosen.push(choice.key);
    else chosen.splice(at, 1);
    event.currentTarget.setAttribute("aria-pressed", String(at < 0));
  };
  return button(choice.label, flip, { class: "chip", "aria-pressed": String(chosen.includes(choice.key)), "data-chip": choice.key });
}

function pick(question, choice, step) {
  const choose = () => {
    visit.chips[question] = choice.key;
    ask(step + 1);
  };
  return button(choice.label, choose, { class: "chip", "data-chip": choice.key });
}

function saveDetail() {
  const { behaviour, cause, channel, area } = visit.chips;
  if (!behaviour.length && !cause && !channel && !area) return openCare();
  return send("rough_detail", signed(visit.chips), (answer) => {
    if (answer.handle) visit.handles.push(answer.handle);
    openCare();
  });
}

/** Kind words come with the site's own texts; where these never came, the simple screen stands in for them. */
function openCare() {
  const coming = import("./care/care.js").then((care) => care.ready());
  stay(soon(coming, PATIENCE)).then((show) => (show ?? openSimpleCare)(), openSimpleCare);
}

function openSimpleCare() {
  const severe = visit.severity === "severe";
  open(() => ({
    name: "care",
    title: severe ? t("care_severe_title") : t("care_title"),
    lead: severe ? t("care_severe") : t("care"),
    leave: t("close"),
    tick: hideLateUndo,
    body: [
      el("span", { class: "mark" }, icon(severe ? "help" : "leaf")),
      el("div", { class: "actions" },
        button([icon("cup"), t("take_a_break")], openBreak, { class: "button warm big", "data-go": "break" }),
        severe && button(t("get_help"), openHelp, { class: "button big", "data-go": "care-help" }),
        button(t("back_to_work"), () => openDone({ lead: t("go_well") }), { class: "button primary big", "data-go": "work" })),
      el("div", { class: "actions" }, undoButton()),
      whatHappensLine(),
    ],
  }));
}
