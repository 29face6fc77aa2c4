// The apology coach on a tablet. What somebody writes is in memory until they leave, and nothing is sent.

import { el, icon } from "../dom.js";
import { drawStories } from "./compare.js";
import { begin } from "./flow.js";
import { enter } from "./frame.js";
import { openLines } from "./lines.js";
import { drawMoment } from "./steps.js";
import { runTimer } from "./timer.js";

/** What there is for making it right: the coach, the lines, practice. */
export async function openStart({ back = null } = {}) {
  const room = await enter(back);
  room?.show("coach-start", () => ({ title: room.say("coach_title"), lead: room.say("coach_lead"), body: [choices(room, openStart)] }));
}

function choices(room, again) {
  const here = { back: () => again({ back: room.back }) };
  const choice = (name, drawing, label, hint, start) => el("button", { type: "button", class: "coach-choice big", "data-go": name, click: start },
    icon(drawing), el("b", {}, room.say(label)), el("span", {}, room.say(hint)));
  return el("div", { class: "coach-choices" },
    choice("walk", "hands", "coach_start", "coach_start_hint", () => openCoach(here)),
    choice("lines", "wind", "lines_title", "lines_hint", () => openLines(here)),
    choice("practice", "leaf", "practice_title", "practice_hint", () => openPractice(here)));
}

/** Walks through it; back draws the screen to return to, in place of the counter. */
export async function openCoach({ back = null } = {}) {
  const room = await enter(back);
  if (room) follow(walkIn(room, () => openCoach({ back: room.back })), begin());
}

export async function openPractice({ back = null } = {}) {
  const room = await enter(back);
  if (room) chooseStory(room);
}

function chooseStory(room) {
  const walk = walkIn(room, () => chooseStory(room));
  const choose = ({ key }) => {
    walk.key = key;
    follow(walk, begin({ practice: true }));
  };
  room.show("coach-stories", () => drawStories(walk, choose));
}

/** Somebody's way through it. Their words live here and nowhere else, so they are gone with the screen. */
function walkIn(room, restart) {
  return {
    room, restart, key: null, own: {}, kept: "coach_kept_tablet", since: 0, say: room.say, leave: room.leave, keep: () => {},
    get texts() {
      return room.texts;
    },
    get story() {
      return room.texts.practice.find(({ key }) => key === this.key) ?? null;
    },
  };
}

function follow(walk, moment) {
  if (moment.at === "listen" && !moment.asked) walk.since = Date.now();
  walk.go = (next) => follow(walk, next);
  walk.openLines = (theme) => openLines({ theme, back: () => follow(walk, moment) });
  walk.room.show("coach", () => drawMoment(moment, walk), () => runTimer(walk));
}
