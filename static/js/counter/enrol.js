// Makes this tablet a counter by a one-time code.

import { keepAwake } from "./awake.js";
import { el } from "./dom.js";
import { Refused, enrol } from "./net.js";
import { close, open, setBusy, stay } from "./screen.js";
import { canStore } from "./store.js";
import { keep } from "./tablet.js";
import { waitingMark } from "./waiting.js";
import { language, t } from "./words.js";

export function openEnrol(header, code = "", error = "") {
  const codeField = input("enrol-code", code, { class: "code-field", autocapitalize: "characters", maxlength: 20, "data-focus": !code });
  const nameField = input("enrol-name", t("enrol_name_preset"), { maxlength: 60 });
  const message = el("p", { class: "errors", role: "alert", id: "enrol-error" }, error);
  const go = async (event) => {
    event.preventDefault();
    if (!codeField.value.trim()) return void (message.textContent = t("code_missing"));
    setBusy(true);
    try {
      const answer = await stay(enrol(codeField.value.trim().toUpperCase(), nameField.value.trim() || t("enrol_name_preset")));
      keep(answer.token, language());
      keepAwake();
      askToKeep();
      close();
      // The network may go in the next minute.
      import("./care/load.js").then((care) => care.loadDue()).catch(() => {});
    } catch (problem) {
      message.textContent = problem instanceof Refused ? problem.message : t("no_connection");
      setBusy(false);
    }
  };
  open(() => ({
    name: "enrol",
    title: t("enrol_title"),
    lead: t("enrol_lead"),
    seconds: null,
    header: header(),
    body: [
      el("form", { class: "ask", autocomplete: "off", submit: go },
        onlineOnly(),
        el("label", { for: "enrol-code" }, t("code_label")), codeField, message,
        el("label", { for: "enrol-name" }, t("enrol_name")), nameField,
        el("button", { class: "button primary big", type: "submit" }, t("enrol_button"))),
      waitingMark(),
    ],
  }));
}

/** Browsers clear what they were not asked to keep when space is short; a refusal changes nothing else. */
function askToKeep() {
  navigator.storage?.persist?.().catch(() => {});
}

/** Says before the code is spent that this tablet cannot save anything while its network is away, and why. */
function onlineOnly() {
  if (isSecureContext && canStore()) return null;
  return el("p", { class: "notice warn", id: "online-only" }, t(isSecureContext ? "online_only_browser" : "online_only_http"));
}

function input(id, value, more) {
  return el("input", { type: "text", id, value, autocomplete: "off", spellcheck: "false", "aria-describedby": "online-only enrol-error", ...more });
}
