// Starts My shift: an own phone goes straight to the five faces; any other is told how it becomes one.

import { Refused, quick } from "../counter/net.js";
import { openHelp } from "../counter/panels.js";
import { counts, flush, letGo, onCounts, recount } from "../counter/queue.js";
import { announce, languageSwitch, notYet, redraw, setBusy, stay, watch, wire } from "../counter/screen.js";
import { canSeal, prepare } from "../counter/seal.js";
import { onTabletGone } from "../counter/send.js";
import { dropState, loadState, recallState, state } from "../counter/state.js";
import { soon } from "../counter/store.js";
import { forgetTablet, keep, ownLanguage, token } from "../counter/tablet.js";
import { forget } from "../counter/visit.js";
import { language, speak, t, takeWords } from "../counter/words.js";
import { forgetOwner, takeOwner } from "./me.js";
import { header, openSetUp } from "./set_up.js";
import { openShift } from "./shift.js";

const REFRESH = 60_000;
const SEND = 30_000;
// The first screen does not wait for a slow disk, nor for the tools that it does not need yet.
const STORAGE = 1000;
const AFTER = 3000;
const CARE = 5000;
const WAITING = ["connecting", "no-connection"];
const screen = () => document.body.dataset.screen;
const atHome = () => screen() === "home";

const languageButton = () => languageSwitch(switchTo);

/** The header as long as nobody knows whose phone this is. */
const bare = () => header(languageButton);

/** An own phone goes on speaking the language that its owner chose. */
async function switchTo(wanted) {
  let problem = "";
  setBusy(true);
  try {
    await stay(speak(wanted));
    if (token()) {
      keep(token(), wanted);
      await stay(loadState(quick()));
    }
  } catch {
    await stay(recallState());
    problem = t("no_connection");
  }
  setBusy(false);
  if (!redraw()) goHome();
  if (problem) announce(problem);
}

function goHome() {
  forget();
  sendWaiting(letGo());
  if (!token()) return void openSetUp(languageButton);
  if (state()) openShift(languageButton);
  else notYet(bare);
  return refresh();
}

async function refresh() {
  if (!token()) return;
  try {
    const changed = await loadState();
    takeOwner();
    if (changed) draw();
  } catch (problem) {
    if (problem instanceof Refused && problem.code === "tablet_unknown") return void unknownPhone(problem.message);
    await recallState();
    takeOwner();
    if (!state()) notYet(bare, goHome);
    else draw();
  }
}

/** Draws My shift anew if its owner is at nothing else. */
function draw() {
  if (!state()) return;
  if (atHome()) openShift(languageButton, { quiet: true });
  else if (WAITING.includes(screen())) openShift(languageButton);
}

/** What waits and cannot be sent now is sent another time; only a phone that was removed has to be told so. */
async function sendWaiting(sending) {
  try {
    await sending;
  } catch (problem) {
    if (problem instanceof Refused && atHome()) unknownPhone(problem.message);
  }
}

/** What waits here stays, sealed, and its author's: it is sent when somebody sets this phone up again. */
function unknownPhone(sentence) {
  forgetTablet();
  dropState();
  forgetOwner();
  openSetUp(languageButton, sentence);
}

async function start() {
  takeWords();
  wire({ home: goHome, help: openHelp, languageButton });
  onTabletGone(unknownPhone);
  onCounts(() => atHome() && draw());
  if (token()) {
    const chosen = ownLanguage();
    if (chosen && chosen !== language()) await soon(speak(chosen), STORAGE).catch(() => {});
    await soon(Promise.all([recallState(), recount()]), STORAGE).catch(() => {});
    takeOwner();
  }
  goHome();
  watch();
  live();
}

function live() {
  setInterval(() => atHome() && refresh(), REFRESH);
  setInterval(() => sendWaiting(flush()), SEND);
  setTimeout(() => canSeal() && prepare().catch(() => {}), AFTER);
  setTimeout(() => import("../counter/care/load.js").then((care) => care.keepLoaded()).catch(() => {}), CARE);
  addEventListener("online", () => {
    sendWaiting(flush());
    if (atHome() || !state()) refresh();
  });
  // Set up, or set up for somebody else, in another tab.
  addEventListener("storage", (event) => event.key === "second-wind.phone" && location.reload());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  document.addEventListener("visibilitychange", () => !document.hidden && counts.waiting && sendWaiting(flush()));
}

start();
