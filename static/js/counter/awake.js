// Keeps an enrolled tablet's screen on while the counter is in front; where a browser cannot, nothing is said.

import { PLACE, token } from "./tablet.js";

let lock = null;

export async function keepAwake() {
  if (PLACE || !token() || !navigator.wakeLock || document.visibilityState !== "visible" || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    // The battery is low, or the system says no. It is asked again later.
  }
}

document.addEventListener("visibilitychange", keepAwake);
// Some browsers want to see a tap first.
addEventListener("click", keepAwake, { capture: true });
