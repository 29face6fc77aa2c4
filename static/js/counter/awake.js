// Keeps an enrolled tablet's screen on while the counter is in front; where a browser cannot, nothing is said.

import { token } from "./tablet.js";

let lock = null;

export async function keepAwake() {
  if (!token() || !navigator.wakeLock || document.visibilityState !== "visible" || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    // The battery is low, or the system says no. The next time the page comes to the front it is asked again.
  }
}

document.addEventListener("visibilitychange", keepAwake);
