// Speaks with the server by the tablet's token alone. Each act has an id of its own: a second try can never record twice.

import { token } from "./tablet.js";
import { language, t } from "./words.js";

const PAUSES = [0, 500, 1500];
const PATIENCE = 6000;
const TOTAL = 9000;
// Time for an act that could be sealed and kept instead: a queue of people waits behind whoever stands here.
const QUICK = { tries: 2, total: 4000 };
// The last request found nobody. Whether the network is back is found out in the background.
const QUICKEST = { tries: 1, total: 1500 };

let lost = false;
let gone = false;

/** How long to try what need not succeed. */
export function quick() {
  return lost ? QUICKEST : QUICK;
}

/** Whether the browser has said that the network is gone, and nothing has come through since. */
export function isGone() {
  return gone;
}

export class Refused extends Error {
  constructor(code, sentence) {
    super(sentence);
    this.code = code;
  }
}

export class Unreachable extends Error {}

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // On plain http in a local network browsers hide randomUUID; getRandomValues is always there.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function once(path, body, { patience = PATIENCE, signal, queue, spoken = language() }) {
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), patience);
  signal?.addEventListener("abort", () => stop.abort());
  const headers = { "Accept-Language": spoken };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  if (body) headers["Content-Type"] = "application/json";
  if (queue) headers.Queue = queue;
  try {
    const answer = await fetch(document.body.dataset.counter + path, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      signal: stop.signal,
    });
    return { status: answer.status, content: await answer.json() };
  } finally {
    clearTimeout(alarm);
  }
}

async function ask(path, body, { tries = PAUSES.length, total = TOTAL, ...how } = {}) {
  const until = performance.now() + total;
  for (const pause of PAUSES.slice(0, tries)) {
    await wait(pause);
    const patience = Math.min(how.patience ?? PATIENCE, until - performance.now());
    if (patience <= 0 || how.signal?.aborted) break;
    try {
      const mine = token();
      const { status, content } = await once(path, body, { ...how, patience });
      // What was said to the token before this one is no word about this one.
      if (status === 401 && mine !== token()) continue;
      if (status < 500) lost = gone = false;
      if (status < 400) return content;
      if (status < 500) throw new Refused(content.code, content.error ?? t("refused"));
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
      if (gone) break;
    }
  }
  lost ||= !how.signal?.aborted;
  throw new Unreachable(t("no_connection"));
}

/** What the counter shows; the server is told whether anything waits here, and nothing of what it is. */
export function fetchState(waiting, how = {}) {
  return ask("/state", null, { ...how, queue: waiting ? "waiting" : "empty" });
}

/** What the care screens say, in a language. */
export function fetchCare(spoken, how) {
  return ask("/care", null, { ...how, spoken });
}

export function enrol(code, name) {
  return ask("/enrol", { code, name });
}

export function act(id, name, fields, how) {
  return ask("/act", { id, act: name, ...fields }, how);
}

/** Sends sealed entries and returns what became of each, in their order. */
export async function deliver(entries, signal) {
  const { results } = await ask("/sealed", { now: Date.now(), entries }, { tries: 1, patience: 15_000, total: 15_000, signal });
  if (results?.length !== entries.length) throw new Unreachable(t("no_connection"));
  return results;
}

addEventListener("offline", () => (gone = true));
addEventListener("online", () => (gone = false));
