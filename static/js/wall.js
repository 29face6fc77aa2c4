// Copies a good moment, without its name, for whoever wants to share it; nothing is sent anywhere.

const status = document.getElementById("copy-said");

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // On plain http in a local network browsers hide the clipboard; an old command still works there.
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy);
    button.focus();
    button.textContent = status.textContent = button.closest("[data-copied]").dataset.copied;
    setTimeout(() => {
      button.textContent = words;
      status.textContent = "";
    }, 4000);
  });
}
document.querySelector(".copy-hint")?.removeAttribute("hidden");
