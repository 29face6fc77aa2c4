// What this tablet keeps for good: its token and the language it was enrolled in. Never anything of a person.

const KEY = "second-wind.tablet";

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
