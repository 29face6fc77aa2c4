// What the care screens say: texts of this site and the screens' own words, fetched ahead and kept on the tablet.

import { filled } from "../dom.js";
import { fetchCare, quick } from "../net.js";
import { canStore, keepFor, recall, soon } from "../store.js";
import { token } from "../tablet.js";
import { language } from "../words.js";

const LANGUAGES = ["en", "es"];
// In memory before they are needed: a network that goes just after a tablet was set up leaves nobody without them.
const SCREENS = ["./care.js", "./contact.js", "./wall.js"];
const HOUR = 3_600_000;
const MINUTE = 60_000;
// Milliseconds; less than whoever waits for a screen has, so that the texts in English still come where those asked for do not.
const PATIENCE = 1200;
const NOBODY = { token: null, loadedAt: -Infinity, kept: {} };
let mine = NOBODY;

// Another tablet's team has other words: what was loaded for one is nothing for the next.
function here() {
  if (mine.token !== token()) mine = { ...NOBODY, token: token(), kept: {} };
  return mine;
}

/** Fetches everything now, and from then on once an hour; what does not come is asked for again a minute later. */
export function keepLoaded() {
  setInterval(loadDue, MINUTE);
  return loadDue();
}

/** Fetches what this tablet does not have, or has had for an hour. */
export async function loadDue() {
  if (!token() || performance.now() - here().loadedAt <= HOUR) return;
  await Promise.all([loadAll(), ...SCREENS.map((screen) => import(screen))].map((one) => one.catch(() => {})));
}

async function loadAll() {
  for (const spoken of LANGUAGES) await load(spoken, { tries: 1 });
  here().loadedAt = performance.now();
}

async function load(spoken, how) {
  const asker = here();
  const found = await fetchCare(spoken, how);
  if (asker !== here()) return null;
  asker.kept[spoken] = found;
  if (canStore()) await keepFor(`care-${spoken}`, found).catch(() => {});
  return found;
}

/** Returns what GET /counter/care says in the language in force, else in English; null where it never came. */
export async function content() {
  return (await known(language())) ?? (await soon(load(language(), quick()), PATIENCE).catch(() => null)) ?? known("en");
}

/** Asks anew, for what must not be an hour old; null where nobody answers. */
export function renewed() {
  return load(language(), quick()).catch(() => null);
}

async function known(spoken) {
  if (!token()) return null;
  const { kept } = here();
  if (!kept[spoken] && canStore()) kept[spoken] = await recall(`care-${spoken}`).catch(() => null);
  return kept[spoken] ?? null;
}

/** One of the screens' own sentences, its braces filled in; nothing for one that is not there. */
export function say(care, key, values) {
  return filled(care.strings[key] ?? "", values);
}

/** Puts a style sheet on the page, once; resolves when it is in force, or cannot be had. */
export function wear(address) {
  const href = String(address);
  const worn = [...document.styleSheets].some((sheet) => sheet.href === href);
  if (worn) return Promise.resolve();
  return new Promise((done) => {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.append(sheet);
  });
}
