// The apology coach on a phone: the page's own texts, one step at a time. What somebody writes stays in this browser.

import { el, filled } from "../counter/dom.js";
import { drawStories } from "../counter/care/compare.js";
import { back, begin } from "../counter/care/flow.js";
import { drawMoment } from "../counter/care/steps.js";
import { runTimer } from "../counter/care/timer.js";
import { forget, keep, recall } from "./own_words.js";

const byId = (id) => document.getElementById(id);
const texts = JSON.parse(byId("coach-texts").textContent);
const linesPage = document.querySelector("script[data-lines]").dataset.lines;
const walk = {
  texts, own: recall(), kept: "coach_kept_phone", story: null, since: 0,
  say: (key, values) => filled(texts.strings[key], values),
  keep: () => keep(walk.own),
  go: follow,
  restart: () => (walk.story ? choose() : start()),
  leave: close,
  openLines: (theme) => location.assign(`${linesPage}#lines-${theme}`),
};
// The moment that is shown; null while the page is read, and while somebody chooses a story.
let shown = null;

function start() {
  walk.story = null;
  follow(begin());
}

function choose() {
  walk.story = shown = null;
  show(drawStories(walk, (story) => {
    walk.story = story;
    follow(begin({ practice: true }));
  }));
}

function follow(moment) {
  if (moment.at === "listen" && !moment.asked) walk.since = Date.now();
  shown = moment;
  show(drawMoment(moment, walk));
}

/** The page's own heading stays for whoever hears the page; on the screen the step's stands in its place. */
function show({ title, lead, body }) {
  const heading = el("h2", { tabindex: "-1", class: "coach-heading" }, title);
  byId("coach").replaceChildren(...[heading, lead && el("p", { class: "lead" }, lead), ...body].filter(Boolean));
  walking(true);
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

const isWalking = () => byId("coach-reading").hidden;

function walking(on) {
  if (on && history.state !== "walking") history.pushState("walking", "");
  byId("coach-reading").hidden = on;
  byId("coach-title").classList.toggle("visually-hidden", on);
  document.body.classList.toggle("walking", on);
}

/** The browser's own Back leads through the steps too, and from the first one to the page. */
function goBack() {
  if (!isWalking()) return;
  const before = shown && back(shown);
  if (before) follow(before);
  else close();
}

function close() {
  if (history.state === "walking") history.back();
  shown = null;
  byId("coach").replaceChildren();
  walking(false);
  offerToForget();
  byId("coach-choices").querySelector("button").focus();
}

function offerToForget() {
  const line = byId("coach-forget");
  if (!Object.values(walk.own).some(Boolean)) return;
  line.hidden = false;
  line.querySelector("[role=status]").textContent = "";
}

function forgetAll() {
  forget();
  walk.own = {};
  byId("coach-forget").querySelector("[role=status]").textContent = walk.say("coach_forgotten");
}

function choice(name, label, hint, go) {
  return el("button", { type: "button", class: "coach-choice big", "data-go": name, click: go }, el("b", {}, walk.say(label)), el("span", {}, walk.say(hint)));
}

byId("coach-choices").replaceChildren(
  choice("walk", "coach_start", "coach_start_hint", start),
  choice("practice", "practice_title", "practice_hint", choose));
byId("coach-forget").querySelector("button").addEventListener("click", forgetAll);
addEventListener("popstate", goBack);
offerToForget();
setInterval(() => runTimer(walk), 500);
