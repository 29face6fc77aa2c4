// Whose phone this is: the token that stands for them, and the name that the server says.

import { state } from "../counter/state.js";
import { token } from "../counter/tablet.js";
import { forget, owner, visit } from "../counter/visit.js";
import { openRest } from "./rest.js";

/** Lets this phone speak for whom the server, or what is kept here, names. */
export function takeOwner() {
  const me = state()?.me;
  if (!me || !token()) return;
  const { name, counts, counts_from: countsFrom } = me;
  Object.assign(owner, { person: true, phone: token(), name, counts, countsFrom, rest: openRest });
  Object.assign(visit, owner);
}

export function forgetOwner() {
  for (const key of Object.keys(owner)) delete owner[key];
  forget();
}
