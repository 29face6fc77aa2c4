// What a break may be: ideas for each kind, the heart-happy list, and the breathing guide. Nothing here is sent or noted.

import { button, el } from "../dom.js";
import { guide } from "./breathe.js";

const KINDS = ["walk", "video", "breathing", "air", "quiet", "music", "talk", "other"];

/** Ideas of one kind, with chips for the others; choose takes the name of a kind. */
export function ideas(care, say, chosen, choose) {
  const there = KINDS.filter((kind) => kind === "video" ? happy(care).length : ideasOf(care, kind).length);
  const kind = there.includes(chosen) ? chosen : there[0];
  return [
    el("div", { class: "chips care-kinds", role: "group", "aria-label": say("ideas_title") }, there.map((name) =>
      button(say(`relief_${name}`), () => choose(name), { class: "chip", "aria-pressed": String(name === kind), "data-relief": name }))),
    el("div", { class: "care-ideas" }, ideasOf(care, kind).map((idea) => ideaCard(idea))),
    kind === "video" ? happyList(care, say) : null,
    kind === "breathing" ? breathing(say) : null,
  ];
}

const ideasOf = (care, kind) => care.break_idea.filter((idea) => idea.relief === kind);
const happy = (care) => [...care.heart_happy, ...ideasOf(care, "video")];

function ideaCard({ title, text, source }) {
  return el("section", { class: "card" }, el("h2", {}, title), el("p", {}, text), source && el("p", { class: "care-source soft" }, source));
}

/** A link opens when it is tapped, and in a page of its own; a clip plays here. */
function happyList(care, say) {
  if (!care.heart_happy.length) return el("p", { class: "soft care-happy-none" }, say("happy_none"));
  return el("ul", { class: "care-happy" }, care.heart_happy.map((one) => el("li", { class: "card" }, el("h2", {}, one.title), happyThing(one, say))));
}

function happyThing({ title, link, clip_address: clip, picture }, say) {
  if (clip && picture) return el("img", { src: clip, alt: title, loading: "lazy" });
  if (clip) return el("video", { src: clip, controls: true, preload: "none", playsinline: true, "aria-label": title });
  if (!link) return null;
  return el("a", { class: "button", href: link, target: "_blank", rel: "noopener noreferrer" }, say("happy_open", { host: new URL(link).host }));
}

export function breathing(say) {
  const place = el("div", { class: "card care-breath" });
  guide(place, say);
  return place;
}
