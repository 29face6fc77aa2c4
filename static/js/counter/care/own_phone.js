// Setting one's own phone up: a code for a first sign-in, with a PIN, shown once as a picture for the phone's camera.

import { button, el } from "../dom.js";
import { whoAreYou } from "../people.js";
import { close, open } from "../screen.js";
import { send } from "../send.js";
import { signed } from "../visit.js";
import { content, say, wear } from "./load.js";

const SHEET = new URL("../../../css/care_screen.css", import.meta.url);
// Seconds without a touch: the hands are busy with a phone.
const TYPING = 120;

export async function start() {
  const [care] = await Promise.all([content(), wear(SHEET)]);
  if (!care) throw new Error("The words of this screen are not here.");
  whoAreYou(() => say(care, "own_title"), () => ask(care));
}

/** A code is told once: where an answer was lost on its way, the second try of the same tap brings none. */
function ask(care) {
  send("own_sign_in", signed(), (answer) => (answer.code ? show(care, answer) : ask(care)));
}

function show(care, { code, address, picture }) {
  const said = (key, values) => say(care, key, values);
  open(() => ({
    name: "own-phone",
    title: said("own_title"),
    lead: said("own_lead"),
    seconds: TYPING,
    body: [
      el("div", { class: "care-grid" },
        el("section", { class: "card own-picture" }, el("h2", {}, said("own_scan")), el("img", { src: picture, alt: said("own_picture"), class: "own-qr" })),
        el("section", { class: "card" },
          el("h2", {}, said("own_type")), el("p", { class: "care-address" }, address.replace(/^https?:\/\//, "")),
          el("p", { class: "own-code" }, code), el("p", { class: "soft" }, said("own_for")))),
      el("p", { class: "own-next" }, said("own_next")),
      el("div", { class: "actions" }, button(said("own_done"), () => close(), { class: "button primary big", "data-go": "own-done" })),
    ],
  }));
}
