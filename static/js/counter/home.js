// The counter screen: the message of the day, three large buttons, who needs cover and what is known today.

import { changedCard } from "./changed.js";
import { button, el, icon, face } from "./dom.js";
import { startBack, startCheckIn } from "./mood.js";
import { quick } from "./net.js";
import { noticeCards } from "./notices.js";
import { whatHappensLink } from "./panels.js";
import { startBreak } from "./pause.js";
import { messageCard, releasedLine } from "./released.js";
import { startRough } from "./rough.js";
import { announce, helpButton, open } from "./screen.js";
import { send } from "./send.js";
import { loadState, state } from "./state.js";
import { startTakeBack } from "./take_back.js";
import { waitingMark } from "./waiting.js";
import { t } from "./words.js";

export function openHome(languageButton, { quiet = false } = {}) {
  open(() => ({
    name: "home",
    title: t("counter"),
    hideTitle: true,
    seconds: null,
    header: homeHeader(languageButton),
    body: [
      messageCard(state().message),
      state().carrying && el("p", { class: "notice warn" }, el("b", {}, t("carrying")), " ", state().carrying),
      releasedLine(state().released),
      el("div", { class: "acts" }, acts()),
      el("div", { class: "below" },
        button([icon("return"), t("im_back")], startBack, { "data-act": "back" }),
        button(t("make_it_right"), makeItRight, { "data-act": "right" }),
        button(t("our_wall"), ourWall, { "data-act": "wall" }),
        el("span", { class: "spacer" }),
        whatHappensLink(t("what_happens_to_mine")),
        button(t("take_back"), startTakeBack, { class: "button quiet", "data-act": "take_back" })),
      waitingMark(),
      coverWall(languageButton),
      noticeWall(languageButton),
      changedCard(state().changed),
    ],
  }), { quiet });
}

/** The coach, the lines and the wall: nobody has to say who they are, and the first view of the counter does not wait for them. */
const makeItRight = () => later(import("./care/coach.js").then((coach) => coach.openStart()));
const ourWall = () => later(import("./care/wall.js").then((wall) => wall.openWall()));
const ownPhone = () => later(import("./care/own_phone.js").then((own) => own.start()));
const later = (opened) => opened.catch(() => announce(t("no_connection")));

export function homeHeader(languageButton) {
  const tablet = state()?.tablet;
  return [
    el("span", { class: "brand" }, icon("wind"), "Second Wind"),
    tablet ? el("span", { class: "place soft" }, `${tablet.team} · ${tablet.site}`) : null,
    el("span", { class: "spacer" }),
    tablet ? button(t("own_phone"), ownPhone, { class: "pill", "data-act": "own_phone" }) : null,
    languageButton(),
    helpButton(),
  ].filter(Boolean);
}

function acts() {
  const large = (name, drawing, title, hint, start) =>
    el("button", { type: "button", class: `act act-${name}`, "data-act": name, click: start },
      drawing, el("span", {}, el("b", {}, title), el("span", { class: "act-hint" }, hint)));
  return [
    large("check_in", face(4), t("check_in"), t(state().badge_alone ? "check_in_hint_badge" : "check_in_hint"), startCheckIn),
    large("rough", icon("rough"), t("rough_one"), t("rough_hint"), startRough),
    large("break", icon("cup"), t("take_a_break"), t("break_hint"), startBreak),
  ];
}

function coverWall(languageButton) {
  const { cover = [] } = state();
  if (!cover.length) return null;
  return el("div", { class: "wall" }, el("section", { class: "card cover" }, el("h2", {}, t("cover_needed")),
    el("ul", {}, cover.map((request) => coverLine(request, languageButton)))));
}

function noticeWall(languageButton) {
  const { notices = [] } = state();
  const again = () => drawAgain(languageButton, { quiet: true });
  return notices.length ? el("div", { class: "wall" }, noticeCards(notices, again)) : null;
}

async function drawAgain(languageButton, how) {
  await loadState(quick()).catch(() => {});
  openHome(languageButton, how);
}

function coverLine(request, languageButton) {
  const where = request.place ? t("cover_place", { name: request.name, place: request.place, until: request.until })
    : t("cover_until", { name: request.name, until: request.until });
  const take = () => send("cover_taken", { cover: request.id }, (answer) => {
    if (answer.here) state().cover = state().cover.filter(({ id }) => id !== request.id);
    drawAgain(languageButton);
  });
  return el("li", {}, el("span", {}, where), button(t("got_it"), take, { class: "pill", "data-cover": request.id }));
}
