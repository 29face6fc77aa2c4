// What leaves the tablet when somebody asks to be contacted.

/** Returns what is ticked, and nothing else: a field that is not ticked is not there at all. */
export function ticked(asks) {
  const text = (name) => asks[name] && (asks[`${name}_text`] ?? "").trim();
  return {
    ...(asks.name && { name: true }),
    ...(asks.team && { team: true }),
    ...(text("reach") && { reach: text("reach") }),
    ...(text("words") && { words: text("words") }),
  };
}
