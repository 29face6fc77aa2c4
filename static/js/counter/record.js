// Records an act with the server or, where it cannot be reached, sealed on this tablet.

import { Refused, Unreachable, act, isGone, quick } from "./net.js";
import { anyWaits, counts, drop, flush, hold, letGo } from "./queue.js";
import { prepare } from "./seal.js";
import { canWait, state } from "./state.js";
import { soon } from "./store.js";
import { visit } from "./visit.js";

const PATIENCE = 4000;
const CATCHING_UP = 2500;
const SEALABLE = new Set(["check_in", "rough", "rough_detail", "break", "back", "take_back", "cover", "cover_taken", "told", "say", "join", "ask"]);

/** Neither the server nor this tablet's storage took it. */
export class NotKept extends Error {}

/** Returns the server's answer, or {here: true} for what is kept here; raises Refused, Unreachable or NotKept. */
export async function deliverAct(id, name, fields) {
  visit.here = false;
  if (!canWait()) return act(id, name, fields);
  if (name === "who") return prove(id, fields);
  if (!SEALABLE.has(name)) return act(id, name, fields);
  const answer = await record(id, name, fields);
  if (!visit.person && !visit.badge) letGo().catch(() => {});
  return answer;
}

/** Notes something of the visit that an act began in; its person may have left before its answer came. */
function noter() {
  const mine = (visit.mark ??= {});
  return (facts) => visit.mark === mine && Object.assign(visit, facts);
}

/** Without a network any PIN is taken: it is sealed with what it signs, and looked at when that arrives. */
async function prove(id, fields) {
  const note = noter();
  const ready = prepare();
  ready.catch(() => {});
  try {
    const answer = await act(id, "who", fields, quick());
    // The network is back: what was entered before goes out before what this person is about to enter.
    if (counts.waiting) await soon(flush(), CATCHING_UP).catch(() => {});
    return answer;
  } catch (problem) {
    if (problem instanceof Refused) throw problem;
  }
  await soon(ready, PATIENCE);
  note({ offline: true });
  return { name: visit.name, counts_from: null };
}

/** Keeps a sealed copy beside each try: a tablet that dies in between loses nothing, and the act's id is recorded only once. */
async function record(id, name, fields) {
  const note = noter();
  // What waits here would arrive after it, and stay.
  if (name === "take_back" && (await anyWaits().catch(() => false))) note({ offline: true });
  const kept = hold({ id, act: name, ...fields }, state().seal);
  const forgetCopy = () => kept.then((number) => drop([number])).catch(() => {});
  kept.catch(() => {});
  try {
    const answer = await sendNow(id, name, fields, note);
    forgetCopy();
    return answer;
  } catch (problem) {
    if (!(problem instanceof Refused)) return await keptHere(kept, note);
    forgetCopy();
    throw problem;
  }
}

async function sendNow(id, name, fields, note) {
  if (visit.offline || isGone()) throw new Unreachable();
  try {
    return await act(id, name, fields, quick());
  } catch (problem) {
    // It may have arrived all the same, so that nobody can promise to undo it.
    if (!(problem instanceof Refused)) note({ unsure: true, handles: [] });
    throw problem;
  }
}

/** What surely never left this tablet can be undone: its handle is its number in the queue. */
async function keptHere(kept, note) {
  const number = await kept.catch(() => {
    note({ offline: false });
    throw new NotKept();
  });
  note({ offline: true, here: true });
  return { saved: true, here: true, handle: visit.unsure ? null : number };
}
