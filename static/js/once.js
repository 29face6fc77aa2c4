// A form that is sent once, however often its button is tapped: what the answer shows may be shown only this time.

const PATIENCE = 10_000;

for (const form of document.querySelectorAll("form")) {
  let sentAt = -Infinity;
  form.addEventListener("submit", (event) => {
    if (performance.now() - sentAt < PATIENCE) event.preventDefault();
    else sentAt = performance.now();
  });
}
