// Speaks with the server by the tablet's token alone. Each act has an id of its own: a second try can never record twice.

import { token } from "./tablet.js";
import { language, t } from "./words.js";

const PAUSES = [0, 500, 1500];
const PATIENCE = 6000;

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

async function once(path, body) {
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), PATIENCE);
  const headers = { "Accept-Language": language() };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  if (body) headers["Content-Type"] = "application/json";
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

async function ask(path, body) {
  for (const pause of PAUSES) {
    await wait(pause);
    try {
      const { status, content } = await once(path, body);
      if (status < 400) return content;
      if (status < 500) throw new Refused(content.code, content.error ?? t("refused"));
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
    }
  }
  throw new Unreachable(t("no_connection"));
}

export function fetchState() {
  return ask("/state");
}

export function enrol(code, name) {
  return ask("/enrol", { code, name });
}

export function act(id, name, fields) {
  return ask("/act", { id, act: name, ...fields });
}
