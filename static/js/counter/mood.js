// The five faces, always with their word, always in the same order, nothing chosen beforehand.

import { button, el, face } from "./dom.js";
import { openDone } from "./done.js";
import { whatHappensLink } from "./panels.js";
import { takeBadge, whoAreYou } from "./people.js";
import { open } from "./screen.js";
import { send } from "./send.js";
import { remember, signed, visit } from "./visit.js";
import { clockTime, dayName, t } from "./words.js";

/** Asks how somebody feels; offers() are buttons beneath the faces, and words are keys, so that it can be asked in another language. */
export function openMood(answer, { title = "mood_question", lead = null, offers = () => [] } = {}) {
  open(() => ({
    name: "mood",
    title: t(title),
    lead: lead && t(lead),
    leave: t("not_you"),
    body: [
      promise(),
      el("div", { class: "moods", role: "group", "aria-label": t("mood_question") }, faces(answer)),
      el("div", { class: "instead" }, offers()),
    ],
  }));
}

export function faces(answer) {
  return [1, 2, 3, 4, 5].map((mood) =>
    el("button", { type: "button", class: "mood", "data-mood": mood, click: () => answer(mood) }, face(mood), el("span", {}, t(`mood_${mood}`))));
}

export function skipButton(answer) {
  return button(t("skip"), () => answer(null), { "data-go": "skip" });
}

function promise() {
  return el("p", { class: "lead" }, promiseWords(), " ", whatHappensLink());
}

function promiseWords() {
  if (visit.countsFrom) return t("counts_from", { date: dayName(visit.countsFrom) });
  return visit.counts === false ? t("counts_never") : t("promise");
}

export function startCheckIn() {
  whoAreYou(() => t("check_in"), () => openMood(checkIn));
}

/** One scan, one tap. */
export function checkInWithBadge(badge) {
  takeBadge(badge, () => openMood(checkIn));
}

export function checkIn(mood) {
  send("check_in", signed({ mood }), (answer) => {
    remember(answer);
    openDone({ lead: t("thank_you") });
  });
}

export function startBack() {
  whoAreYou(() => t("im_back"), () => openMood(comeBack, {
    title: "back_question",
    lead: "back_lead",
    offers: () => [button(t("not_yet"), notYet, { "data-go": "not-yet" }), skipButton(comeBack)],
  }));
}

/** A snooze: nothing is sent, so nothing can be recorded as skipped. */
function notYet() {
  openDone({ title: t("not_yet_title"), lead: t("not_yet_lead"), clock: t("back_at", { time: clockTime(5) }) });
}

function comeBack(mood) {
  send("back", signed({ mood }), (answer) => {
    remember(answer);
    openDone({ lead: t("welcome_back") });
  });
}
