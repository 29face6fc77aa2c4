// Own words for each step of the coach, in this browser's own store: never sent, and forgotten on request.

const KEY = "second-wind.own-words";

export function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** Keeps them; a browser that keeps nothing has them until the page is left. */
export function keep(words) {
  try {
    localStorage.setItem(KEY, JSON.stringify(words));
  } catch {
    // A private window, or no space: they are still on the page.
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // It keeps nothing, so there is nothing to forget.
  }
}
