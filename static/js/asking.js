// A box is sent only while it is ticked: what is not is disabled, and what is disabled stays in the browser.

for (const tick of document.querySelectorAll("[data-sends]")) {
  const box = document.getElementById(tick.dataset.sends);
  const follow = () => {
    box.disabled = !tick.checked;
  };
  tick.addEventListener("change", () => {
    follow();
    if (tick.checked) box.focus();
  });
  follow();
}
