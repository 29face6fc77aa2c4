// Get help, and what happens to an answer: both readable without a PIN, both close like every other screen.

import { button, el } from "./dom.js";
import { close, here, idleFor, open, stay } from "./screen.js";
import { state } from "./state.js";
import { forget } from "./visit.js";
import { language, t, whatHappensText } from "./words.js";

const SHORT_VISIT = 20;
const PASSING = ["help", "home", "enrol", "unsaved", "refused", "connecting", "no-connection"];

/** A panel may be read for a minute, but whoever opened it is forgotten as early as on any other screen. */
function openPanel(panel, passing = PASSING) {
  const previous = here();
  let returns = !passing.includes(document.body.dataset.screen);
  const back = () => (returns ? open(previous) : close());
  const tick = () => {
    if (!returns || idleFor() < SHORT_VISIT) return;
    returns = false;
    forget();
  };
  open(() => ({ ...panel(back), anonymous: true, seconds: 60, leave: t("back"), back, tick }));
}

export function openHelp() {
  const panel = () => ({ name: "help", title: t("get_help"), lead: t("help_lead"), body: [contactCard(), askPlace(), helpLines()] });
  openPanel(panel, [...PASSING, "done"]);
}

function helpLines() {
  const lines = el("div", { class: "help-lines" });
  const asked = fetchParts(document.body.dataset.help, "#help-lines > section:not(.help-contact)");
  stay(asked).then((cards) => lines.replaceChildren(...cards), () => lines.replaceChildren(dangerCard()));
  return lines;
}

function contactCard() {
  const contact = state()?.help?.contact;
  if (!contact) return null;
  return el("section", { class: "card" }, el("h2", {}, t("help_contact")), el("p", { class: "contact" }, contact));
}

/** Asking to be contacted, where somebody was appointed to read it. */
function askPlace() {
  const place = el("div");
  stay(import("./care/contact.js").then((contact) => contact.askButton())).then((ask) => ask && place.append(ask), () => {});
  return place;
}

function dangerCard() {
  return el("section", { class: "card" }, el("h2", {}, t("help_danger_title")), el("p", {}, t("help_danger")));
}

/** Fetches a page that anybody may read, and returns copies of some of its parts. */
async function fetchParts(page, selector) {
  const headers = { "Accept-Language": language() };
  const answer = await fetch(`${page}?lang=${language()}`, { credentials: "omit", headers });
  if (!answer.ok) throw new Error("The page did not answer.");
  const read = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [...read.querySelectorAll(selector)];
  if (!parts.length) throw new Error("The page holds nothing of the kind.");
  return parts.map((part) => document.importNode(part, true));
}

/** The short form is always here; the long one comes over the network, and is left out where there is none. */
function openWhatHappens() {
  openPanel((back) => ({
    name: "what-happens",
    title: t("what_happens"),
    body: [
      el("div", { class: "card prose" }, whatHappensText(), moreOfIt()),
      el("div", { class: "actions" }, button(t("back"), back, { class: "button primary big" })),
    ],
  }));
}

function moreOfIt() {
  const more = el("div");
  stay(fetchParts(document.body.dataset.whatHappens, "#what-happens-more > *")).then((parts) => more.replaceChildren(...parts), () => {});
  return more;
}

/** The way to “What happens to this answer?”, on every screen of a check-in. */
export function whatHappensLink(words = t("what_happens")) {
  const read = (event) => {
    event.preventDefault();
    openWhatHappens();
  };
  return el("a", { href: document.body.dataset.whatHappens, "data-go": "what-happens", click: read }, words);
}

export function whatHappensLine() {
  return el("p", { class: "asks" }, whatHappensLink());
}
