// A breathing guide, drawn in the page: in for four seconds, out for six. Used on tablets and on phones.

import { button, el } from "../dom.js";

const IN = 4;
const BREATH = 10;
const STEP = 250;
export const SHORT = 3;
export const LONG = 12;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Where somebody is after so many seconds: breathing in or out, how many seconds of that are left, and which breath it is. */
export function moment(seconds, breaths) {
  const number = Math.floor(seconds / BREATH);
  if (number >= breaths) return { phase: "done", left: 0, number: breaths };
  const within = seconds - number * BREATH;
  const phase = within < IN ? "in" : "out";
  return { phase, left: Math.ceil((phase === "in" ? IN : BREATH) - within), number: number + 1 };
}

/** Fills a place with the guide. Say gives its words: breathe_in, breathe_out, breathe_done, breathe_again, breathe_short, breathe_long, breathe_of. */
export function guide(place, say, breaths = SHORT) {
  const circle = el("div", { class: still() ? "breath still" : "breath", "aria-hidden": "true" });
  const word = el("p", { class: "breath-word", role: "status" });
  const count = el("p", { class: "breath-count soft", "aria-hidden": "true" });
  const again = (number) => () => guide(place, say, number);
  const choices = el("div", { class: "actions" },
    button(say("breathe_short"), again(SHORT), { "data-go": "breathe-short", "aria-pressed": String(breaths === SHORT) }),
    button(say("breathe_long"), again(LONG), { "data-go": "breathe-long", "aria-pressed": String(breaths === LONG) }));
  place.replaceChildren(el("div", { class: "breath-place" }, circle, word), count, choices);
  const begun = performance.now();
  const show = () => step(moment((performance.now() - begun) / 1000, breaths), breaths, say, { circle, word, count });
  const clock = setInterval(() => (circle.isConnected && show() ? null : clearInterval(clock)), STEP);
  show();
}

/** Draws a moment; false once it is over. A word is written only when it changes, because a screen reader says it. */
function step({ phase, left, number }, breaths, say, { circle, word, count }) {
  circle.dataset.phase = phase;
  const sentence = say(`breathe_${phase}`);
  if (word.textContent !== sentence) word.textContent = sentence;
  if (phase === "done") count.textContent = "";
  else count.textContent = [still() && String(left), say("breathe_of", { number, breaths })].filter(Boolean).join(" · ");
  return phase !== "done";
}
