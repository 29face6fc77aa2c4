// The one person standing at the counter. It lives in memory alone, and forget() leaves nothing of them.

export const visit = {};

export function forget() {
  for (const key of Object.keys(visit)) delete visit[key];
  Object.assign(visit, { person: null, pin: "", name: "", mood: null, severity: null, chips: {}, handles: [], savedAt: 0, minutes: 5 });
}

export function signed(fields = {}) {
  return { person: visit.person, pin: visit.pin, ...fields };
}

export function remember(answer) {
  if (answer.handle) visit.handles.push(answer.handle);
  visit.savedAt = Date.now();
}

forget();
