// A break on one's own phone: how long it still is, a circle to breathe along with, and a screen that stays on meanwhile.

import { guide } from "../counter/care/breathe.js";
import { wear } from "../counter/care/load.js";
import { button, el, icon } from "../counter/dom.js";
import { hideLateUndo, undoButton, undoPossible } from "../counter/done.js";
import { startBack } from "../counter/mood.js";
import { letGo } from "../counter/queue.js";
import { announce, close, helpButton, open } from "../counter/screen.js";
import { forget, visit } from "../counter/visit.js";
import { clockTime, t } from "../counter/words.js";

const SHEET = new URL("../../css/care_screen.css", import.meta.url);
const NAME = "rest";
let until = 0;
let time = "";
let over = true;
let lock = null;
let watching = null;

const secondsLeft = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
const isOpen = () => document.body.dataset.screen === NAME;

/** Opens a break that was just saved; offers are buttons about it. */
export function openRest({ offers = [] } = {}) {
  until = Date.now() + visit.minutes * 60_000;
  time = clockTime(visit.minutes);
  over = false;
  show(offers);
  announce(`${lead()} ${t("back_at", { time })}`);
}

/** The way back to a break that is not over, or nothing. */
export function restButton() {
  if (!secondsLeft()) return null;
  return button([icon("cup"), t("rest_until", { time })], () => show(), { class: "button big resting", "data-act": "rest" });
}

const lead = () => (visit.here ? `${t("saved_here")} ${t("sent_later")}` : t("break_saved"));

function show(offers = []) {
  wear(SHEET);
  open(() => view(offers));
  keepOn();
}

/** Drawn anew whenever somebody returns to it: a guide that left the page has stopped. */
function view(offers) {
  const timer = el("p", { class: "clock", role: "timer" });
  const place = el("div", { class: "care-breath" });
  guide(place, t);
  pass(timer);
  return {
    name: NAME,
    title: t("rest_title"),
    lead: undoPossible() ? lead() : t("back_at", { time }),
    seconds: Infinity,
    header: [el("span", { class: "spacer" }), helpButton(), button([icon("back"), t("rest_leave")], () => close(), { class: "pill", "data-go": "leave" })],
    tick: () => pass(timer),
    body: [
      place,
      timer,
      el("div", { class: "actions" }, offers, undoButton(), button([icon("return"), t("im_back")], comeBack, { class: "button primary big", "data-act": "back" })),
    ],
  };
}

function comeBack() {
  until = 0;
  over = true;
  startBack();
}

function pass(timer) {
  const left = secondsLeft();
  const shown = left ? t("rest_left", { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` }) : t("rest_over");
  if (timer.textContent !== shown) timer.textContent = shown;
  hideLateUndo();
  if (!undoPossible()) sendNow();
  if (left || over) return;
  over = true;
  announce(t("rest_over"));
  navigator.vibrate?.([120, 80, 120]);
}

/** What waits for the network need not wait for the end of a break: once its undo is over, it may go. */
function sendNow() {
  if (!visit.handles.length && !visit.here) return;
  forget();
  letGo().catch(() => {});
}

/** Keeps the screen on while the break is in front; where a browser cannot, nothing is said. */
async function keepOn() {
  watching ??= setInterval(release, 1000);
  if (!navigator.wakeLock || document.hidden || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    // The battery is low, or the system says no.
  }
}

function release() {
  if (isOpen()) return;
  clearInterval(watching);
  watching = null;
  lock?.release().catch(() => {});
  lock = null;
}

document.addEventListener("visibilitychange", () => isOpen() && keepOn());
