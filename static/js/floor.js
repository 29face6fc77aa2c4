// Keeps the floor fresh: asks for the wall every few seconds, only while somebody looks, and draws the page's own
// words anew when something has changed. Without it the page works by reloading.

const EVERY = 5_000;
const LONGEST = 60_000;
const PATIENCE = 8_000;

const live = document.getElementById("floor-live");
const words = JSON.parse(document.getElementById("floor-strings").textContent);
const plainTitle = document.title;
let pause = EVERY;
let timer = 0;
let asking = false;
let touched = false;
let over = false;

const shown = () => JSON.parse(document.getElementById("floor-wall").textContent);

function fill(sentence, values) {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), sentence);
}

function say(sentence) {
  document.getElementById("floor-said").textContent = sentence;
}

function connection(sentence) {
  const line = document.getElementById("floor-connection");
  if (line.textContent !== sentence) line.textContent = sentence;
  line.hidden = !sentence;
}

async function ask(address, options = {}) {
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(address, { cache: "no-store", credentials: "same-origin", signal: stop.signal, ...options });
  } finally {
    clearTimeout(alarm);
  }
}

async function look() {
  if (asking || over || document.hidden) return;
  asking = true;
  clearTimeout(timer);
  try {
    const answer = await ask(live.dataset.wall, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 404) return leave();
    if (!answer.ok) throw new Error("The server did not answer.");
    const wall = await answer.json();
    if (JSON.stringify(wall) !== JSON.stringify(shown()) && !touched) await redraw();
    pause = EVERY;
    connection("");
  } catch {
    pause = Math.min(pause * 2, LONGEST);
    connection(words.away);
  } finally {
    asking = false;
    if (!over) timer = setTimeout(look, pause);
  }
}

function leave() {
  over = true;
  connection(words.signed_out);
}

async function redraw() {
  const answer = await ask(live.dataset.page);
  if (!answer.ok) throw new Error("The page did not answer.");
  take(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

/** Takes the live part of a page that was fetched; what had the focus keeps it, or hands it to its heading. */
function take(page) {
  const fresh = page.getElementById("floor-live");
  if (!fresh) return;
  const before = shown();
  const held = live.contains(document.activeElement) ? document.activeElement : null;
  const heading = held?.closest("section")?.querySelector("h2")?.id;
  const opened = document.getElementById("floor-over")?.open;
  live.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  if (opened && document.getElementById("floor-over")) document.getElementById("floor-over").open = true;
  if (held) (live.querySelector(`[data-key="${held.dataset.key}"]`) ?? document.getElementById(heading))?.focus();
  tellApart(before, shown());
}

/** Says politely what is new, by name where somebody needs cover. */
function tellApart(before, now) {
  const known = new Set(before.cover.map((request) => request.id));
  const fresh = now.cover.filter((request) => !known.has(request.id));
  const notices = ({ running, planned, over: past }) => JSON.stringify([running, planned, past]);
  if (fresh.length) say(fresh.map((request) => fill(words.needs_cover, request)).join(" "));
  else if (before.cover.length && !now.cover.length) say(words.nobody);
  else if (notices(before) !== notices(now)) say(words.changed);
  count();
}

function count() {
  const waiting = shown().cover.length;
  document.title = waiting ? `(${waiting}) ${plainTitle}` : plainTitle;
}

/** A tick or "I've got it" without leaving the place; where another page answers, the form is sent as any other. */
async function send(event) {
  const form = event.target;
  if (!live.contains(form)) return;
  event.preventDefault();
  try {
    const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("floor-live")) return form.submit();
    take(page);
    const message = page.querySelector("main > .notice:not([id])");
    if (message) say(message.textContent.trim());
  } catch {
    connection(words.away);
  }
}

document.addEventListener("submit", send);
document.addEventListener("visibilitychange", look);
addEventListener("online", look);
addEventListener("pointerdown", () => (touched = true), { passive: true });
for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => (touched = false), { passive: true });
count();
timer = setTimeout(look, EVERY);
