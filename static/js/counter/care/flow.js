// The way through an apology: listening first, five steps, then the questions that tell whether it is made right.
// Nothing here draws, keeps or sends anything. A moment of it never changes: an answer makes the next one, which knows the one before.

export const STEPS = ["thank", "empathy", "acknowledge", "apologise", "solve"];
// Where each answer leads. "no" to a question leads back to the step that was missed.
const WAYS = {
  breaths: { next: "listen" },
  listen: { yes: "thank", no: "listen" },
  thank: { next: "empathy" },
  empathy: { next: "acknowledge" },
  acknowledge: { next: "apologise" },
  apologise: { next: "solve", branch: "not-ours" },
  "not-ours": { next: "solve" },
  solve: { next: "shoes", branch: "not-now" },
  "not-now": { next: "shoes" },
  shoes: { yes: "need-heard", no: "solve" },
  "need-heard": { yes: "need-acknowledged", no: "listen" },
  "need-acknowledged": { yes: "need-not-again", no: "acknowledge" },
  "need-not-again": { yes: "mattered", no: "solve" },
  mattered: { yes: "end", no: "still" },
  still: { next: "end" },
  end: {},
  compare: {},
};
// What a customer needs (seed 000), each with the screen at which a missed step is made good.
const MENDED = { "need-heard": "listen", "need-acknowledged": "acknowledge", "need-not-again": "shoes" };
// A step within its five; a branch stands beside the step that it is for.
const BESIDE = { "not-ours": "apologise", "not-now": "solve" };

/** The beginning; in practice there is nobody to ask whether they were heard, and the end is a comparison. */
export function begin({ practice = false } = {}) {
  return Object.freeze({ at: "breaths", practice, before: null, mending: null, asked: 0 });
}

/** The answers that a screen takes: "next", with "branch" at two of the steps, or "yes" and "no". */
export function answers(moment) {
  return Object.keys(WAYS[moment.at]);
}

export function answer(moment, word) {
  const { at, mending, practice } = moment;
  const way = WAYS[at][word];
  if (!way) throw new Error("This screen has no such answer.");
  if (way === at) return Object.freeze({ ...moment, asked: moment.asked + 1 });
  if (mending && at === MENDED[mending] && word !== "no") return moved(moment, mending, null);
  if (practice && way === "need-heard") return moved(moment, "compare", null);
  return moved(moment, way, word === "no" && at in MENDED ? at : mending);
}

function moved(moment, at, mending) {
  return Object.freeze({ ...moment, at, mending, before: moment, asked: 0 });
}

/** The moment before this one; null at the beginning. */
export function back(moment) {
  return moment.before;
}

export function isEnd(moment) {
  return answers(moment).length === 0;
}

/** Which of the five steps this is, from 1; null anywhere else. */
export function stepNumber(moment) {
  return STEPS.indexOf(BESIDE[moment.at] ?? moment.at) + 1 || null;
}

/** Whether the way here has led through a screen. */
export function passed(moment, at) {
  for (let seen = moment; seen; seen = seen.before) if (seen.at === at) return true;
  return false;
}
