// How long somebody has listened: it runs on quietly, nobody is hurried by it, and nothing is announced.

export function listened({ since, say }) {
  const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
  return say("coach_listening", { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` });
}

export function runTimer(walk, place = document) {
  const timer = place.querySelector(".coach-timer");
  if (timer && timer.textContent !== listened(walk)) timer.textContent = listened(walk);
}
