// The discreet mark on the counter: how many entries wait here, and how many nobody could match. Never whose.

import { button, el } from "./dom.js";
import { closeUnmatched, counts } from "./queue.js";
import { t } from "./words.js";

export function waitingMark() {
  const { waiting, unmatched } = counts;
  if (!waiting && !unmatched) return null;
  return el("div", { class: "below waiting" },
    waiting ? el("span", { class: "soft", "data-waiting": waiting }, counted("waiting", waiting)) : null,
    unmatched ? el("span", { class: "soft", "data-unmatched": unmatched }, counted("unmatched", unmatched)) : null,
    unmatched ? button(t("close"), closeUnmatched, { class: "pill", "data-go": "close-unmatched", "aria-label": t("unmatched_close") }) : null);
}

function counted(what, count) {
  return t(count === 1 ? `${what}_one` : `${what}_many`, { count });
}
