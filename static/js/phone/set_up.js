// A phone that is nobody's is told how it becomes somebody's.

import { el, icon } from "../counter/dom.js";
import { helpButton, open } from "../counter/screen.js";
import { t } from "../counter/words.js";

export function header(languageButton, name = "") {
  return [el("span", { class: "brand" }, icon("wind"), name || "Second Wind"), el("span", { class: "spacer" }), languageButton(), helpButton()];
}

/** Says how this phone becomes somebody's own; or why it is nobody's any more. */
export function openSetUp(languageButton, sentence = "") {
  const home = document.body.dataset.home;
  open(() => ({
    name: "set-up",
    title: t("set_up_title"),
    lead: sentence || t("set_up_lead"),
    seconds: null,
    header: header(languageButton),
    body: [
      el("span", { class: "mark" }, icon("wind")),
      onlineOnly(),
      el("div", { class: "actions" },
        el("a", { class: "button big", href: `${home}/first-time`, "data-go": "code" }, t("set_up_code")),
        el("a", { class: "button primary big", href: `${home}/my/phone`, "data-go": "sign-in" }, t("set_up_sign_in"))),
    ],
  }));
}

/** A phone that could keep nothing for later says so before anybody relies on it. */
function onlineOnly() {
  if (!isSecureContext) return el("p", { class: "notice warn" }, t("online_only_http"));
  if (!globalThis.indexedDB || !navigator.serviceWorker) return el("p", { class: "notice warn" }, t("online_only_browser"));
  return null;
}
