// Takes back everything of this week that has not been released; it never shows what was answered.

import { button, el } from "./dom.js";
import { openDone } from "./done.js";
import { whatHappensLine } from "./panels.js";
import { whoAreYou } from "./people.js";
import { close, open } from "./screen.js";
import { send } from "./send.js";
import { signed, visit } from "./visit.js";
import { t } from "./words.js";

export function startTakeBack() {
  whoAreYou(() => t("take_back"), confirm);
}

function confirm() {
  open(() => ({
    name: "take-back",
    title: t("take_back_question"),
    lead: t("take_back_lead"),
    leave: t("not_you"),
    body: [
      el("div", { class: "actions" },
        button(t("take_back_no"), () => close(), { class: "button big" }),
        button(t("take_back_yes"), takeBack, { class: "button danger big", "data-go": "take-back-yes" })),
      whatHappensLine(),
    ],
  }));
}

function takeBack() {
  send("take_back", signed(), () => {
    visit.handles = [];
    openDone({ title: t("taken_back"), lead: t("taken_back_lead") });
  });
}
