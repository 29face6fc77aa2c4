// A scanner types as a keyboard does, only faster. Digits are held back for a moment: a badge goes to whoever stands here,
// and what a hand has typed goes where it was meant to.

import { isBadge } from "./badge_number.js";
import { checkInWithBadge } from "./mood.js";
import { clear, note } from "./note.js";
import { nameByBadge } from "./people.js";
import { state } from "./state.js";
import { t } from "./words.js";

const GAP = 100;
// A scanner over radio may stumble; nobody types more than a PIN this fast.
const LONG_GAP = 300;
const MOST_BY_HAND = 6;

let held = "";
let pause;
let endedAt = -Infinity;

function keyDown(event) {
  if (!event.isTrusted || !state() || event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^[0-9]$/.test(event.key)) hold(event);
  else if (event.key === "Enter" && endsScan()) swallow(event);
  else if (event.key !== "Shift") letGo();
}

function hold(event) {
  swallow(event);
  held += event.key;
  clearTimeout(pause);
  pause = setTimeout(letGo, held.length > MOST_BY_HAND && !isBadge(held) ? LONG_GAP : GAP);
}

function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Whether Enter belongs to a scan: to the one that is under way, or to the one just taken for complete. */
function endsScan() {
  if (held.length > MOST_BY_HAND) letGo();
  return performance.now() - endedAt < LONG_GAP;
}

function letGo() {
  const digits = held;
  held = "";
  clearTimeout(pause);
  if (digits.length > MOST_BY_HAND) scanned(digits);
  else if (digits) typed(digits);
}

function scanned(digits) {
  endedAt = performance.now();
  clear();
  if (document.getElementById("app").inert) return;
  if (!isBadge(digits)) note(t("badge_not_ours"));
  else if (document.body.dataset.screen === "home") checkInWithBadge(digits);
  else if (!nameByBadge(digits)) note(t("badge_waits"));
}

/** Hands digits on that were typed by hand: into a field, or to the screen as the keys that they were. */
function typed(digits) {
  const place = document.activeElement ?? document.body;
  if (place.matches("input, textarea")) return write(place, digits);
  for (const key of digits) place.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return undefined;
}

function write(field, digits) {
  const { selectionStart: start, selectionEnd: end, maxLength, value } = field;
  const room = maxLength < 0 ? digits.length : maxLength - value.length + end - start;
  field.setRangeText(digits.slice(0, room), start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

addEventListener("keydown", keyDown, { capture: true });
addEventListener("pointerdown", letGo, { capture: true });
