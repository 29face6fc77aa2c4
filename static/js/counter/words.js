// The strings of the page in the language in force; another language is fetched without leaving the page.

import { filled } from "./dom.js";

const BLOCK = "counter-strings";
const PANEL = "what-happens";
const PATIENCE = 6000;
let words = {};

export function takeWords(source = document) {
  words = JSON.parse(source.getElementById(BLOCK).textContent);
  if (source !== document) document.getElementById(PANEL).replaceWith(source.getElementById(PANEL));
  document.documentElement.lang = words.language;
}

export function t(key, values) {
  return filled(words[key], values);
}

export function language() {
  return words.language;
}

export function whatHappensText() {
  return document.getElementById(PANEL).content.cloneNode(true);
}

export async function speak(wanted) {
  const signal = AbortSignal.timeout?.(PATIENCE);
  const answer = await fetch(`${document.body.dataset.counter}?lang=${wanted}`, { credentials: "omit", cache: "no-store", signal });
  if (!answer.ok) throw new Error("The other language could not be loaded.");
  takeWords(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

// The English of this product is British: day before month, and 14:20 for twenty past two.
const locale = () => (language() === "en" ? "en-GB" : language());

export function dayName(isoDate) {
  const noon = new Date(`${isoDate}T12:00:00`);
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long" }).format(noon);
}

/** The time on the tablet's own clock some minutes from now: whoever reads it needs no tablet to be back then. */
export function clockTime(minutes) {
  const time = new Date(Date.now() + minutes * 60_000);
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(time);
}
