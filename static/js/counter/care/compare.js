// Practice: the made-up customers to choose from, and at the end one's own words beside the example.

import { button, el } from "../dom.js";
import { STEPS } from "./flow.js";

// Which step a story's branch leads to.
const FITTING = { not_ours: "not-ours", not_now: "not-now" };

/** Returns {title, lead, body} with one button for each made-up customer. */
export function drawStories(walk, choose) {
  return {
    title: walk.say("practice_choose"),
    lead: walk.say("practice_lead"),
    body: [
      el("div", { class: "coach-stories" }, walk.texts.practice.map((story) =>
        el("button", { type: "button", class: "coach-choice", "data-story": story.key, click: () => choose(story) },
          el("b", {}, story.title), el("span", {}, el("q", {}, story.says))))),
    ],
  };
}

export function drawCompare(moment, walk) {
  const { story } = walk;
  const fitting = FITTING[story.branch];
  const shown = STEPS.flatMap((step) => (fitting && step === (fitting === "not-ours" ? "apologise" : "solve") ? [step, fitting] : [step]));
  return {
    title: walk.say("practice_compare"),
    lead: walk.say("practice_compare_lead"),
    body: [
      story.hint && el("section", { class: "card coach-story" }, el("p", { class: "coach-label" }, walk.say("practice_notice")), el("p", {}, story.hint)),
      ...shown.map((at) => besideCard(walk, at, at === fitting)),
      el("div", { class: "coach-foot" },
        button(walk.say("practice_another"), walk.restart, { class: "button big", "data-go": "again" }),
        button(walk.say("coach_close"), walk.leave, { class: "button big primary", "data-go": "close" })),
    ],
  };
}

function besideCard(walk, at, fits) {
  const said = walk.texts.coach_step.find(({ key }) => key === at) ?? {};
  const names = at === "not-now" ? ["not-now-do", "not-now-when", "not-now-next"] : [at];
  const own = names.map((name) => walk.own[name]).filter(Boolean).join(" · ");
  return el("section", { class: "card coach-beside" },
    fits && el("p", { class: "line-tag good" }, walk.say("practice_fits")),
    el("h2", {}, said.title ?? at),
    el("p", { class: "coach-label" }, walk.say("practice_yours")),
    el("p", { class: own ? null : "soft" }, own || walk.say("practice_nothing")),
    el("p", { class: "coach-label" }, walk.say("coach_example")),
    el("p", {}, said.example ?? ""));
}
