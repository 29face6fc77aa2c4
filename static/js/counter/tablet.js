// What this tablet keeps for good: its token and the language it was enrolled in. Never anything of a person.

// An own phone keeps its things apart.
export const PLACE = document.body.dataset.place ?? "";
const KEY = `second-wind${PLACE || ".tablet"}`;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

let kept = read();

export function token() {
  return kept.token ?? null;
}

export function ownLanguage() {
  return kept.language ?? null;
}

export function keep(newToken, language) {
  kept = { token: newToken, language };
  localStorage.setItem(KEY, JSON.stringify(kept));
}

export function forgetTablet() {
  kept = {};
  localStorage.removeItem(KEY);
}

/** The one-time code of the link that opened this page, taken out of the address at once. */
export function codeFromAddress() {
  const code = new URLSearchParams(location.hash.slice(1)).get("code") ?? "";
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return code;
}
