// What the server says about this counter: team, message, cover, choices. The tablet keeps a copy for times without a network.

import { fetchState } from "./net.js";
import { counts } from "./queue.js";
import { canSeal } from "./seal.js";
import { canStore, forgetCounter, keepFor, recall } from "./store.js";
import { token } from "./tablet.js";
import { language } from "./words.js";

let current = null;
// By language, what the choices were in the one in force when those were fetched.
let others = {};

export function state() {
  return current;
}

/** Whether an act that cannot be sent may wait here, sealed. */
export function canWait() {
  return Boolean(current?.seal) && canSeal() && canStore();
}

export async function loadState(how) {
  const asker = token();
  const answer = await fetchState(counts.waiting, how);
  // Signed out meanwhile: what was asked before must not come back.
  if (token() !== asker) return false;
  const before = JSON.stringify(current);
  current = answer;
  const changed = JSON.stringify(current) !== before;
  if (changed) keepCopy();
  if (canStore()) keepOtherChoices(asker);
  return changed;
}

/** Whoever speaks the other language finds its words when the network is gone, also where nobody has spoken it before. */
async function keepOtherChoices(asker) {
  const [mine, spoken] = [JSON.stringify(current.choices), language() === "es" ? "en" : "es"];
  if (others[spoken] === mine) return;
  others[spoken] = mine;
  try {
    const { choices } = await fetchState(counts.waiting, { tries: 1, spoken });
    if (token() === asker) await keepFor(`choices-${spoken}`, choices);
  } catch {
    delete others[spoken];
  }
}

/** Whoever asks for cover is on the wall only as long as the server says so. */
function keepCopy() {
  if (!canStore()) return;
  keepFor("state", { ...current, cover: [] }).catch(() => {});
  keepFor(`choices-${current.language}`, current.choices).catch(() => {});
}

/** Takes what the tablet has kept, where the server cannot be asked; the choices in the language in force. */
export async function recallState() {
  if (!canStore()) return;
  const [kept, choices] = await Promise.all([recall("state"), recall(`choices-${language()}`)]).catch(() => []);
  const base = current ?? kept;
  if (base && token()) current = { ...base, choices: choices ?? base.choices };
}

export function dropState() {
  current = null;
  others = {};
  if (canStore()) forgetCounter().catch(() => {});
}
