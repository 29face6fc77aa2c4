// Draws one moment of the apology coach, for the tablet and for phones alike: its title, what to do, and the buttons at the thumb.
// A walk is {texts, say, own, keep, kept, story, since, go, restart, leave, openLines}: what is said, what somebody wrote, and where to go.

import { button, el, icon } from "../dom.js";
import { drawCompare } from "./compare.js";
import { answer, answers, back, stepNumber, STEPS } from "./flow.js";
import { foldOut, lineCard, ownWords, plan, saying, sourceLine } from "./parts.js";
import { listened } from "./timer.js";

const CHECKS = ["shoes", "need-heard", "need-acknowledged", "need-not-again", "mattered"];
const NEEDS = ["need-heard", "need-acknowledged", "need-not-again"];
const BRANCHES = { apologise: "coach_not_ours", solve: "coach_not_now" };

/** Returns {title, lead, body} of a moment. */
export function drawMoment(moment, walk) {
  if (moment.at === "compare") return drawCompare(moment, walk);
  if (moment.at === "end") return drawEnd(walk);
  if (moment.at === "still") return drawStill(moment, walk);
  const said = stepOf(walk, moment.at);
  const check = CHECKS.includes(moment.at);
  return {
    title: (check && said.question) || said.title,
    lead: said.text,
    body: [
      progress(moment, walk),
      needsLine(moment, walk),
      mendingLine(moment, walk),
      storyCard(moment, walk),
      moment.at === "breaths" ? el("div", { class: "coach-breath", "aria-hidden": "true" }) : null,
      ...(moment.at === "listen" ? listening(moment, walk) : []),
      ...(stepNumber(moment) ? sayings(moment, walk, said) : []),
      sourceLine(said.source),
      foot(moment, walk),
    ],
  };
}

/** The words of a screen; what a site has taken away leaves its bare place behind. */
export function stepOf(walk, at) {
  return walk.texts.coach_step.find(({ key }) => key === at) ?? { key: at, title: walk.say("coach_title") };
}

function progress(moment, walk) {
  const step = stepNumber(moment);
  if (!step) return null;
  const dots = STEPS.map((_, at) => el("span", { class: at < step ? "coach-dot full" : "coach-dot" }));
  return el("p", { class: "coach-progress" }, el("span", { class: "coach-dots", "aria-hidden": "true" }, dots),
    walk.say("coach_step_of", { step, steps: STEPS.length }));
}

/** The three needs stand together: which of them are met is seen while the next is asked. */
function needsLine({ at }, walk) {
  if (!NEEDS.includes(at)) return null;
  const met = NEEDS.indexOf(at);
  return el("ul", { class: "coach-needs", "aria-label": walk.say("coach_needs") }, NEEDS.map((need, number) =>
    el("li", { class: number < met && "met", "aria-current": number === met && "step" }, number < met && icon("check"), stepOf(walk, need).title)));
}

function mendingLine({ at, mending }, walk) {
  if (!mending || CHECKS.includes(at)) return null;
  return el("p", { class: "coach-note" }, walk.say("coach_mending", { question: stepOf(walk, mending).question ?? "" }));
}

function storyCard({ at }, walk) {
  if (!walk.story || at === "breaths") return null;
  const listens = at === "listen";
  return el("section", { class: "card coach-story" },
    listens && el("p", {}, walk.story.text),
    el("p", { class: "coach-label" }, walk.say("practice_says")),
    el("blockquote", { class: listens ? "coach-saying" : null }, walk.story.says));
}

function listening(moment, walk) {
  return [
    el("p", { class: "coach-timer soft", role: "timer" }, listened(walk)),
    avoided(moment, walk),
    moment.asked ? el("p", { class: "coach-note", role: "status" }, walk.say("coach_keep_listening")) : null,
  ];
}

function sayings(moment, walk, said) {
  const lead = moment.at === "solve" ? walk.texts.line.filter(({ theme }) => theme === "lead") : [];
  return [
    saying(walk, moment.at, said.example),
    moment.at === "not-now" ? plan(walk) : ownWords(walk, moment.at),
    walk.story && said.example ? foldOut(walk.say("coach_example"), el("p", {}, said.example)) : null,
    avoided(moment, walk),
    lead.length ? foldOut(walk.say("coach_lead_on"), lead.map((line) => lineCard(line, walk.say))) : null,
  ];
}

function avoided({ at }, walk) {
  const phrases = walk.texts.avoid.filter(({ step = "empathy" }) => step === at);
  if (!phrases.length) return null;
  return foldOut(walk.say("coach_avoid"), phrases.map(({ text, instead }) =>
    el("p", { class: "coach-avoid" }, el("s", {}, text), el("span", {}, el("span", { class: "soft" }, walk.say("coach_instead"), " "), instead))));
}

function foot(moment, walk) {
  const before = back(moment);
  const word = (name, label, style) => button(label, () => walk.go(answer(moment, name)), { class: `button big ${style}`, "data-answer": name });
  const listens = moment.at === "listen";
  const labels = listens ? ["coach_finished_yes", "coach_finished_no"] : ["coach_yes", "coach_no"];
  const [yes, no] = labels.map((label) => walk.say(label));
  const offered = answers(moment);
  return el("div", { class: "coach-foot", role: "group", "aria-labelledby": listens && "coach-gate" },
    listens && el("h2", { class: "coach-gate", id: "coach-gate" }, stepOf(walk, "listen").question ?? walk.say("coach_finished")),
    before && button([icon("back"), walk.say("coach_back")], () => walk.go(before), { class: "button big coach-back", "data-answer": "back" }),
    offered.includes("branch") && word("branch", walk.say(BRANCHES[moment.at]), ""),
    offered.includes("no") && word("no", no, ""),
    offered.includes("yes") && word("yes", yes, "primary"),
    offered.includes("next") && word("next", walk.say("coach_next"), "primary"));
}

function drawStill(moment, walk) {
  const ideas = ["coach_still_call", "coach_still_line", "coach_still_ask"];
  return {
    title: walk.say("coach_still_title"),
    lead: walk.say("coach_still"),
    body: [
      el("ul", { class: "coach-ideas" }, ideas.map((idea) => el("li", {}, walk.say(idea)))),
      button(walk.say("coach_still_line_button"), () => walk.openLines("recontact"), { class: "button quiet", "data-go": "lines" }),
      foot(moment, walk),
    ],
  };
}

function drawEnd(walk) {
  return {
    title: walk.say("coach_end_title"),
    lead: walk.say("coach_end"),
    body: [
      el("span", { class: "mark" }, icon("leaf")),
      el("div", { class: "coach-foot" },
        button(walk.say("coach_again"), walk.restart, { class: "button big", "data-go": "again" }),
        button(walk.say("coach_close"), walk.leave, { class: "button big primary", "data-go": "close" })),
    ],
  };
}
