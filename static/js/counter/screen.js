// One screen at a time in one place: draws it, moves the focus to its heading, and closes it after idle seconds.

import { button, el, icon } from "./dom.js";
import { visit } from "./visit.js";
import { language, t } from "./words.js";

const IDLE = Number(document.body.dataset.idle ?? 20);
// What these say was said by the server, or is typed already: they are not drawn anew in another language.
const IN_ONE_LANGUAGE = ["find", "camera", "pin-saved", "done", "unsaved", "refused"];
let turn = 0;
let view = null;
let spec = null;
let deadline = Infinity;
let busySince = 0;
let openedAt = 0;
let saying = 0;
let home = () => {};
let help = () => {};
let languageButton = () => null;

export function wire(handlers) {
  home = handlers.home;
  help = handlers.help;
  languageButton = handlers.languageButton;
}

const byId = (id) => document.getElementById(id);

export function announce(sentence) {
  hush();
  saying = setTimeout(() => (byId("live").textContent = sentence), 50);
}

function hush() {
  clearTimeout(saying);
  byId("live").textContent = "";
}

export function helpButton() {
  return el("button", { type: "button", class: "pill", "data-go": "help", click: help }, icon("help"), t("get_help"));
}

function personHeader() {
  const leave = spec.leave === undefined ? t("cancel") : spec.leave;
  return [
    visit.name && !spec.anonymous ? el("b", { class: "who" }, visit.name) : null,
    el("span", { class: "closing soft", id: "closing" }),
    el("span", { class: "spacer" }),
    IN_ONE_LANGUAGE.includes(spec.name) ? null : languageButton(),
    spec.name === "help" ? null : helpButton(),
    leave && button([icon("back"), leave], () => goBack(), { class: "pill", "data-go": "leave" }),
  ].filter(Boolean);
}

function goBack() {
  if (spec.back) spec.back();
  else close();
}

const words = (said) => (typeof said === "function" ? said() : said);

/** Opens a view: a function that returns {name, title, body, lead?, header?, seconds?, back?, leave?, keys?, tick?}; title and lead may be functions. */
export function open(next, { quiet = false } = {}) {
  turn += 1;
  openedAt = Date.now();
  view = next;
  spec = next();
  const main = byId("screen");
  const held = document.activeElement?.dataset.act;
  main.dataset.screen = spec.name;
  document.body.dataset.screen = spec.name;
  byId("bar").replaceChildren(...(spec.header ?? personHeader()));
  const lead = spec.lead && el("p", { class: "lead", id: "lead" }, words(spec.lead));
  const title = el("h1", { tabindex: "-1", class: spec.hideTitle && "visually-hidden", "aria-describedby": lead && "lead" }, words(spec.title));
  main.replaceChildren(...[title, lead, ...spec.body].filter(Boolean));
  if (spec.seconds === null && !quiet) hush();
  setBusy(false);
  if (quiet) main.querySelector(`[data-act="${held}"]`)?.focus();
  else {
    scrollTo(0, 0);
    (main.querySelector("[data-focus]") ?? title).focus({ preventScroll: true });
  }
  stayAwake();
  showClosing();
}

/** Draws a person's screen once more, after a change of language; false at the counter itself, which is nobody's. */
export function redraw() {
  if (spec.seconds === null) return false;
  open(view);
  byId("bar").querySelector("[data-language]")?.focus();
  return true;
}

export function here() {
  return view;
}

export function close() {
  home();
}

/** Seconds since anybody last touched the tablet. */
export function idleFor() {
  return Math.max(0, (spec.seconds ?? IDLE) - (deadline - Date.now()) / 1000);
}

/** Waits for a promise, unless the screen has changed meanwhile: then its answer belongs to nobody. */
export function stay(promise) {
  const mine = turn;
  return new Promise((resolve, reject) => {
    promise.then(
      (value) => mine === turn && resolve(value),
      (problem) => mine === turn && reject(problem),
    );
  });
}

export function setBusy(busy) {
  busySince = busy ? Date.now() : 0;
  byId("app").toggleAttribute("inert", busy);
  byId("screen").setAttribute("aria-busy", String(busy));
  if (busy) announce(t("saving"));
  stayAwake();
}

/** When this screen closes by itself if nobody touches it from now on. */
function latest() {
  const seconds = spec?.seconds === undefined ? IDLE : spec.seconds;
  return seconds ? Date.now() + seconds * 1000 : Infinity;
}

function stayAwake() {
  deadline = latest();
}

function showClosing() {
  const left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000));
  const place = byId("closing");
  if (place && Number.isFinite(left)) place.textContent = t("closes_in", { seconds: left });
  if (left === 8 && (spec?.seconds ?? IDLE) > 8) announce(t("closes_in", { seconds: left }));
}

function tick() {
  if (busySince) return;
  // A clock that was set back would leave somebody's screen open for as long.
  deadline = Math.min(deadline, latest());
  showClosing();
  spec?.tick?.();
  if (Date.now() >= deadline) close();
}

/** A tablet whose lid is closed must not wake up with somebody's screen; what is being saved is waited for. */
function leaveWhenHidden() {
  if (document.hidden && !busySince && deadline < Infinity) close();
  else tick();
}

/** Back, on a browser or a tablet, leaves a person's screen as Cancel does. The one entry more holds nothing: 0, where the first has null. */
function guardBack() {
  if (history.state === null) history.pushState(0, "");
}

/** A nervous double tap must not answer the screen that came up under the finger. */
function dropSecondTap(event) {
  if (event.detail > 1 && Date.now() - openedAt < 400) event.stopPropagation();
}

export function watch() {
  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    addEventListener(kind, () => spec?.seconds !== 3 && stayAwake(), { passive: true });
  }
  addEventListener("keydown", (event) => {
    if (busySince) return;
    if (event.key === "Escape" && spec.seconds !== null) goBack();
    else spec.keys?.(event);
  });
  addEventListener("click", dropSecondTap, { capture: true });
  addEventListener("click", guardBack, { capture: true });
  addEventListener("popstate", () => spec.seconds !== null && close());
  document.addEventListener("visibilitychange", leaveWhenHidden);
  setInterval(tick, 500);
}

/** Before the first screen can be drawn; again() tries anew, and is offered once it is known that nobody answers. */
export function notYet(header, again = null) {
  const retry = again && button(t("try_again"), again, { class: "button primary big", "data-go": "retry" });
  open(() => ({
    name: again ? "no-connection" : "connecting",
    title: t(again ? "no_connection" : "connecting"),
    seconds: null,
    header: header(),
    body: [retry && el("div", { class: "actions" }, retry)],
  }));
}

/** Leads to the other language. On a phone there is room for two letters of it; a screen reader says the whole. */
export function languageSwitch(switchTo) {
  const other = language() === "es" ? "en" : "es";
  const name = other === "es" ? "Español" : "English";
  const letters = [el("span", {}, name.slice(0, 2)), el("span", { class: "rest" }, name.slice(2))];
  return button(letters, () => switchTo(other), { class: "pill", lang: other, "aria-label": name, "data-language": other });
}
