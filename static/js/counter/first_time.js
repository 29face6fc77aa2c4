// First time here: the one-time code, then an own PIN, typed twice unless the server refuses it.

import { button, el } from "./dom.js";
import { isGone } from "./net.js";
import { openPad } from "./pin.js";
import { open } from "./screen.js";
import { sayRefused, send } from "./send.js";
import { loadState } from "./state.js";
import { t } from "./words.js";

/** Asks for code and PIN; calls chosen(pin) once the server has taken them. */
export function openFirstTime(chosen, error = "") {
  const field = el("input", {
    type: "text", id: "code", class: "code-field", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    maxlength: 20, "data-focus": true, "aria-describedby": "code-error",
  });
  const message = el("p", { class: "errors", role: "alert", id: "code-error" }, error);
  const go = (event) => {
    event.preventDefault();
    const code = field.value.trim().toUpperCase();
    if (isGone()) message.textContent = t("pin_needs_network");
    else if (code) choosePin(code, chosen);
    else message.textContent = t("code_missing");
  };
  open(() => ({
    name: "code",
    title: t("code_title"),
    lead: t("code_lead"),
    body: [
      el("form", { class: "ask", autocomplete: "off", submit: go },
        el("label", { for: "code" }, t("code_label")), field, message,
        el("button", { class: "button primary big", type: "submit" }, t("next"))),
    ],
  }));
}

function choosePin(code, chosen, error = "") {
  openPad({
    name: "new-pin", title: () => t("choose_pin"), lead: () => t("choose_pin_lead"), length: null, error,
    done: (pin) => (/^(.)\1+$/.test(pin) || "01234567890 09876543210".includes(pin) ? savePin : repeatPin)(code, pin, chosen),
  });
}

function repeatPin(code, first, chosen) {
  openPad({
    name: "repeat-pin", title: () => t("repeat_pin"), length: first.length,
    done: (second) => (first === second ? savePin(code, first, chosen) : choosePin(code, chosen, t("pins_differ"))),
  });
}

function savePin(code, pin, chosen) {
  const saved = () => {
    loadState().catch(() => {});
    open(() => ({
      name: "pin-saved",
      title: t("pin_saved"),
      lead: t("pin_saved_lead"),
      body: [el("div", { class: "actions" }, button(t("next"), () => chosen(pin), { class: "button primary big", "data-go": "next" }))],
    }));
  };
  const refused = (problem) => {
    if (problem.code === "pin_weak") choosePin(code, chosen, problem.message);
    else if (["code_expired", "not_found", "bad_request"].includes(problem.code)) openFirstTime(chosen, problem.message);
    else sayRefused(problem);
  };
  send("choose_pin", { code, pin }, saved, refused);
}
