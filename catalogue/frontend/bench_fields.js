// The columns of the sheet: what a cell holds, how it is read from the interface and sent to it, how it is typed.

export const data = JSON.parse(document.getElementById("bench-data").textContent);

/** The sentence `name`, with its words in capitals filled in. */
export const say = (name, filled = {}) => Object.entries(filled).reduce((text, [word, value]) => text.replaceAll(word, value), data.words[name] ?? name);

// name: [how it is typed, what an empty one holds]. "lines" may have several lines.
const TYPES = {
  parent: ["parent", ""],
  kind: ["term", "part"],
  designator: ["text", ""],
  name: ["text", ""],
  marking: ["lines", ""],
  marking_state: ["term", "not-recorded"],
  manufacturer: ["record", ""],
  part: ["record", ""],
  quantity: ["number", ""],
  date_code: ["text", ""],
  marked_country: ["term", ""],
  identifiers: ["lines", ""],
  condition: ["lines", ""],
  authenticity: ["term", "not-examined"],
  authenticity_test: ["term", ""],
  note: ["lines", ""],
};
export const FIELDS = Object.keys(TYPES);
export const COLUMNS = ["parent", "state", ...FIELDS.slice(1)];
/** Columns that Tab stops at: the ones a teardown fills most. Arrows reach every one. */
export const STOPS = ["designator", "marking", "part", "quantity", "date_code", "note"];
export const typeOf = (field) => TYPES[field]?.[0];
export const EMPTY = Object.fromEntries(FIELDS.map((field) => [field, TYPES[field][1]]));

/** What people read of makers and parts: "manufacturer:slug" or "part:id" → text. */
export const names = new Map();
export const named = (field, value, text) => value && names.set(`${field}:${value}`, text);

const terms = Object.fromEntries(Object.entries(data.terms).map(([field, rows]) => [field, new Map(rows.map(([code, text]) => [code, text]))]));
export const choices = (field) => [...terms[field]].map(([value, text]) => ({ value, text, note: "" }));
const folded = (text) => text.normalize("NFKC").toLowerCase().trim();
const loose = (text) => folded(text).replace(/[^\p{L}\p{N}]/gu, "");

/** The code of a term by its code or its label in either language; its beginning where only one begins so. */
function termOf(field, typed) {
  const text = folded(typed);
  const rows = data.terms[field];
  const exact = rows.find((row) => row.some((word) => folded(word) === text));
  if (exact) return exact[0];
  const begun = rows.filter((row) => row.some((word) => folded(word).startsWith(text)));
  return begun.length === 1 ? begun[0][0] : null;
}

/** Whether what was typed is the name itself that was found, but for capitals and separators. */
export const sameName = (typed, found) => loose(typed) !== "" && loose(typed) === loose(found);

/** {value} that typed text means in a field, or {open: text} where it cannot be told (yet). */
export function read(field, typed) {
  const text = typed.replaceAll("\r\n", "\n").replaceAll("\0", "");
  const type = typeOf(field);
  if (type === "lines") return { value: text.replace(/^\n+|\s+$/g, "") };
  const line = text.replace(/\s*\n\s*/g, " ").trim();
  if (type === "text") return { value: line };
  if (line === "") return { value: EMPTY[field] };
  if (type === "number") return /^\d{1,9}$/.test(line) && Number(line) > 0 ? { value: String(Number(line)) } : { open: line };
  if (type === "term") {
    const code = termOf(field, line);
    return code === null ? { open: line } : { value: code };
  }
  return { open: line };
}

/** What a person reads of a value. */
export function shown(field, value) {
  if (typeOf(field) === "term") return terms[field].get(value) ?? value;
  if (typeOf(field) === "record") return names.get(`${field}:${value}`) ?? value;
  return value;
}

/** Why typed text stays open, in a sentence. */
export function whyOpen(field, text) {
  if (field === "quantity") return say("whole", { TEXT: text });
  return say("choose_one", { TEXT: text });
}

// Numbers of a piece: a line each, "kind: number"; without a kind it is a serial number. " *": read out of the piece.
const KIND = /^([^:]{2,40}):\s*(.+)$/;

export function numbersOf(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => {
    const electronic = line.endsWith(" *");
    const bare = electronic ? line.slice(0, -2).trim() : line;
    const [, kind, number] = KIND.exec(bare) ?? [];
    const code = kind && termOf("identifiers", kind);
    return code ? { kind: code, text: number, electronic } : { kind: "serial", text: bare, electronic };
  });
}

const numbersText = (numbers) => numbers.map(({ kind, text, electronic }) => `${terms.identifiers.get(kind) ?? kind}: ${text}${electronic ? " *" : ""}`).join("\n");

/** The values of a row as the interface gives it; `idOf` finds the id of what it sits on by reference. */
export function valuesOf(record, idOf) {
  named("manufacturer", record.manufacturer?.slug, record.manufacturer?.name);
  named("part", record.part?.id, record.part?.number);
  const values = { ...EMPTY };
  for (const field of FIELDS) {
    const found = record[field];
    if (field === "parent") values.parent = found ? (idOf(found) ?? found) : "";
    else if (field === "manufacturer") values.manufacturer = found?.slug ?? "";
    else if (field === "part") values.part = found?.id ?? "";
    else if (field === "identifiers") values.identifiers = numbersText(found ?? []);
    else values[field] = found === null || found === undefined ? EMPTY[field] : String(found);
  }
  return values;
}

/** The fields of a row as the interface takes them. A maker and a part go together: they are one opinion. */
export function bodyOf(values, fields) {
  const sent = new Set(fields);
  if (sent.has("manufacturer") || sent.has("part")) sent.add("manufacturer").add("part");
  const body = {};
  for (const field of sent) {
    const value = values[field];
    if (field === "identifiers") body.identifiers = numbersOf(value);
    else if (field === "quantity") body.quantity = value === "" ? null : Number(value);
    else if (["parent", "manufacturer", "part", "marked_country", "authenticity_test"].includes(field)) body[field] = value || null;
    else body[field] = value;
  }
  // A part names its maker; an empty one beside it would be another opinion.
  if (body.part && !body.manufacturer) delete body.manufacturer;
  return body;
}

/** Whether two values of a field say the same. */
export const same = (field, one, other) => one === other || (typeOf(field) === "record" && one !== "" && other !== "" && shown(field, one) === shown(field, other)) || (field === "identifiers" && JSON.stringify(numbersOf(one)) === JSON.stringify(numbersOf(other)));

/** The field that a heading of a spreadsheet names. */
export const fieldOf = (heading) => data.headers[heading.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim().replace(/[:*]+$/, "")];

let last = 0;
let count = 0;
/** A UUIDv7 (RFC 9562): milliseconds, a counter that keeps those of one moment in order, chance. */
export function newId() {
  const now = Date.now();
  count = now > last ? 0 : count + 1;
  last = Math.max(now, last);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let n = 0; n < 6; n++) bytes[n] = Math.floor(last / 2 ** (8 * (5 - n))) % 256;
  bytes[6] = 0x70 | ((count >> 8) & 0x0f);
  bytes[7] = count & 0xff;
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
