// Starts the counter: an enrolled tablet goes straight to its counter screen, any other asks for a code.

import { button, el } from "./dom.js";
import { codeFromAddress, openEnrol } from "./enrol.js";
import { homeHeader, openHome } from "./home.js";
import { Refused } from "./net.js";
import { openHelp } from "./panels.js";
import { announce, open, setBusy, stay, watch, wire } from "./screen.js";
import { onTabletGone } from "./send.js";
import { dropState, loadState, state } from "./state.js";
import { forgetTablet, ownLanguage, token } from "./tablet.js";
import { forget } from "./visit.js";
import { language, speak, t, takeWords } from "./words.js";

const REFRESH = 60_000;
const atHome = () => document.body.dataset.screen === "home";
let switchedAt = 0;
let offeredCode = "";
let addressLanguage = new URLSearchParams(location.search).get("lang");

function languageButton() {
  const other = language() === "es" ? "en" : "es";
  const name = other === "es" ? "Español" : "English";
  return button(name, () => switchTo(other), { class: "pill", lang: other, "data-language": other });
}

const header = () => homeHeader(languageButton);

/** The language this counter returns to when nobody stands before it. */
function tabletLanguage() {
  return addressLanguage ?? ownLanguage() ?? language();
}

async function switchTo(wanted) {
  setBusy(true);
  try {
    await stay(speak(wanted));
    switchedAt = Date.now();
    if (token()) await stay(loadState());
  } catch {
    announce(t("no_connection"));
  }
  setBusy(false);
  goHome({ keepLanguage: true });
}

/** Leaves nothing of the last person, their language included, and shows the counter. */
function goHome({ keepLanguage = false } = {}) {
  forget();
  if (!token()) return openEnrol(header, offeredCode);
  if (!state()) open(connecting);
  else openHome(languageButton);
  return refresh(keepLanguage);
}

async function refresh(keepLanguage = true) {
  try {
    if (!keepLanguage && tabletLanguage() !== language()) {
      switchedAt = 0;
      await speak(tabletLanguage());
      await loadState();
      if (atHome()) openHome(languageButton);
    } else if (await loadState()) {
      if (atHome() || document.body.dataset.screen === "connecting") openHome(languageButton, { quiet: atHome() });
    }
  } catch (problem) {
    if (problem instanceof Refused && problem.code === "tablet_unknown") unknownTablet(problem.message);
    else if (!state()) open(noConnection);
  }
}

function connecting() {
  return { name: "connecting", title: t("connecting"), seconds: null, header: header(), body: [] };
}

function noConnection() {
  const again = button(t("try_again"), () => goHome(), { class: "button primary big", "data-go": "retry" });
  return { name: "no-connection", title: t("no_connection"), seconds: null, header: header(), body: [el("div", { class: "actions" }, again)] };
}

function unknownTablet(sentence) {
  forgetTablet();
  dropState();
  forget();
  openEnrol(header, "", sentence);
}

function start() {
  takeWords();
  wire({ home: goHome, help: openHelp });
  onTabletGone(unknownTablet);
  if (addressLanguage !== language()) addressLanguage = null;
  offeredCode = codeFromAddress();
  goHome();
  watch();
  setInterval(() => {
    if (!atHome()) return;
    const lingering = switchedAt && Date.now() - switchedAt > REFRESH;
    refresh(!lingering);
  }, REFRESH);
  // A page brought back from the browser's memory must not show whoever was there before.
  addEventListener("pageshow", (event) => event.persisted && goHome());
  addEventListener("pagehide", () => {
    forget();
    if (state()) openHome(languageButton, { quiet: true });
  });
  addEventListener("hashchange", () => {
    offeredCode = codeFromAddress();
    if (!token()) goHome();
  });
}

start();
