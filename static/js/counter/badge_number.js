// What can be the number of a badge, so that a parcel held before the scanner is not taken for a person.

const DIGITS = 24;

/** 24 digits, the last of which checks the others as ISO/IEC 7812-1, annex B, says. */
export function isBadge(text) {
  return text.length === DIGITS && /^[0-9]+$/.test(text) && checkSum(text) % 10 === 0;
}

function checkSum(digits) {
  return [...digits].reverse().map(Number).reduce((sum, digit, at) => sum + (at % 2 ? (2 * digit) % 10 + Math.floor(digit / 5) : digit), 0);
}
