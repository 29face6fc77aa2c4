// My shift: the five faces at once, and within the same thumb's reach a rough one, a break and the way back.

import { button, el, icon } from "../counter/dom.js";
import { checkIn, faces, startBack } from "../counter/mood.js";
import { whatHappensLink } from "../counter/panels.js";
import { startBreak } from "../counter/pause.js";
import { messageCard, releasedLine } from "../counter/released.js";
import { startRough } from "../counter/rough.js";
import { announce, open } from "../counter/screen.js";
import { state } from "../counter/state.js";
import { startTakeBack } from "../counter/take_back.js";
import { waitingMark } from "../counter/waiting.js";
import { t } from "../counter/words.js";
import { restButton } from "./rest.js";
import { header } from "./set_up.js";

export function openShift(languageButton, { quiet = false } = {}) {
  open(() => ({
    name: "home",
    title: t("mood_question"),
    seconds: null,
    header: header(languageButton, state().me?.name),
    body: [
      el("div", { class: "said" }, said()),
      el("div", { class: "moods", role: "group", "aria-label": t("mood_question") }, faces(checkIn)),
      el("p", { class: "asks" }, whatHappensLink(t("what_happens_to_mine"))),
      restButton(),
      el("div", { class: "acts" }, act("rough", icon("rough"), t("rough_one"), startRough), act("break", icon("cup"), t("take_a_break"), startBreak)),
      el("div", { class: "below" },
        button([icon("return"), t("im_back")], startBack, { "data-act": "back" }),
        button(t("make_it_right"), makeItRight, { "data-act": "right" }),
        el("a", { class: "button", href: `${document.body.dataset.home}/my/days`, "data-act": "days" }, t("my_days")),
        button(t("take_back"), startTakeBack, { class: "button quiet", "data-act": "take_back" })),
      waitingMark(),
    ],
  }), { quiet });
}

/** Nobody is told that somebody reads it, and My shift does not wait for it. */
const makeItRight = () => import("../counter/care/coach.js").then((coach) => coach.openStart()).catch(() => announce(t("no_connection")));

function act(name, drawing, title, start) {
  return el("button", { type: "button", class: `act act-${name}`, "data-act": name, click: start }, drawing, el("b", {}, title));
}

/** What is to be read, above all that is to be tapped. */
function said() {
  const { message, carrying, notices = [], checkup = [], released } = state();
  return [
    carrying && el("p", { class: "notice warn" }, el("b", {}, t("carrying")), " ", carrying),
    checkup.map((line) => el("p", { class: "notice" }, line, " ", el("a", { href: `${document.body.dataset.home}/checkup` }, t("checkup_go")))),
    notices.map(({ title, text }) => el("p", { class: "notice" }, el("b", {}, title), " ", text)),
    messageCard(message),
    releasedLine(released),
  ].flat();
}
