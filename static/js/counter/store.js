// What this tablet keeps on its disk: sealed entries that wait, and what its counter looked like. No answer can be read here.

import { openDB } from "../../vendor/idb.min.js";
import { PLACE } from "./tablet.js";

const NAME = `second-wind${PLACE}`;
const PATIENCE = 3000;
// Browsers lose a connection in their sleep; a new one then works.
const LOST = ["InvalidStateError", "UnknownError"];
let opened = null;

export const canStore = () => Boolean(globalThis.indexedDB);

/** Nobody at a counter waits for long: what does not answer in time has failed, whatever becomes of it later. */
export function soon(promise, milliseconds) {
  return new Promise((resolve, reject) => {
    const alarm = setTimeout(() => reject(new Error("This took too long.")), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(alarm));
  });
}

function database() {
  opened ??= openDB(NAME, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("queue", { autoIncrement: true });
      fresh.createObjectStore("kept");
    },
    blocking: close,
    terminated: close,
  });
  return opened;
}

function close() {
  opened?.then((open) => open.close(), () => {});
  opened = null;
}

async function work(job) {
  try {
    return await soon(database().then(job), PATIENCE);
  } catch (problem) {
    close();
    if (LOST.includes(problem.name)) return soon(database().then(job), PATIENCE);
    throw problem;
  }
}

function change(stores, job) {
  return work(async (open) => {
    // Strict: what the tablet has called saved is on its disk, whatever happens to its battery.
    const changing = open.transaction(stores, "readwrite", { durability: "strict" });
    const [result] = await Promise.all([job(...stores.map((name) => changing.objectStore(name))), changing.done]);
    return result;
  });
}

/** Keeps an entry and returns its number, once it is safe. */
export function addEntry(entry) {
  return change(["queue"], (queue) => queue.add(entry));
}

/** Everything that waits, oldest first, as [number, entry]. */
export function entries() {
  return work(async (open) => {
    const queue = open.transaction("queue").store;
    const [numbers, found] = await Promise.all([queue.getAllKeys(), queue.getAll()]);
    return numbers.map((number, at) => [number, found[at]]);
  });
}

export function countEntries() {
  return work((open) => open.count("queue"));
}

/** Takes entries off the queue, adds those that nobody could match to their number, and returns how many were still there. */
export function removeEntries(numbers, unmatched = 0) {
  return change(["queue", "kept"], async (queue, kept) => {
    const there = await Promise.all(numbers.map((number) => queue.count(number)));
    await Promise.all(numbers.map((number) => queue.delete(number)));
    if (unmatched) await kept.put(((await kept.get("unmatched")) ?? 0) + unmatched, "unmatched");
    return there.reduce((sum, one) => sum + one, 0);
  });
}

export function recall(name) {
  return work((open) => open.get("kept", name));
}

export function keepFor(name, value) {
  return change(["kept"], (kept) => kept.put(value, name));
}

/** Forgets how the counter looked, names included. What waits sealed stays, and so does the bare number of the unmatched. */
export function forgetCounter() {
  return change(["kept"], async (kept) => {
    const names = await kept.getAllKeys();
    await Promise.all(names.filter((name) => name !== "unmatched").map((name) => kept.delete(name)));
  });
}
