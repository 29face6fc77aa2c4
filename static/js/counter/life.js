// Keeps this tablet's counter alive: it starts without a network, stays awake, and renews itself when nobody is near.

import { keepAwake } from "./awake.js";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const LOOK = 5000;
// How long a screen must have been left alone before the page is loaded anew; on any other somebody may be there.
const LEFT_ALONE = { home: 30_000, "no-connection": 30_000, starting: 60_000, connecting: 60_000, enrol: 300_000 };

// Counted from the start of the page, because somebody may set the tablet's clock.
const now = () => performance.now();
let touchedAt = 0;
let askedAt = 0;
let renewed = false;
let registration = null;

function nobodyNear() {
  const quiet = LEFT_ALONE[document.body.dataset.screen];
  return quiet !== undefined && now() - touchedAt > quiet;
}

async function liveOffline() {
  const workers = navigator.serviceWorker;
  let before = workers.controller;
  workers.addEventListener("controllerchange", () => {
    renewed = Boolean(before);
    before = workers.controller;
  });
  addEventListener("online", update);
  setInterval(() => {
    if (now() - askedAt > (workers.controller ? HOUR : MINUTE)) update();
    renew();
  }, LOOK);
  await update();
}

/** Asks the server for a newer version, or for a first one, if not all of its files had arrived; the one at work goes on. */
async function update() {
  askedAt = now();
  const counter = document.body.dataset.counter;
  try {
    registration = await navigator.serviceWorker.register(`${counter}/worker.js`, { scope: counter, updateViaCache: "none" });
    if (registration.active) await registration.update();
  } catch {
    // Without a network, or in a private window. It is asked again later.
  }
}

/** A new version waits until the tablet is left alone; then it takes over, and the page is loaded from it. */
function renew() {
  if (!nobodyNear()) return;
  if (renewed) location.reload();
  else registration?.waiting?.postMessage("take over");
}

for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
  addEventListener(kind, () => (touchedAt = now()), { capture: true, passive: true });
}
keepAwake();
// Without https, or in a private window, there is no worker: the counter then works with a network only.
if (isSecureContext && navigator.serviceWorker) {
  // What is fetched for later does not hold up what is shown now.
  if (document.readyState === "complete") liveOffline();
  else addEventListener("load", liveOffline);
}
