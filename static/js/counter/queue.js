// Entries that wait: kept sealed, held back while their person stands here, then sent in order by one tab at a time.

import { Refused, deliver } from "./net.js";
import { sealed } from "./seal.js";
import { addEntry, countEntries, entries, keepFor, recall, removeEntries, soon } from "./store.js";
import { PLACE, token } from "./tablet.js";

const LOCK = `second-wind-queue${PLACE}`;
const PATIENCE = 5000;
const MOST = 20;
const REST = 5 * 60_000;

export const counts = { waiting: 0, unmatched: 0 };
const restsUntil = new Map();
let holding = null;
let sending = null;
let countsChanged = () => {};

export function onCounts(handler) {
  countsChanged = handler;
}

/** The lock is this tablet's, not this page's: a second tab sends nothing of a person who is still here. */
async function alone(job, how = {}) {
  return navigator.locks ? navigator.locks.request(LOCK, how, job) : job(true);
}

function beginHolding() {
  if (holding) return;
  let end;
  let begun;
  const over = new Promise((done) => (end = done));
  const granted = new Promise((ready) => (begun = ready));
  const released = alone(() => {
    begun();
    return over;
  }).catch(begun);
  holding = { granted, end, released };
}

/** Seals an act and keeps it until its person has left; returns its number. Fails where it could not be kept in time. */
export async function hold(act, key) {
  beginHolding();
  const kept = sealed(act, key).then(addEntry);
  try {
    return await soon(kept, PATIENCE);
  } catch (problem) {
    // Its person is told that nothing was saved, so nothing may turn up later.
    kept.then((number) => drop([number])).catch(() => {});
    throw problem;
  }
}

/** Whether anything waits here. What rests is tried again, so that an act that must not overtake it stays behind it. */
export async function anyWaits() {
  restsUntil.clear();
  return (await countEntries()) > 0;
}

export function drop(numbers) {
  return removeEntries(numbers);
}

/** Takes back what is held; false where some of it has gone out already. */
export async function unsend(numbers) {
  sending?.abort();
  await holding?.granted;
  const there = await drop(numbers);
  return there === numbers.length;
}

/** Whoever stood here has left: what they entered may go. */
export async function letGo() {
  const left = holding;
  holding = null;
  left?.end();
  await left?.released;
  return flush();
}

/** Sends what waits, if nobody stands here and no other tab is at it. Raises Refused for a tablet that is unknown. */
export async function flush() {
  // The copy that lies beside a try is none that waits: nobody is to see by it that somebody answers.
  if (holding) return;
  if (sending || !token()) return void recount();
  sending = new AbortController();
  try {
    await alone((mine) => mine && sendAll(), { ifAvailable: true });
  } finally {
    sending = null;
    await recount();
  }
}

async function sendAll() {
  const due = (await entries()).filter(([number]) => (restsUntil.get(number) ?? 0) < performance.now());
  for (let at = 0; at < due.length && !holding; at += MOST) await sendSome(due.slice(at, at + MOST));
}

async function sendSome(some) {
  try {
    await settle(some, await deliver(some.map(([, entry]) => entry), sending.signal));
  } catch (problem) {
    if (!(problem instanceof Refused) || problem.code === "tablet_unknown") throw problem;
    if (some.length > 1) for (const one of some) await sendSome([one]);
    else rest(some[0][0]);
  }
}

async function settle(some, results) {
  const told = (...wanted) => some.map(([number]) => number).filter((_, at) => wanted.includes(results[at]));
  told("later").forEach(rest);
  const lost = told("unmatched", "unreadable");
  await removeEntries([...told("saved"), ...lost], lost.length);
}

function rest(number) {
  restsUntil.set(number, performance.now() + REST);
}

/** Reads anew how many wait and how many could not be matched. */
export async function recount() {
  const [waiting, unmatched = 0] = await Promise.all([countEntries(), recall("unmatched")]).catch(() => [0]);
  if (waiting === counts.waiting && unmatched === counts.unmatched) return;
  Object.assign(counts, { waiting, unmatched });
  countsChanged();
}

export async function closeUnmatched() {
  await keepFor("unmatched", 0).catch(() => {});
  return recount();
}
