// Lines to use, on a tablet: by theme, large enough to be read out while somebody is on the phone.

import { button, el } from "../dom.js";
import { enter } from "./frame.js";
import { lineCard, themeChips } from "./parts.js";

/** Shows the lines, or those of one theme; back draws the screen to return to. */
export async function openLines({ back = null, theme = "" } = {}) {
  const room = await enter(back);
  if (room) showLines(room, theme);
}

function showLines(room, theme) {
  room.show("lines", () => {
    const lines = room.texts.line.filter((line) => !theme || line.theme === theme);
    const buttons = (text) => button(room.say("lines_large"), () => showLarge(room, theme, text), { class: "button", "data-go": "large" });
    return {
      title: room.say("lines_title"),
      lead: room.say("lines_lead"),
      body: [
        themeChips(room.texts.line, room.say, theme, (chosen) => showLines(room, chosen)),
        el("div", { class: "lines-list" }, lines.map((line) => lineCard(line, room.say, buttons))),
        lines.length ? null : el("p", { class: "soft" }, room.say("lines_none")),
      ],
    };
  });
}

/** One line alone, as large as fits. */
function showLarge(room, theme, text) {
  room.show("line", () => ({
    title: text,
    body: [
      el("div", { class: "coach-foot" },
        button(room.say("coach_back"), () => showLines(room, theme), { class: "button big primary", "data-go": "lines-back" })),
    ],
  }));
}
