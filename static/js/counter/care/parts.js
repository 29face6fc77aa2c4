// The parts that the coach's screens are made of: what to say, one's own words, and what folds out.

import { button, el } from "../dom.js";

const LONGEST = 400;
const THEMES = { lead: "lines_take_lead", bad_time: "lines_bad_time", missed: "lines_missed", recontact: "lines_recontact", patience: "lines_patience" };
const PLAN = { "not-now-do": "coach_can_do", "not-now-when": "coach_by_when", "not-now-next": "coach_next_update" };

export function foldOut(label, children, open = false) {
  return el("details", { class: "coach-fold", open }, el("summary", {}, label), el("div", {}, children));
}

/** What to say now, large enough to be read at a glance: one's own words before the example. In practice the example comes last. */
export function saying(walk, at, example) {
  const own = walk.own[at];
  const quote = (label, text, style) => el("figure", { class: `card coach-quote ${style}` }, el("figcaption", { class: "coach-label" }, walk.say(label)),
    el("blockquote", { class: "coach-saying" }, text));
  return el("div", { class: "coach-quotes" },
    own && quote("coach_own", own, "own"),
    example && !walk.story && quote("coach_example", example, ""));
}

/** A box for one's own words; in practice it stands open. */
export function ownWords(walk, at) {
  const id = `own-${at}`;
  const box = el("textarea", { id, rows: 2, maxlength: LONGEST, autocomplete: "off", "aria-describedby": `${id}-kept`, input: keeper(walk, at) });
  box.value = walk.own[at] ?? "";
  return foldOut(walk.say("coach_own_write"), [el("label", { for: id, class: "visually-hidden" }, walk.say("coach_own")), box, kept(walk, id)], Boolean(walk.story));
}

function keeper(walk, name) {
  return (event) => {
    walk.own[name] = event.currentTarget.value.trim();
    walk.keep();
  };
}

function kept(walk, id) {
  return el("p", { class: "hint", id: `${id}-kept` }, walk.say(walk.kept), " ", walk.say("live_hint"));
}

/** What I can do, by when, and when they hear from me next: three lines to fill in while promising it. */
export function plan(walk) {
  const fields = Object.entries(PLAN).map(([name, label]) => {
    const field = el("input", { type: "text", id: name, maxlength: 120, autocomplete: "off", "aria-describedby": "plan-kept", input: keeper(walk, name) });
    field.value = walk.own[name] ?? "";
    return el("div", {}, el("label", { for: name }, walk.say(label)), field);
  });
  return el("div", { class: "card coach-plan" }, fields, kept(walk, "plan"));
}

export function sourceLine(source) {
  return source ? el("p", { class: "coach-source soft" }, source) : null;
}

/** A line to read out. One that may be untrue is marked, and what is true in any case stands beside it. */
export function lineCard(line, say, buttons = () => null) {
  const version = (text, ...mark) => el("div", { class: "line-text" }, mark, el("p", {}, text), buttons(text));
  return el("section", { class: "card line", "data-theme": line.theme },
    line.when && el("p", { class: "coach-label" }, line.when),
    el("div", { class: "line-texts" },
      version(line.text, line.only_if_true && el("span", { class: "line-tag warn" }, say("lines_only_if_true"))),
      line.twin && version(line.twin, el("span", { class: "line-tag good" }, say("lines_twin")))),
    sourceLine(line.source));
}

/** Chips for the themes that there are lines of; choose takes the name of a theme, or nothing for all. */
export function themeChips(lines, say, chosen, choose) {
  const there = Object.keys(THEMES).filter((theme) => lines.some((line) => line.theme === theme));
  return el("div", { class: "chips line-themes", role: "group", "aria-label": say("lines_title") }, ["", ...there].map((theme) =>
    button(say(THEMES[theme] ?? "lines_all"), () => choose(theme), { class: "chip", "aria-pressed": String(theme === chosen), "data-theme": theme })));
}
