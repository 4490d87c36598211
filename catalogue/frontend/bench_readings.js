// What rules read in the marking of the row one is in, as long as it has neither maker nor part: offered below the row,
// taken over with one key, taken back with one more. Asked for once a text, and for many rows at a time.
import { data } from "./bench_fields.js";

const PAUSE = 300; // milliseconds in a row before it is asked for
const MOST = 50; // markings in one request

const known = new Map(); // marking → the best reading, or null
const bare = (row, field) => !row.values[field] && row.open[field] === undefined;
const waits = (row) => row.values.marking && !row.gone && bare(row, "manufacturer") && bare(row, "part");

/** The best reading of a row's marking, where it may be taken over. */
export const readingOf = (row) => (waits(row) && known.get(row.values.marking)) || undefined;

/** Take it over, as one step; false where there is none. */
export function take(rows, row) {
  const one = row && readingOf(row);
  if (!one) return false;
  rows.step(() => {
    for (const [field, record, text] of [["manufacturer", one.manufacturer, one.maker], ["part", one.part, one.mpn]]) {
      if (record) rows.choose(row, field, record);
      else if (text) rows.type(row, field, text);
    }
    if (one.date_code && bare(row, "date_code")) rows.type(row, "date_code", one.date_code);
    if (one.marked_country && bare(row, "marked_country")) rows.set(row, "marked_country", { value: one.marked_country });
  });
  return true;
}

/** Offer readings in `sheet`, in the row in which one is. */
export function beginReadings(sheet) {
  let timer, before;
  const show = () => {
    const { row } = sheet.at;
    for (const one of [before, row]) if (one && sheet.lines.has(one)) sheet.panel(one);
    before = row;
  };
  const look = () => {
    show();
    clearTimeout(timer);
    const { row } = sheet.at;
    if (row && waits(row) && !known.has(row.values.marking)) timer = setTimeout(() => ask(sheet).then(show, () => {}), PAUSE);
  };
  sheet.rows.addEventListener("changed", ({ detail: { row, field } }) => row === sheet.at.row && field === "marking" && look());
  document.addEventListener("component-chosen", look);
  look();
}

// The row one is in first, then others that wait. Throws without a connection: then there is no offer.
async function ask(sheet) {
  const waiting = [sheet.at.row, ...sheet.rows.list].filter(waits).map((row) => row.values.marking);
  const texts = [...new Set(waiting)].filter((text) => !known.has(text)).slice(0, MOST);
  if (!texts.length) return;
  const { status, body } = await sheet.sync.ask("POST", data.urls.readings, { markings: texts.map((marking) => ({ marking })) });
  if (status !== 200) return;
  for (const [n, text] of texts.entries()) known.set(text, body.results[n].readings[0] ?? null);
}
