// The team's wall on its tablet: the pledge, good moments and ideas at work. It names only who signed.

import { button, el, icon } from "../dom.js";
import { fetchCare, quick } from "../net.js";
import { dayName } from "../words.js";
import { enter } from "./frame.js";
import { wear } from "./load.js";
import { openIdea, openMoment } from "./say.js";

const SHEET = new URL("../../../css/talk.css", import.meta.url);

/** Back draws the screen to return to, in place of the counter. */
export async function openWall({ back = null } = {}) {
  const [room] = await Promise.all([enter(back), wear(SHEET)]);
  if (!room) return;
  const again = { back: () => openWall({ back: room.back }) };
  const board = el("div", { class: "tablet-wall" });
  room.show("wall", () => {
    hang(board, room);
    return { title: room.say("wall_title"), lead: room.say("wall_lead"), body: [writing(room, again), board] };
  });
  if (await fresh(room)) hang(board, room);
}

function writing(room, again) {
  return el("div", { class: "actions" },
    button([icon("leaf"), room.say("say_moment")], () => openMoment(again), { class: "button primary big", "data-go": "moment" }),
    button([icon("wind"), room.say("say_idea")], () => openIdea(again), { class: "button big", "data-go": "idea" }));
}

/** What hung there an hour ago stands at once; what is new comes after it, if anybody answers. */
async function fresh(room) {
  const { language } = room.texts;
  const found = await fetchCare(language, quick()).catch(() => null);
  if (found && room.texts.language === language) Object.assign(room.texts, found);
  return found;
}

function hang(board, room) {
  const { pledge, moments = [], ideas = [] } = room.texts;
  board.replaceChildren(...[pledge && pledgeCard(pledge, room), momentNotes(moments, room), ideas.length ? ideaCard(ideas, room) : null].filter(Boolean));
}

function pledgeCard({ text, names }, { say }) {
  return el("section", { class: "pledge" }, el("h2", {}, say("wall_pledge")), el("blockquote", {}, text),
    names.length ? el("p", { class: "names" }, el("span", { class: "visually-hidden" }, say("wall_in")), names.map((name) => el("span", { class: "name" }, name))) : null);
}

function momentNotes(moments, { say }) {
  const notes = moments.map(({ text, by, day }) => el("li", { class: "pinned" }, el("p", { class: "said" }, text), signature(by, day)));
  return el("section", { class: "moments" }, el("h2", {}, say("wall_moments")),
    notes.length ? el("ol", { class: "pinboard" }, notes) : el("p", { class: "nothing" }, icon("leaf"), el("span", {}, say("wall_empty"))));
}

function signature(by, day) {
  return el("p", { class: "signed" }, by && el("b", {}, by), by && day ? " · " : null, day && el("time", { datetime: day }, dayName(day)));
}

function ideaCard(ideas, { say }) {
  const lines = ideas.map(({ text, by, state, reply }) => el("li", {},
    el("p", { class: "state" }, el("span", { class: `state-${state}` }, say(`wall_${state}`))),
    el("p", { class: "said" }, text), by && signature(by), reply && el("p", { class: "words" }, reply)));
  return el("section", { class: "card" }, el("h2", {}, say("wall_ideas")), el("ul", { class: "box" }, lines));
}
