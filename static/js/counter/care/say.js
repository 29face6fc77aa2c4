// A good moment for the wall, or an idea for the box: a line without a name, unless its author signs it.

import { button, el } from "../dom.js";
import { openDone } from "../done.js";
import { whoAreYou } from "../people.js";
import { sayRefused, send } from "../send.js";
import { remember, signed, visit } from "../visit.js";
import { enter } from "./frame.js";
import { wear } from "./load.js";
import { privateText } from "./private.js";

const PROMPTS = { moment: "growth", idea: "change" };
const SHEET = new URL("../../../css/talk.css", import.meta.url);

export const openMoment = (how) => openSay("moment", how);
export const openIdea = (how) => openSay("idea", how);

async function openSay(what, { back = null } = {}) {
  const [room] = await Promise.all([enter(back), wear(SHEET)]);
  if (room) write(room, { what, text: "", problem: "" });
}

/** What is typed lives in the draft: another language, or a refusal, draws it anew. */
function write(room, draft) {
  room.show("say", () => ({
    title: room.say(`${draft.what}_title`),
    lead: room.texts.prompt?.[PROMPTS[draft.what]]?.text ?? room.say(`${draft.what}_lead`),
    body: [el("div", { class: "tablet-say" }, box(room, draft), ways(room, draft))],
  }));
}

function box(room, draft) {
  const most = Number(room.say("say_longest"));
  const left = el("p", { class: "hint", id: "say-left" });
  const count = () => (left.textContent = room.say("say_left", { left: most - draft.text.length }));
  const typing = (event) => {
    draft.text = event.currentTarget.value;
    count();
  };
  const field = el("textarea", {
    id: "say-text", rows: 3, maxlength: most, autocomplete: "off", "data-focus": true, input: typing,
    "aria-describedby": "say-problem say-hint say-left", "aria-invalid": draft.problem ? "true" : null,
  });
  field.value = draft.text;
  count();
  return el("div", { class: "field" },
    el("label", { for: "say-text", class: "visually-hidden" }, room.say(`${draft.what}_label`)), field,
    el("p", { class: "errors", id: "say-problem", role: "alert" }, draft.problem),
    el("p", { class: "hint", id: "say-hint" }, room.say("say_hint")), left, el("p", { class: "hint" }, room.say("live_hint")));
}

function ways(room, draft) {
  const label = visit.name ? room.say("say_signed_as", { name: visit.name }) : room.say("say_signed");
  // Whoever stood here may be forgotten by the time somebody taps.
  const signing = () => check(room, draft, visit.person || visit.badge ? sign : askWho);
  return el("div", { class: "actions" },
    button(room.say(draft.what === "moment" ? "say_unsigned" : "say_in_box"), () => check(room, draft, hangUp), { class: "button primary big", "data-go": "unsigned" }),
    button(label, signing, { class: "button big", "data-go": "signed" }));
}

function check(room, draft, then) {
  draft.text = draft.text.trim().split(/\s+/u).join(" ");
  draft.problem = problemOf(room, draft.text);
  if (draft.problem) write(room, draft);
  else then(room, draft);
}

function problemOf(room, text) {
  if (!text) return room.say("say_nothing");
  const found = privateText(text);
  return found ? `${room.say(`say_${found.kind}`, found)} ${room.say("say_leave_out")}` : "";
}

const hangUp = (room, draft) => deliver(room, draft, {});
const sign = (room, draft) => deliver(room, draft, signed());
const askWho = (room, draft) => whoAreYou(() => room.say("say_sign"), () => sign(room, draft));

function deliver(room, draft, author) {
  const { what, text } = draft;
  const refused = (problem) => (problem.code === "not_taken" ? write(room, { ...draft, problem: problem.message }) : sayRefused(problem));
  send("say", { ...author, what, text }, (answer) => {
    // What is said here is an act of its own, and so is its undo.
    visit.handles = [];
    remember(answer);
    openDone({ title: room.say(`${what}_saved`) });
  }, refused);
}
