// The five faces, always with their word, always in the same order, nothing chosen beforehand.

import { button, el, face } from "./dom.js";
import { openDone } from "./done.js";
import { whatHappensLink } from "./panels.js";
import { whoAreYou } from "./people.js";
import { open } from "./screen.js";
import { send } from "./send.js";
import { remember, signed, visit } from "./visit.js";
import { dayName, t } from "./words.js";

export function openMood(title, answer, maySkip) {
  const faces = [1, 2, 3, 4, 5].map((mood) =>
    el("button", { type: "button", class: "mood", "data-mood": mood, click: () => answer(mood) }, face(mood), el("span", {}, t(`mood_${mood}`))));
  open(() => ({
    name: "mood",
    title,
    leave: t("not_you"),
    body: [
      promise(),
      el("div", { class: "moods", role: "group", "aria-label": title }, faces),
      maySkip ? button(t("skip"), () => answer(null), { class: "button skip-mood", "data-go": "skip" }) : null,
    ],
  }));
}

function promise() {
  return el("p", { class: "lead" }, promiseWords(), " ", whatHappensLink());
}

function promiseWords() {
  if (visit.countsFrom) return t("counts_from", { date: dayName(visit.countsFrom) });
  return visit.counts === false ? t("counts_never") : t("promise");
}

export function startCheckIn() {
  whoAreYou(t("check_in"), () => openMood(t("mood_question"), checkIn, false));
}

function checkIn(mood) {
  send("check_in", signed({ mood }), (answer) => {
    remember(answer);
    openDone({ lead: t("thank_you") });
  });
}

export function startBack() {
  whoAreYou(t("im_back"), () => openMood(t("back_question"), comeBack, true));
}

function comeBack(mood) {
  send("back", signed({ mood }), (answer) => {
    remember(answer);
    openDone({ lead: t("welcome_back") });
  });
}
