// What the server says about this counter: team, message, cover, choices. Kept in memory until the next answer.

import { fetchState } from "./net.js";

let current = null;

export function state() {
  return current;
}

export async function loadState() {
  const before = JSON.stringify(current);
  current = await fetchState();
  return JSON.stringify(current) !== before;
}

export function dropState() {
  current = null;
}
