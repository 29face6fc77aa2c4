// Who are you? Own tile and PIN, or a badge; somebody lent from another team is found by name.

import { hasCamera, openCamera } from "./camera.js";
import { button, el, icon } from "./dom.js";
import { openFirstTime } from "./first_time.js";
import { Refused, act, newId, quick } from "./net.js";
import { note } from "./note.js";
import { openPad } from "./pin.js";
import { open, setBusy, stay } from "./screen.js";
import { sayRefused, send } from "./send.js";
import { state } from "./state.js";
import { visit } from "./visit.js";
import { t } from "./words.js";

// On these screens nobody has said yet who they are, so that a badge may.
const NAMING = ["who", "find", "pin"];
let chosen = null;

/** Lets somebody name themselves and prove it, then calls next(). */
export function whoAreYou(purpose, next) {
  if (visit.phone) return void next();
  chosen = next;
  const people = state().people;
  const size = people.length <= 12 ? "few" : people.length <= 24 ? "some" : "many";
  open(() => ({
    name: "who",
    title: t("who_are_you"),
    lead: purpose,
    body: [
      el("ul", { class: `tiles ${size}` }, people.map((person) => el("li", {}, tile(person, next, size)))),
      el("div", { class: "actions" },
        hasCamera() ? button(t("scan_badge"), () => scan(purpose, next), { class: "pill", "data-go": "scan" }) : null,
        button([icon("search"), t("from_another_team")], () => openSearch(purpose, next), { class: "pill", "data-go": "find" })),
    ],
  }));
}

function tile(person, next, size = "few") {
  const first = person.pin_length == null;
  return el("button", { type: "button", class: "tile", "data-person": person.id, click: () => choose(person, next) },
    el("span", { class: "tile-name" }, person.name),
    person.team ? el("small", {}, person.team) : null,
    first ? el("small", {}, t(size === "few" ? "first_time" : "first_time_short")) : null);
}

function choose(person, next) {
  visit.person = person.id;
  visit.name = person.name;
  if (person.pin_length == null) openFirstTime((pin) => prove(pin, person, next));
  else askPin(person, next);
}

function askPin(person, next, error = "") {
  const newCode = () => button(t("have_a_code"), () => openFirstTime((pin) => prove(pin, person, next)), { class: "button quiet", "data-go": "code" });
  openPad({ name: "pin", title: () => t("pin_of", { name: person.name }), length: person.pin_length, error, extra: newCode, done: (pin) => prove(pin, person, next) });
}

function prove(pin, person, next) {
  const refuse = (problem) => {
    if (problem.code === "pin_wrong") askPin({ ...person, pin_length: person.pin_length ?? pin.length }, next, problem.message);
    else sayRefused(problem);
  };
  signIn({ person: person.id, pin }, next, refuse);
}

function signIn(author, next, refuse) {
  const accept = (answer) => {
    const { name, counts, counts_from: countsFrom } = answer;
    Object.assign(visit, { person: null, badge: null, pin: "", ...author, name, counts, countsFrom });
    next();
  };
  return send("who", author, accept, refuse);
}

function scan(purpose, next) {
  openCamera((badge) => takeBadge(badge, next), () => whoAreYou(purpose, next));
}

/** Lets a badge say who came for what was chosen; false where somebody has said so already. */
export function nameByBadge(badge) {
  if (!NAMING.includes(document.body.dataset.screen)) return false;
  takeBadge(badge, chosen);
  return true;
}

/** Lets a badge stand for tile and PIN, or for the tile alone, as the site wants it; then calls next(). */
export function takeBadge(badge, next) {
  chosen = next;
  if (!state().badge_alone) return findOwner(badge, next);
  visit.name = "";
  const refuse = (problem) => {
    if (problem.code === "pin_needed") findOwner(badge, next);
    else badgeRefused(problem);
  };
  return signIn({ badge }, next, refuse);
}

async function findOwner(badge, next) {
  setBusy(true);
  try {
    const { people } = await stay(act(newId(), "find", { badge }, quick()));
    setBusy(false);
    choose(people[0], next);
  } catch (problem) {
    setBusy(false);
    if (problem instanceof Refused) badgeRefused(problem);
    else askPinOfBadge(badge, next);
  }
}

/** Nobody could be asked whose badge this is: any PIN is taken, and looked at when it arrives. */
function askPinOfBadge(badge, next, error = "") {
  visit.name = "";
  const refuse = (problem) => (problem.code === "pin_wrong" ? askPinOfBadge(badge, next, problem.message) : badgeRefused(problem));
  const done = (pin) => signIn({ badge, pin }, next, refuse);
  openPad({ name: "pin", title: t("your_pin"), length: null, error, done });
}

function badgeRefused(problem) {
  if (problem.code === "badge_unknown") note(problem.message);
  else sayRefused(problem);
}

function openSearch(purpose, next) {
  const found = el("ul", { class: "tiles few", "aria-live": "polite" });
  const said = el("p", { class: "soft", role: "status" }, t("find_hint"));
  let pause;

  async function look(typed) {
    try {
      const { people } = await stay(act(newId(), "find", { q: typed }, quick()));
      if (typed !== field.value.trim()) return;
      found.replaceChildren(...people.map((person) => el("li", {}, tile(person, next))));
      said.textContent = people.length ? "" : t("find_nobody");
    } catch (problem) {
      said.textContent = problem.message;
    }
  }

  function typing() {
    clearTimeout(pause);
    const typed = field.value.trim();
    if (typed.length >= 2) pause = setTimeout(() => look(typed), 300);
    else found.replaceChildren();
  }

  const field = el("input", { type: "text", id: "find", autocomplete: "off", autocapitalize: "words", spellcheck: "false", maxlength: 60, "data-focus": true, input: typing });
  open(() => ({
    name: "find",
    title: t("find_title"),
    back: () => whoAreYou(purpose, next),
    leave: t("back"),
    body: [el("div", { class: "ask" }, el("label", { for: "find" }, t("find_label")), field), said, found],
  }));
}
