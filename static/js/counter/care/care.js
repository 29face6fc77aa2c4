// The care screen after a rough one: kind words, what may be under it, a break that is theirs, and the way back. It records nothing.

import { button, el, icon } from "../dom.js";
import { hideLateUndo, openDone, undoButton } from "../done.js";
import { openHelp, whatHappensLine, whatHappensLink } from "../panels.js";
import { openBreak, startBreak } from "../pause.js";
import { close } from "../screen.js";
import { visit } from "../visit.js";
import { t } from "../words.js";
import { openCoach } from "./coach.js";
import { isHere, show as showIn } from "./frame.js";
import { openLater } from "./later.js";
import { openLines } from "./lines.js";
import { content, say, wear } from "./load.js";
import { breathing, ideas } from "./rest.js";
import { openIdea } from "./say.js";

const SHEET = new URL("../../../css/care_screen.css", import.meta.url);
// Seconds: what stands here may be read in peace.
const READING = 90;
const INTENTIONS = ["calm", "friendly", "one_thing", "own_way"];

/** Returns what opens the screen, once everything for it is on the tablet; null where it is not. */
export async function ready() {
  const [care] = await Promise.all([content(), wear(SHEET)]);
  return care && (() => (visit.severity === "severe" ? openSevere(care) : openCalm(care)));
}

function show(care, name, draw, leave = close) {
  const room = { texts: care, leave };
  showIn(room, name, () => draw(room.texts, (key, values) => say(room.texts, key, values)), { seconds: READING, step: hideLateUndo });
}

/** One of several, another one each time somebody comes; the same again while they stay. */
function drawn(list, name) {
  if (!list.length) return null;
  visit.cards ??= {};
  visit.cards[name] ??= Math.floor(Math.random() * list.length);
  return list[visit.cards[name] % list.length];
}

function openCalm(care) {
  const again = (room) => openCalm(room);
  show(care, "care", (texts, said) => {
    const first = drawn(texts.reframing, "reframing");
    return {
      title: first?.text ?? t("care_title"),
      body: [
        first?.source && el("p", { class: "care-source soft" }, first.source),
        el("div", { class: "care-grid" }, restCard(texts, said, again), otherCard(texts, said)),
        el("div", { class: "actions" },
          button([icon("hands"), said("make_it_right")], () => openCoach({ back: () => again(texts) }), { class: "button big", "data-go": "right" }),
          button(said("lines"), () => openLines({ back: () => again(texts) }), { class: "button big", "data-go": "lines" }),
          button(t("back_to_work"), () => openReset(texts), { class: "button primary big", "data-go": "work" }),
          undoButton()),
        // What went wrong may be worth a line for the idea box; it is no part of what was just recorded.
        el("p", { class: "asks" }, button(said("idea_ask"), () => openIdea({ back: () => again(texts) }), { class: "button quiet", "data-go": "idea" }), whatHappensLink()),
      ],
    };
  });
}

function takeBreak() {
  if (isHere()) openBreak();
  else startBreak();
}

function restCard(care, said, again) {
  const policy = care.policy["break-entitlement"];
  return el("section", { class: "card care-rest" },
    el("h2", {}, policy?.title ?? said("take_five")),
    policy && el("details", {}, el("summary", {}, said("policy_more")), el("p", {}, policy.text)),
    el("div", { class: "care-ways" },
      button([icon("cup"), t("take_a_break")], takeBreak, { class: "button warm big", "data-go": "break" }),
      button([icon("wind"), said("breathe_title")], () => openBreath(care, again), { class: "button big", "data-go": "breathe" }),
      button([icon("leaf"), said("ideas_title")], () => openIdeas(care, again), { class: "button big", "data-go": "ideas" }),
      button(said("nobody_can"), () => openLater(care, () => workButton(care)), { class: "button quiet", "data-go": "nobody" })));
}

function otherCard(care, said) {
  const text = el("p", { class: "care-perspective", "aria-live": "polite" });
  const source = el("p", { class: "care-source soft" });
  const draw = () => {
    const card = drawn(care.perspective, "perspective");
    text.textContent = card?.text ?? t("care");
    source.textContent = card?.source ?? "";
  };
  draw();
  const another = () => {
    visit.cards = { ...visit.cards, perspective: (visit.cards?.perspective ?? 0) + 1 };
    draw();
  };
  return el("section", { class: "card care-other" },
    el("h2", {}, said("perspective_title")), text, source,
    care.perspective.length > 1 && button(said("another"), another, { class: "pill", "data-go": "another" }),
    care.under_anger.length ? el("details", { class: "care-under" }, el("summary", {}, said("under_title")), el("ul", {}, care.under_anger.map(underCard))) : null,
    care.prompt["self-check"] ? el("details", { class: "care-self" }, el("summary", {}, said("self_title")), el("p", {}, care.prompt["self-check"].text)) : null);
}

