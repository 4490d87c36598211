// What sits on what: what one calls a row, and the row that a name means.
import { sameName, say } from "./bench_fields.js";

const TAIL = 4; // letters of a reference that a row is known by
const LEAST = 2; // of them that mean it: drawn by chance, they would answer for every other single letter one types

/** What one calls a row. */
export const nameOf = (rows, row) => row.values.designator || row.values.name || row.values.marking.split("\n")[0] || row.reference || say("row", { NUMBER: rows.indexOf(row) + 1 });

/** The row that a row sits on, by its name; what was typed where none is meant. */
export function onText(rows, row) {
  const on = rows.byId.get(row.values.parent);
  return row.open.parent ?? (on ? nameOf(rows, on) : row.values.parent);
}

const wordsOf = ({ reference, values }) => [reference, reference.slice(-TAIL), values.designator, values.name, values.marking.split("\n")[0]].filter(Boolean);

/** Whether `other` is `row`, or sits on it. */
function within(rows, row, other) {
  for (let one = other, n = 0; one && n <= rows.list.length; one = rows.byId.get(one.values.parent), n++) if (one === row) return true;
  return false;
}

const meant = (rows, text) => rows.list.filter((one) => wordsOf(one).some((word) => sameName(text, word)));

/** {value} of the row that a text means, or {open: text} where it means none, several, or one that sits on this. */
export function ground(rows, row, typed) {
  const text = typed.replace(/\s*\n\s*/g, " ").trim();
  if (!text) return { value: "" };
  const found = meant(rows, text);
  return found.length === 1 && !within(rows, row, found[0]) ? { value: found[0].id } : { open: text };
}

/** Why a row cannot sit on what was typed, in a sentence. */
export function whyNotOn(rows, row, text) {
  const found = meant(rows, text);
  if (found.length > 1) return say("on_several", { TEXT: text });
  if (found[0] === row) return say("on_itself");
  return found.length ? say("on_ring", { TEXT: text }) : say("on_nothing", { TEXT: text });
}

/** [{value, text, note}] of the rows that a row may sit on and that begin with, or hold, what was typed. */
export function grounds(rows, row, typed) {
  const wanted = typed.toLowerCase();
  // A reference is meant by its end, or by nearly all of it: what comes before is the same in all.
  const isReference = (one) => wanted.length >= LEAST && [one.reference.slice(-TAIL), ...(wanted.length > TAIL * 2 ? [one.reference] : [])].some((word) => word && word.toLowerCase().startsWith(wanted));
  const rank = (one) => (isReference(one) ? 0 : Math.min(...wordsOf(one).slice(one.reference ? 2 : 0).map((word) => word.toLowerCase().indexOf(wanted)).map((at) => (at < 0 ? Infinity : Math.min(at, 1)))));
  const found = rows.list.filter((one) => rank(one) < Infinity && !within(rows, row, one));
  found.sort((one, other) => rank(one) - rank(other));
  return found.map((one) => ({ value: one.id, text: nameOf(rows, one), note: [one.values.name !== nameOf(rows, one) && one.values.name, one.reference].filter(Boolean).join(" · ") }));
}
