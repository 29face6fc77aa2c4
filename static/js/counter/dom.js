// Builds elements. Every child is a node or plain text: nothing from outside is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

function drawing(kind, symbol) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", kind);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${symbol}`);
  svg.append(use);
  return svg;
}

export function icon(name) {
  return drawing("icon", `icon-${name}`);
}

export function face(mood) {
  return drawing(`face mood-${mood}`, `face-${mood}`);
}

export function button(label, click, attributes = {}) {
  return el("button", { type: "button", class: "button", ...attributes, click }, label);
}

/** A sentence with its braces filled in. */
export function filled(sentence, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), sentence);
}
