// Get help, and what happens to an answer: both readable without a PIN, both close like every other screen.

import { button, el } from "./dom.js";
import { close, here, idleFor, open, stay } from "./screen.js";
import { state } from "./state.js";
import { forget } from "./visit.js";
import { language, t, whatHappensText } from "./words.js";

const SHORT_VISIT = 20;
const PASSING = ["done", "help", "home", "enrol", "unsaved", "refused", "connecting", "no-connection"];

/** A panel may be read for a minute, but whoever opened it is forgotten as early as on any other screen. */
function openPanel(panel) {
  const previous = here();
  let returns = !PASSING.includes(document.body.dataset.screen);
  const back = () => (returns ? open(previous) : close());
  const tick = () => {
    if (!returns || idleFor() < SHORT_VISIT) return;
    returns = false;
    forget();
  };
  open(() => ({ ...panel(back), anonymous: true, seconds: 60, leave: t("back"), back, tick }));
}

export function openHelp() {
  const lines = el("div", { class: "help-lines" });
  openPanel(() => ({ name: "help", title: t("get_help"), lead: t("help_lead"), body: [contactCard(), lines] }));
  stay(fetchHelpLines()).then((cards) => lines.replaceChildren(...cards), () => lines.replaceChildren(dangerCard()));
}

function contactCard() {
  const contact = state()?.help?.contact;
  if (!contact) return null;
  return el("section", { class: "card" }, el("h2", {}, t("help_contact")), el("p", { class: "contact" }, contact));
}

function dangerCard() {
  return el("section", { class: "card" }, el("h2", {}, t("help_danger_title")), el("p", {}, t("help_danger")));
}

async function fetchHelpLines() {
  const headers = { "Accept-Language": language() };
  const answer = await fetch(`${document.body.dataset.help}?lang=${language()}`, { credentials: "omit", headers });
  if (!answer.ok) throw new Error("The help page did not answer.");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const cards = [...page.querySelectorAll("#help-lines > section:not(.help-contact)")];
  if (!cards.length) throw new Error("The help page lists nobody.");
  return cards.map((card) => document.importNode(card, true));
}

export function openWhatHappens() {
  openPanel((back) => ({
    name: "what-happens",
    title: t("what_happens"),
    body: [
      el("div", { class: "card prose" }, whatHappensText()),
      el("div", { class: "actions" }, button(t("back"), back, { class: "button primary big" })),
    ],
  }));
}
