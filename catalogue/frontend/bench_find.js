// Makers and parts out of the catalogue: what was typed is looked for, and recorded when one asks for it.
import { data, sameName, say, shown } from "./bench_fields.js";

const known = new Map(); // address → what was found there

/** [{value, text, note}] of the catalogue that typed text may mean in a row's maker or part. Throws without a connection. */
export async function alike(row, field, typed) {
  const address = new URL(field === "part" ? data.urls.parts_like : data.urls.makers_like, location);
  address.searchParams.set("q", typed);
  if (field === "part" && row.values.manufacturer) address.searchParams.set("manufacturer", row.values.manufacturer);
  if (known.has(address.href)) return known.get(address.href);
  const { results } = await (await fetch(address, { signal: AbortSignal.timeout(10_000) })).json();
  known.set(address.href, results);
  return results;
}

/** Settle the open makers and parts of a row: what was found by exactly this name is meant; else `row.similar` is offered. */
export async function resolve(rows, row) {
  if (row.open.parent) rows.type(row, "parent", row.open.parent); // what it names may be there by now
  for (const field of ["manufacturer", "part"]) {
    const text = row.open[field];
    if (!text) continue;
    const found = await alike(row, field, text);
    if (row.open[field] !== text) continue; // typed anew meanwhile
    const exact = found.filter((one) => sameName(text, one.text));
    if (exact.length === 1) rows.choose(row, field, exact[0]);
    else row.similar = { ...row.similar, [field]: found.slice(0, 4) };
  }
}

/** Record what is open in a field as a new maker or part. Gives the sentence of a refusal, or nothing. */
export async function recordNew(rows, row, field, sync) {
  const text = row.open[field];
  if (field === "part" && !row.values.manufacturer) return say("name_maker", { TEXT: text });
  const sent = field === "part" ? { number: text, manufacturer: row.values.manufacturer } : { name: text };
  const { status, body } = await sync.ask("POST", field === "part" ? data.urls.parts : data.urls.organisations, sent);
  if (status >= 400) return body.detail;
  known.clear();
  rows.choose(row, field, { value: field === "part" ? body.id : body.slug, text });
  return "";
}

/** Why a maker or part stays open, in a sentence. */
export const whyUnknown = (row, field) => say(row.similar?.[field] ? `unknown_${field}` : "looking", { TEXT: row.open[field] });

export const offered = (row, field) => (row.similar?.[field] ?? []).filter(({ text }) => text !== shown(field, row.values[field]));
