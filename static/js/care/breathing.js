// The breathing guide on the page for phones; without scripts the page says how to breathe instead.

import { guide } from "../counter/care/breathe.js";
import { filled } from "../counter/dom.js";

const words = JSON.parse(document.getElementById("breathe-words").textContent);
const [start, place] = [document.getElementById("breathe-start"), document.getElementById("breathe")];

const say = (key, values) => filled(words[key], values);

start.hidden = false;
start.addEventListener("click", () => {
  start.hidden = true;
  place.hidden = false;
  guide(place, say);
  place.querySelector("button").focus();
});
