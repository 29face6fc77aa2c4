// Known today: what is known, the words to use, and a large tick for each whom to tell. Nobody signs a tick.

import { button, el, icon } from "./dom.js";
import { send } from "./send.js";
import { t } from "./words.js";

/** One card for each notice; again() draws the counter anew once the server has taken a tick. */
export function noticeCards(notices, again) {
  return notices.map((notice) => {
    const audience = notice.audience ?? [];
    const when = notice.until ? t("known_until", { until: notice.until }) : t("known_today");
    return el("section", { class: "card known" },
      el("p", { class: "soft" }, when),
      el("h2", {}, notice.title),
      notice.text ? el("p", { class: notice.id ? "words" : null }, notice.text) : null,
      audience.length ? el("div", { class: "ticks", role: "group", "aria-label": t("told_label", { notice: notice.title }) },
        el("span", { class: "soft", "aria-hidden": "true" }, t("told")), audience.map((line) => tick(line, again))) : null);
  });
}

function tick(line, again) {
  const name = `told-${line.id}`;
  const turn = () => send("told", { audience: line.id, told: !line.told }, async (answer) => {
    if (answer.here) line.told = !line.told;
    await again();
    document.querySelector(`[data-act=${name}]`)?.focus({ preventScroll: true });
  });
  const box = el("span", { class: "box" }, line.told ? icon("check") : null);
  return button([box, line.whom], turn, { class: "tick", "aria-pressed": String(line.told), "data-act": name });
}
