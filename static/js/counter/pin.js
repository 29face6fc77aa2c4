// The PIN pad: buttons and keys, digits never shown. It closes its own memory of them as soon as they are handed on.

import { button, el } from "./dom.js";
import { announce, open } from "./screen.js";
import { t } from "./words.js";

const LONGEST = 6;
const SHORTEST = 4;

/** Opens a pad; calls done(digits) at the known length, or on OK where the length is free (null). */
export function openPad({ name, title, lead, length, done, error = "", extra = null }) {
  let digits = "";
  const most = length ?? LONGEST;
  const dots = el("div", { class: "dots", "aria-hidden": "true" });
  const message = el("p", { class: "errors", role: "alert", id: "pin-error" }, error);
  let ok = null;

  function draw() {
    dots.replaceChildren(...Array.from({ length: most }, (_, at) => el("span", { class: at < digits.length ? "dot full" : "dot" })));
    if (ok) ok.disabled = digits.length < SHORTEST;
  }

  function finish() {
    if (digits.length < Math.min(SHORTEST, most)) return;
    const typed = digits;
    digits = "";
    draw();
    done(typed);
  }

  function press(digit) {
    if (digits.length >= most) return;
    message.textContent = "";
    digits += digit;
    draw();
    announce(t("digits_typed", { count: digits.length, length: most }));
    if (length && digits.length === length) finish();
  }

  function erase() {
    digits = digits.slice(0, -1);
    draw();
    announce(t("digits_typed", { count: digits.length, length: most }));
  }

  function keys(event) {
    if (/^[0-9]$/.test(event.key)) press(event.key);
    else if (event.key === "Backspace") erase();
    else if (event.key === "Enter" && ok && event.target.tagName !== "BUTTON") finish();
  }

  const key = (digit) => button(digit, () => press(digit), { class: "key", "data-digit": digit });

  function pad() {
    ok = length ? null : button(t("ok"), finish, { class: "button primary", "data-go": "ok" });
    const eraser = button(t("erase"), erase, { class: "key word", "data-go": "erase" });
    draw();
    return el("div", { class: "pad", role: "group", "aria-label": t("pin_pad") },
      [..."123456789"].map(key),
      ok ? eraser : el("span"),
      key("0"),
      ok ?? eraser);
  }

  open(() => ({ name, title, lead, keys, body: [dots, message, pad(), extra?.()] }));
}
