// The team's wall on its tablet: the pledge, good moments and ideas at work. It names only who signed.

import { button, el, icon } from "../dom.js";
import { openDone } from "../done.js";
import { whoAreYou } from "../people.js";
import { send } from "../send.js";
import { remember, signed, visit } from "../visit.js";
import { dayName } from "../words.js";
import { enter } from "./frame.js";
import { renewed, wear } from "./load.js";
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
  const found = await renewed();
  if (found?.language !== room.texts.language) return false;
  room.texts = found;
  return true;
}

function hang(board, room) {
  const { pledge, moments = [], ideas = [] } = room.texts;
  board.replaceChildren(...[pledge && pledgeCard(pledge, room), momentNotes(moments, room), ideas.length ? ideaCard(ideas, room) : null].filter(Boolean));
}

function pledgeCard({ text, names }, { say }) {
  const shown = names.length ? el("p", { class: "names" }, el("span", { class: "visually-hidden" }, say("wall_who")), names.map((name) => el("span", { class: "name" }, name)))
    : el("p", { class: "names soft" }, say("wall_nobody"));
  return el("section", { class: "pledge" }, el("h2", {}, say("wall_pledge")), el("blockquote", {}, text), el("div", { class: "pledge-end" }, shown,
    button([icon("hands"), say("wall_join")], () => join(text, true, say), { class: "button warm", "data-go": "join" }),
    names.length ? button(say("wall_leave"), () => join(text, false, say), { class: "button quiet", "data-go": "unjoin" }) : null));
}

/** Only words that somebody has read get their name: others that were written since are refused. */
function join(pledge, joined, say) {
  whoAreYou(() => pledge, () => send("join", signed({ pledge, joined }), (answer) => {
    visit.handles = [];
    remember(answer);
    openDone({ title: say(joined ? "wall_joined" : "wall_left") });
  }));
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
