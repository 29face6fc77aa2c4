// Copies what was typed onto the form on paper, at the moment of printing. Nothing is sent, and nothing is kept.

const form = document.getElementById("incident");

function typed(name) {
  if (name !== "kinds") return form.elements[name].value;
  const chosen = [...form.querySelectorAll("[name=kinds]:checked")];
  return chosen.map((box) => form.querySelector(`label[for="${box.id}"]`).textContent).join(", ");
}

addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-paper]")) place.textContent = typed(place.dataset.paper);
});
