// Makes this browser somebody's own phone: keeps the token that the page brings, and goes on to My shift. Never on a shared tablet.

const KEY = "second-wind.phone";
const TABLET = "second-wind.tablet";

const part = (name) => document.querySelector(`[data-own-phone="${name}"]`);

function tokenOf(key) {
  try {
    return JSON.parse(localStorage.getItem(key))?.token ?? "";
  } catch {
    return "";
  }
}

function handOver(ready) {
  const { token, language } = ready.dataset;
  const shift = ready.querySelector("a");
  try {
    localStorage.setItem(KEY, JSON.stringify({ token, language }));
  } catch {
    part("refused").hidden = false;
    return;
  }
  // Going back must not lead to a page that holds a token.
  location.replace(shift.href);
}

function start() {
  const ready = part("ready");
  if (tokenOf(TABLET)) {
    for (const shown of [part("form"), ready?.querySelector("a")]) shown?.remove();
    part("tablet").hidden = false;
  } else if (ready) handOver(ready);
  // Whose phone this is already does not get it twice.
  else part("form").elements.token.value = tokenOf(KEY);
}

start();
