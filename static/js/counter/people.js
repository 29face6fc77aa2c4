// Who are you? Own tile and PIN; somebody lent from another team is found by name.

import { button, el, icon } from "./dom.js";
import { openFirstTime } from "./first_time.js";
import { act, newId, quick } from "./net.js";
import { openPad } from "./pin.js";
import { open, stay } from "./screen.js";
import { sayRefused, send } from "./send.js";
import { state } from "./state.js";
import { visit } from "./visit.js";
import { t } from "./words.js";

/** Lets somebody name themselves and prove it, then calls next(). */
export function whoAreYou(purpose, next) {
  const people = state().people;
  const size = people.length <= 12 ? "few" : people.length <= 24 ? "some" : "many";
  open(() => ({
    name: "who",
    title: t("who_are_you"),
    lead: purpose,
    body: [
      el("ul", { class: `tiles ${size}` }, people.map((person) => el("li", {}, tile(person, next, size)))),
      el("div", { class: "actions" },
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
  const accept = (answer) => {
    Object.assign(visit, { pin, name: answer.name, counts: answer.counts, countsFrom: answer.counts_from });
    next();
  };
  const refuse = (problem) => {
    if (problem.code === "pin_wrong") askPin({ ...person, pin_length: person.pin_length ?? pin.length }, next, problem.message);
    else sayRefused(problem);
  };
  send("who", { person: person.id, pin }, accept, refuse);
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
