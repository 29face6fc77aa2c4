// A line for some days after a tick: new figures are out, and the team reads the same page as its managers.

import { el } from "./dom.js";

export function releasedLine(released) {
  return released ? el("p", { class: "released soft" }, released.text) : null;
}
