// The one person standing at the counter. It lives in memory alone, and forget() leaves nothing of them.

export const visit = {};
// The one person of an own phone, who need not say who they are.
export const owner = {};

export function forget() {
  for (const key of Object.keys(visit)) delete visit[key];
  Object.assign(visit, {
    person: null, badge: null, pin: "", name: "", mood: null, severity: null, chips: {}, handles: [], savedAt: 0, minutes: 5, ...owner,
  });
}

/** What an act says with its author: tile and PIN, a badge, with a PIN where one was asked, or a phone. */
export function signed(fields = {}) {
  const { person, badge, pin, phone } = visit;
  const author = phone ? { phone } : badge ? { badge, ...(pin && { pin }) } : { person, pin };
  return { ...author, ...fields };
}

export function remember(answer) {
  if (answer.handle) visit.handles.push(answer.handle);
  visit.also = answer.also;
  visit.savedAt = Date.now();
}

forget();
