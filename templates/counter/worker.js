// Keeps the counter's own files on the tablet, so that it starts and works without a network. What is not named
// here goes to the network untouched: no answer, no state and no token passes through this script.

const KEPT = {{ kept | tojson }};
const NAME = KEPT + VERSION;
const LANGUAGES = {{ languages | tojson }};
// Address to digest. The browser refuses a file that differs, so a mixture of two versions is never kept.
const FILES = new Map({{ files | tojson }});
const PAGES = new Set([...FILES.keys()].filter((address) => address.includes("?")).map((address) => address.split("?")[0]));

addEventListener("install", (event) => {
  event.waitUntil(shorten(event));
  event.waitUntil(fill());
});
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => event.data === "take over" && skipWaiting());
addEventListener("fetch", (event) => {
  const address = keptAddress(event.request);
  if (address) event.respondWith(fromTablet(address, event.request));
});

/** Browsers that can go these ways by themselves need not wake this script up: a tap is saved, and the counter drawn, sooner. */
async function shorten(event) {
  const acts = { condition: { urlPattern: { pathname: `${new URL(registration.scope).pathname}/*` } }, source: "network" };
  const files = { condition: { urlPattern: { pathname: {{ (static ~ "*") | tojson }}, search: "" } }, source: { cacheName: NAME } };
  try {
    await event.addRoutes([acts, files]);
  } catch {
    // It cannot: everything comes through here.
  }
}

/** All or nothing: where one file cannot be had, the version before this one goes on serving. The next try goes on from here. */
async function fill() {
  const cache = await caches.open(NAME);
  const tried = await Promise.allSettled([...FILES].map(([address, integrity]) => keep(cache, address, integrity)));
  const failed = tried.find((one) => one.status === "rejected");
  if (!failed) return;
  // Where space is short, it belongs to the entries that wait.
  if (failed.reason.name === "QuotaExceededError") await caches.delete(NAME);
  throw failed.reason;
}

async function keep(cache, address, integrity, tries = 3) {
  if (await cache.match(address, { ignoreVary: true })) return;
  try {
    const cached = tries === 3 ? "no-cache" : "reload";
    const answer = await fetch(address, { integrity, cache: cached, credentials: "omit", redirect: "error" });
    if (!answer.ok) throw new Error("A file of the counter could not be fetched.");
    await cache.put(address, answer);
  } catch (problem) {
    if (tries === 1) throw problem;
    await keep(cache, address, integrity, tries - 1);
  }
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(KEPT) && name !== NAME).map((name) => caches.delete(name)));
  await clients.claim();
}

function keptAddress(request) {
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return null;
  const address = PAGES.has(pathname) ? `${pathname}?lang=${language(searchParams.get("lang"))}` : pathname;
  return FILES.has(address) ? address : null;
}

/** The language asked for, or the first of the tablet's own that we speak, as the server would choose. */
function language(asked) {
  const wished = [asked, ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wished.find((tag) => LANGUAGES.includes(tag)) ?? LANGUAGES[0];
}

let opened = null;

async function fromTablet(address, request) {
  opened ??= caches.open(NAME);
  const cache = await opened;
  return (await cache.match(address, { ignoreVary: true })) ?? fetch(request);
}