function underCard({ title, text }) {
  return el("li", {}, el("b", {}, title), el("br"), text);
}

function workButton(care) {
  return button(t("back_to_work"), () => openReset(care), { class: "button primary big", "data-go": "work" });
}

/** What somebody takes along to the next customer is theirs: no tap on it is kept or sent. */
function openReset(care) {
  show(care, "reset", (texts, said) => ({
    title: texts.prompt.reset?.text ?? t("back_question"),
    lead: said("reset_lead"),
    body: [
      el("div", { class: "chips care-intentions" }, INTENTIONS.map((name) =>
        button(said(`reset_${name}`), () => leaveWell(said("reset_go", { intention: said(`reset_${name}`) })), { class: "chip", "data-intention": name }))),
      el("div", { class: "actions" },
        button(said("reset_not_yet"), takeBreak, { class: "button warm big", "data-go": "not-yet" }),
        button(said("reset_ready"), () => leaveWell(t("go_well")), { class: "button primary big", "data-go": "ready" }),
        undoButton()),
    ],
  }));
}

function leaveWell(lead) {
  openDone({ lead });
}

function openBreath(care, again) {
  show(care, "breathe", (texts, said) => ({
    title: said("breathe_title"),
    lead: said("breathe_lead"),
    body: [breathing(said), backButton(texts, again)],
  }), () => again(care));
}

function openIdeas(care, again, kind = "walk") {
  show(care, "ideas", (texts, said) => ({
    title: said("ideas_title"),
    lead: said("ideas_lead"),
    body: [
      ...ideas(texts, said, kind, (other) => openIdeas(texts, again, other)),
      el("div", { class: "actions" },
        button([icon("cup"), t("take_a_break")], takeBreak, { class: "button warm big", "data-go": "break" }),
        button(t("back"), () => again(texts), { class: "button big", "data-go": "care-back" })),
    ],
  }), () => again(care));
}

function backButton(care, again) {
  return el("div", { class: "actions" }, button(t("back"), () => again(care), { class: "button primary big", "data-go": "care-back" }));
}

/** After something abusive, threatening or frightening: no coaching and nobody's other side; safety, help and rest. */
function openSevere(care) {
  const again = (room) => openSevere(room);
  const policyOf = (texts) => texts.policy["end-contact"];
  show(care, "care", (texts, said) => ({
    title: t("care_severe_title"),
    lead: policyOf(texts) ? null : t("care_severe"),
    body: [
      policyOf(texts) && el("section", { class: "card care-policy" }, el("h2", {}, policyOf(texts).title), el("p", {}, policyOf(texts).text)),
      el("div", { class: "actions" },
        button([icon("cup"), t("take_a_break")], takeBreak, { class: "button warm big", "data-go": "break" }),
        button([icon("help"), t("get_help")], openHelp, { class: "button big", "data-go": "care-help" }),
        button(said("incident_title"), () => openIncident(texts, again), { class: "button big", "data-go": "incident" }),
        button(said("breathe_title"), () => openBreath(texts, again), { class: "button big", "data-go": "breathe" })),
      el("div", { class: "actions" },
        button(said("nobody_can"), () => openLater(texts, goButton), { class: "button big", "data-go": "nobody" }), goButton(), undoButton()),
      whatHappensLine(),
    ],
  }));
}

function goButton() {
  return button(t("back_to_work"), () => leaveWell(t("go_well")), { class: "button primary big", "data-go": "work" });
}

/** The form is on one's own phone: named, and nothing of what was tapped here goes along. */
function openIncident(care, again) {
  const { counter } = document.body.dataset;
  const path = `${counter.slice(0, counter.lastIndexOf("/"))}/incident`;
  const address = location.host + path;
  // On one's own phone it is a tap away.
  const way = visit.phone ? el("a", { href: path }, address) : address;
  show(care, "incident", (texts, said) => ({
    title: said("incident_title"),
    lead: said("incident_lead"),
    body: [
      el("section", { class: "card care-policy" },
        el("p", {}, said("incident_where")), el("p", { class: "care-address" }, way), el("p", {}, said("incident_print")),
        el("p", { class: "soft" }, said("incident_paper"), " ", el("b", {}, `${address}/paper`))),
      el("div", { class: "actions" },
        button(t("back"), () => again(texts), { class: "button primary big", "data-go": "care-back" }),
        button(t("close"), () => close(), { class: "button big", "data-go": "care-close" })),
    ],
  }), () => again(care));
}
