// Asking to be contacted, from the tablet: with a PIN, to readers who are named first, and only what is ticked is sent.

import { button, el } from "../dom.js";
import { openDone } from "../done.js";
import { whoAreYou } from "../people.js";
import { open } from "../screen.js";
import { send } from "../send.js";
import { remember, signed, visit } from "../visit.js";
import { t } from "../words.js";
import { content, say, wear } from "./load.js";
import { ticked } from "./ticked.js";

const SHEET = new URL("../../../css/care_screen.css", import.meta.url);
const WRITING = 60;
const LONGEST = { reach: 120, words: 240 };

/** Returns the button of the help panel; null where nobody reads what would be sent. */
export async function askButton() {
  const care = await content();
  if (!care?.readers?.length) return null;
  await wear(SHEET);
  const start = () => whoAreYou(() => say(care, "ask_title"), () => openForm(care));
  return el("div", { class: "actions" }, button(say(care, "ask_title"), start, { class: "button big", "data-go": "ask" }));
}

function openForm(care, error = "") {
  const said = (key, values) => say(care, key, values);
  visit.asks ??= {};
  open(() => ({
    name: "ask",
    title: said("ask_title"),
    seconds: WRITING,
    leave: t("not_you"),
    body: [
      el("form", { class: "ask-form card", novalidate: true, submit: (event) => submit(event, care) },
        el("p", {}, el("b", {}, said("ask_who", { names: care.readers.join(", ") }))),
        el("p", {}, said("ask_what")), el("p", {}, said("ask_when")), el("p", { class: "soft" }, said("ask_kept")),
        tick("name", said), tick("team", said), tickWithBox("reach", said), tickWithBox("words", said),
        el("p", { class: "hint" }, said("live_hint")),
        el("p", { class: "errors", role: "alert" }, error),
        el("button", { type: "submit", class: "button primary big" }, said("ask_send"))),
    ],
  }));
}

function tick(name, said, change = () => {}) {
  const box = el("input", { type: "checkbox", "data-ask": name, autocomplete: "off", checked: Boolean(visit.asks[name]), change: (event) => mark(name, event, change) });
  return el("label", { class: "ask-tick" }, box, said(`ask_${name}`));
}

function mark(name, event, change) {
  visit.asks[name] = event.currentTarget.checked;
  change(event.currentTarget.checked);
}

/** What stands in a box whose tick is off stays here. */
function tickWithBox(name, said) {
  const kind = name === "words" ? "textarea" : "input";
  const note = (event) => (visit.asks[`${name}_text`] = event.currentTarget.value);
  const box = el(kind, { class: "ask-line", maxlength: LONGEST[name], autocomplete: "off", "aria-label": said(`ask_${name}`), disabled: !visit.asks[name], input: note });
  box.value = visit.asks[`${name}_text`] ?? "";
  const follow = (ticked) => {
    box.disabled = !ticked;
    if (ticked) box.focus();
  };
  return el("div", {}, tick(name, said, follow), box);
}

function submit(event, care) {
  event.preventDefault();
  const fields = ticked(visit.asks);
  if (!fields.name && !fields.reach) return openForm(care, say(care, "ask_needs"));
  // An act of its own, and so is its undo.
  visit.handles = [];
  return send("ask", signed(fields), (answer) => {
    remember(answer);
    openDone({ title: say(care, "ask_sent"), lead: say(care, "ask_sent_lead") });
  });
}
