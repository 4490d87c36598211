// Blocks of cells as spreadsheets write them: tab-separated, quoted where a cell has lines or tabs of its own.
import { fieldOf, typeOf } from "./bench_fields.js";

/** Rows of cells of a pasted text. */
export function cellsOf(text) {
  const rows = [[]];
  let cell = "";
  const whole = text.replaceAll("\r\n", "\n").replace(/\n$/, "");
  for (let n = 0; n < whole.length; n++) {
    const letter = whole[n];
    if (letter === '"' && cell === "") {
      const end = closing(whole, n + 1);
      if (end > 0) {
        cell = whole.slice(n + 1, end).replaceAll('""', '"');
        n = end;
        continue;
      }
    }
    if (letter === "\t" || letter === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      if (letter === "\n") rows.push([]);
    } else cell += letter;
  }
  rows.at(-1).push(cell);
  return rows;
}

// Where a quoted cell ends; 0 where the quote was only a letter of it.
function closing(text, from) {
  for (let n = from; n < text.length; n++) {
    if (text[n] !== '"') continue;
    if (text[n + 1] === '"') n++;
    else return n + 1 === text.length || "\t\n".includes(text[n + 1]) ? n : 0;
  }
  return 0;
}

/** The fields that a first row of headings names, null where it is none: at least two are known, and most of them. */
export function headingOf(row) {
  const named = row.filter((cell) => cell.trim() !== "");
  const known = named.filter((cell) => fieldOf(cell));
  return known.length > 1 && known.length * 2 >= named.length ? row.map((cell) => fieldOf(cell) ?? null) : null;
}

/** Cells as text that spreadsheets take. */
export const blockOf = (rows) => rows.map((cells) => cells.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t")).join("\n");

export const isLong = (field) => typeOf(field) === "lines";
