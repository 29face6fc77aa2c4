// An open diary does not stay on the screen: after a quarter of an hour the page asks for the key again.

const OPEN_FOR = 15 * 60 * 1000;
const loaded = Date.now();

function isWriting() {
  return [...document.querySelectorAll("textarea")].some((box) => box.value !== box.defaultValue);
}

function look() {
  if (Date.now() - loaded > OPEN_FOR && !isWriting()) location.replace(location.pathname);
}

/** Whoever wrote for longer than the diary is open keeps their words, and is told how to go on. */
async function guard(event) {
  event.preventDefault();
  const form = event.target;
  // Where the diary is closed, its pages lead to its door.
  const answer = await fetch(location.pathname, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer?.type !== "opaqueredirect") {
    form.submit();
  } else if (!form.querySelector(".notice")) {
    form.append(document.getElementById("closed-meanwhile").content.cloneNode(true));
  }
}

for (const form of document.querySelectorAll(".note-form")) form.addEventListener("submit", guard);
setInterval(look, 20_000);
document.addEventListener("visibilitychange", look);
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
