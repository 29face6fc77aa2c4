// The support card comes at most once in 14 days, and never again if its reader says so; only this browser knows of it.

const card = document.getElementById("support-card");
const NEVER = "second-wind.card.never";
const SHOWN = "second-wind.card.shown";
const TABLET = "second-wind.tablet";
const REST = 14 * 24 * 60 * 60 * 1000;

function isTablet() {
  return Boolean(JSON.parse(localStorage.getItem(TABLET))?.token);
}

function mayShow() {
  if (isTablet() || localStorage.getItem(NEVER)) return false;
  // Whoever goes from page to page keeps it until they close it.
  return sessionStorage.getItem(SHOWN) !== null || Date.now() - Number(localStorage.getItem(SHOWN)) >= REST;
}

function close(always) {
  if (always) localStorage.setItem(NEVER, "yes");
  sessionStorage.removeItem(SHOWN);
  card.remove();
  document.querySelector("h1").setAttribute("tabindex", "-1");
  document.querySelector("h1").focus();
}

try {
  if (mayShow()) {
    localStorage.setItem(SHOWN, Date.now());
    sessionStorage.setItem(SHOWN, "open");
    card.hidden = false;
  }
} catch {
  // A browser that keeps nothing cannot keep the promise of once in 14 days, nor tell whether it is a tablet.
}
for (const button of card.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => close(button.dataset.close === "always"));
}
