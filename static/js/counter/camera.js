// A badge before the camera, where the browser reads codes by itself. Nothing is recorded, and the camera is off at once after.

import { isBadge } from "./badge_number.js";
import { el } from "./dom.js";
import { note } from "./note.js";
import { open } from "./screen.js";
import { t } from "./words.js";

const KINDS = ["qr_code", "code_128"];
const LOOK_EVERY = 150;
let reader = null;

async function prepare() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const [known, devices] = await Promise.all([BarcodeDetector.getSupportedFormats(), navigator.mediaDevices.enumerateDevices()]);
  const formats = KINDS.filter((kind) => known.includes(kind));
  const camera = devices.some((device) => device.kind === "videoinput");
  if (formats.length && camera) reader = new BarcodeDetector({ formats });
}

export function hasCamera() {
  return reader !== null;
}

/** Opens the camera's screen; back() leaves it, and found(badge) comes after that. */
export function openCamera(found, back) {
  const video = el("video", { class: "viewfinder", muted: true, playsinline: true, "aria-hidden": "true" });
  open(() => ({ name: "camera", title: t("camera_title"), lead: t("camera_lead"), leave: t("back"), back, body: [video] }));
  const hidden = () => document.hidden && video.isConnected && back();
  const read = (badge) => {
    if (!badge) return;
    back();
    found(badge);
  };
  const failed = () => {
    if (!video.isConnected) return;
    back();
    note(t("camera_refused"));
  };
  document.addEventListener("visibilitychange", hidden);
  watch(video).then(read, failed).finally(() => document.removeEventListener("visibilitychange", hidden));
}

/** Returns the first badge that the camera sees; null once the screen has changed. */
async function watch(video) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" }, audio: false });
  const off = () => stream.getTracks().forEach((track) => track.stop());
  const watcher = new MutationObserver(() => video.isConnected || off());
  watcher.observe(document.getElementById("screen"), { childList: true });
  try {
    return video.isConnected ? await look(video, stream) : null;
  } finally {
    watcher.disconnect();
    off();
  }
}

async function look(video, stream) {
  video.srcObject = stream;
  await video.play();
  while (video.isConnected) {
    const codes = await reader.detect(video);
    const badge = codes.map((code) => code.rawValue).find(isBadge);
    if (badge && video.isConnected) return badge;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return null;
}

prepare().catch(() => {});
