// The frame of the care screens, the coach, the lines and the wall on a tablet: nobody's screens, open longer than a person's own.

import { close, here, idleFor, open, stay } from "../screen.js";
import { forget, visit } from "../visit.js";
import { language, t } from "../words.js";
import { content, say, wear } from "./load.js";

const SHEET = new URL("../../../css/care.css", import.meta.url);
// Seconds without a touch: a customer who tells it all takes longer than anything else at the counter.
const LISTENING = 180;
const SHORT_VISIT = 20;

/**
 * Returns a room: its texts, its words, and a way to show screens in it. Back draws what was there before, which must do
 * without knowing who it was: whoever stood there with a PIN is forgotten as early as on any other screen.
 */
export async function enter(back = null) {
  const [texts] = await stay(Promise.all([content(), wear(SHEET)]));
  const room = { texts, back, say: (key, values) => say(room.texts, key, values) };
  room.leave = () => (room.back ? room.back() : close());
  room.show = (name, draw, step) => show(room, name, draw, { step });
  if (!texts) openMissing(room);
  return texts ? room : null;
}

/** Shows a screen of a room, in the language in force; step runs twice a second. */
export function show(room, name, draw, { seconds = LISTENING, step = () => {} } = {}) {
  const view = () => {
    if (room.texts.language !== language()) follow(room, view);
    return { name, ...draw(), anonymous: true, seconds, leave: t("close"), back: room.leave, tick: () => passes(step) };
  };
  open(view);
}

function passes(step) {
  step();
  if (idleFor() >= SHORT_VISIT && isHere()) forget();
}

/** Whether it is still known who stands here. */
export function isHere() {
  return Boolean(visit.person || visit.badge);
}

/** Another language was chosen: its texts come a moment later, and the screen with them. */
async function follow(room, view) {
  const found = await content();
  if (found?.language !== language() || here() !== view) return;
  room.texts = found;
  const chosen = document.activeElement?.matches("[data-language]");
  open(view, { quiet: true });
  if (chosen) document.querySelector("[data-language]")?.focus();
}

function openMissing(room) {
  open(() => ({ name: "care-missing", title: t("no_connection"), anonymous: true, leave: t("close"), back: room.leave, body: [] }));
}
