// Starts the counter: an enrolled tablet goes straight to its counter screen, any other asks for a code.

import { homeHeader, openHome } from "./home.js";
import { Refused, quick } from "./net.js";
import { openHelp } from "./panels.js";
import { counts, flush, letGo, onCounts, recount } from "./queue.js";
import { announce, languageSwitch, notYet, redraw, setBusy, stay, watch, wire } from "./screen.js";
import { canSeal, prepare } from "./seal.js";
import { onTabletGone } from "./send.js";
import { dropState, loadState, recallState, state } from "./state.js";
import { soon } from "./store.js";
import { codeFromAddress, forgetTablet, ownLanguage, token } from "./tablet.js";
import { forget } from "./visit.js";
import { language, speak, t, takeWords } from "./words.js";

const REFRESH = 60_000;
const SEND = 30_000;
// The first screen does not wait for a slow disk, nor for the tools that it does not need yet.
const STORAGE = 1000;
const AFTER = 3000;
const CARE = 5000;
const WAITING = ["connecting", "no-connection"];
const atHome = () => document.body.dataset.screen === "home";
let switchedAt = 0;
let offeredCode = "";
let addressLanguage = new URLSearchParams(location.search).get("lang");

const languageButton = () => languageSwitch(switchTo);

const header = () => homeHeader(languageButton);

/** The language this counter returns to when nobody stands before it. */
function tabletLanguage() {
  return addressLanguage ?? ownLanguage() ?? language();
}

async function switchTo(wanted) {
  let problem = "";
  setBusy(true);
  try {
    await stay(speak(wanted));
    switchedAt = Date.now();
    if (token()) await stay(loadState(quick()));
  } catch {
    await stay(recallState());
    problem = t("no_connection");
  }
  setBusy(false);
  if (!redraw()) goHome({ keepLanguage: true });
  if (problem) announce(problem);
}

/** Leaves nothing of the last person, their language included, and shows the counter. */
function goHome({ keepLanguage = false } = {}) {
  forget();
  sendWaiting(letGo());
  if (!token()) return askForCode(offeredCode);
  if (!state()) notYet(header);
  else openHome(languageButton);
  return refresh(keepLanguage);
}

async function refresh(keepLanguage = true) {
  // Whoever is typing a code is not disturbed by a network that comes and goes.
  if (!token()) return;
  const turns = !keepLanguage && tabletLanguage() !== language();
  try {
    if (turns) {
      switchedAt = 0;
      await speak(tabletLanguage());
    }
    if ((await loadState()) || turns) draw(turns);
  } catch (problem) {
    if (problem instanceof Refused && problem.code === "tablet_unknown") return void unknownTablet(problem.message);
    await recallState();
    if (!state()) notYet(header, goHome);
    else if (turns || !atHome()) draw(turns);
  }
}

/** Draws the counter anew if nobody is at anything else. */
function draw(anew = false) {
  if (!state()) return;
  if (atHome()) openHome(languageButton, { quiet: !anew });
  else if (WAITING.includes(document.body.dataset.screen)) openHome(languageButton);
}

/** What waits and cannot be sent now is sent another time; only a tablet that is unknown has to be told so. */
async function sendWaiting(sending) {
  const before = counts.waiting;
  try {
    await sending;
    // A cover that was taken or a tick that was set here is on the server's wall only now.
    if (counts.waiting < before && (atHome() || !state())) refresh();
  } catch (problem) {
    if (problem instanceof Refused && atHome()) unknownTablet(problem.message);
  }
}

/** The form for the code is fetched only where it is needed. */
async function askForCode(code, problem = "") {
  notYet(header);
  try {
    const { openEnrol } = await stay(import("./enrol.js"));
    openEnrol(header, code, problem);
  } catch {
    notYet(header, goHome);
  }
}

function unknownTablet(sentence) {
  forgetTablet();
  dropState();
  forget();
  askForCode("", sentence);
}

async function start() {
  takeWords();
  wire({ home: goHome, help: openHelp, languageButton });
  onTabletGone(unknownTablet);
  onCounts(() => atHome() && draw());
  if (addressLanguage !== language()) addressLanguage = null;
  offeredCode = codeFromAddress();
  if (token()) await soon(Promise.all([recallState(), recount()]), STORAGE).catch(() => {});
  goHome();
  watch();
  live();
}

function live() {
  setInterval(() => {
    if (!atHome()) return;
    const lingering = switchedAt && Date.now() - switchedAt > REFRESH;
    refresh(!lingering);
  }, REFRESH);
  setInterval(() => sendWaiting(flush()), SEND);
  setTimeout(() => canSeal() && prepare().catch(() => {}), AFTER);
  setTimeout(() => import("./care/load.js").then((care) => care.keepLoaded()).catch(() => {}), CARE);
  addEventListener("online", () => {
    sendWaiting(flush());
    if (atHome() || !state()) refresh();
  });
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
