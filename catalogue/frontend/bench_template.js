// An earlier teardown as a template: what it had and this one has not yet. What is found becomes a row that carries
// where to look and what it is called, never what was read there: that stands beside the row as "expected" until the
// one who types takes it over. What is new beside all teardowns of the system is told at the rows.
import { Absences } from "./bench_absences.js";
import { data, named, same, say, shown } from "./bench_fields.js";
import { newRow } from "./bench_rows.js";
import { recall, remember } from "./bench_store.js";
import { TemplateList } from "./bench_template_list.js";

const PAUSE = 700; // milliseconds after the last row was saved before the server is asked how all stand
const EXPECTED = ["marking", "manufacturer", "part"];
// What the server says is new → the column at which it is said.
const NEW_HERE = { part: "part", maker: "manufacturer", board: "marking", newest: "date_code" };

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

export class Template {
  reference = ""; // the teardown that was chosen
  entries = []; // its components, each after what it sits on
  #byId = new Map();
  #links = new Map(); // row's id → id of the entry that it was made for
  #made = new Map(); // and the other way round
  #pairs = new Map(); // entry's id → {row, kind}, as the server sees it
  #here = new Map(); // row's id → entry's id, as the server sees it
  #new = new Set();
  #seen = {};
  #versions = new Map();
  #timer;
  #drawing;

  constructor({ rows, sheet, sync, acts }) {
    Object.assign(this, { rows, sheet, sync, acts });
    this.key = `template/${sync.who.user}/${sync.who.specimen}`;
    this.absences = new Absences(sync, () => {
      this.draw();
      sync.changed();
    });
    this.list = new TemplateList(document.getElementById("template"), this);
    this.#listen();
  }

  #listen() {
    const told = this.sync.changed;
    this.sync.changed = (row) => {
      told(row);
      if (row) this.#noticed(row);
    };
    for (const row of this.rows.list) this.#versions.set(row, row.version);
    this.rows.addEventListener("changed", ({ detail: { row } }) => {
      this.#adorn(row);
      this.draw();
    });
    this.rows.addEventListener("removed", () => this.draw());
    document.querySelector("[data-reason]")?.addEventListener("submit", () => setTimeout(() => this.absences.send()));
    document.getElementById("bench").addEventListener("keydown", (event) => this.#key(event));
  }

  async begin() {
    await this.absences.restore();
    const kept = await recall(this.key).catch(() => null);
    if (kept?.reference) {
      for (const [row, entry] of kept.links) this.#link(row, entry);
      await this.start(kept.reference);
    } else await this.refresh();
  }

  /** Start from a teardown, the last one when none is named. */
  async start(reference = "") {
    const told = await this.#ask(`${data.urls.earlier}?with=${encodeURIComponent(reference)}`);
    if (!told) return;
    this.reference = told.reference;
    this.entries = told.entries;
    const ids = new Map(told.entries.map((entry) => [entry.reference, entry.id]));
    this.#byId = new Map(told.entries.map((entry) => [entry.id, { ...entry, on: ids.get(entry.parent) ?? "" }]));
    for (const { manufacturer, part } of told.entries) {
      named("manufacturer", manufacturer?.slug, manufacturer?.name);
      named("part", part?.id, part?.number);
    }
    this.#remember();
    this.#told(told);
  }

  /** Go on without a template. What was found by it stays. */
  stop() {
    this.reference = "";
    this.entries = [];
    this.#byId.clear();
    this.#links.clear();
    this.#made.clear();
    this.#pairs.clear();
    this.#here.clear();
    this.#new.clear();
    this.#remember();
    this.#all();
  }

  #link(row, entry) {
    this.#links.set(row, entry);
    this.#made.set(entry, row);
  }

  #remember() {
    remember(this.key, { reference: this.reference, links: [...this.#links] }).catch(() => {});
  }

  /** Ask the server how what is saved stands beside the chosen teardown, and what is new. */
  async refresh() {
    const told = await this.#ask(`${data.urls.beside}${this.reference ? `?with=${encodeURIComponent(this.reference)}` : ""}`);
    if (told) this.#told(told);
  }

  async #ask(address) {
    const asked = performance.now();
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(20_000) });
      if (answer.ok) return { ...(await answer.json()), asked };
      if (answer.status === 404 && this.reference) this.stop(); // it was withdrawn, or narrowed away from this reader
    } catch {
      // Without a connection all stays as it was told last.
    }
    return null;
  }

  #told({ others, pairs, new: added, seen, absent, asked }) {
    this.others = others;
    this.#pairs = new Map(pairs.map(([entry, row, kind]) => [entry, { row, kind }]));
    this.#here = new Map(pairs.map(([entry, row]) => [row, entry]));
    this.#new = new Set(added);
    this.#seen = seen;
    this.absences.told(absent, asked);
    this.#all();
  }

  // A row that is on the server anew makes a new answer worth asking for.
  #noticed(row) {
    if (row.state !== "saved" || this.#versions.get(row) === row.version) return;
    this.#versions.set(row, row.version);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), PAUSE);
  }

  // How all stand

  /** "found", "missing" or "expected". */
  stateOf(entry) {
    if (this.rowOf(entry)) return "found";
    return this.absences.of(entry.id) ? "missing" : "expected";
  }

  /** The row in which an entry was found. */
  rowOf(entry) {
    const own = this.rows.byId.get(this.#made.get(entry.id));
    if (own && (own.saved || !this.rows.isEmpty(own))) return own;
    const id = this.#pairs.get(entry.id)?.row;
    return id && !this.#links.has(id) ? this.rows.byId.get(id) : undefined;
  }

  /** The entry that a row was found as. */
  entryOf(row) {
    return this.#byId.get(this.#links.get(row.id) ?? this.#here.get(row.id));
  }

  isNew(row) {
    return Boolean(this.reference) && this.#new.has(row.id) && !this.#links.has(row.id);
  }

  counts() {
    const told = { expected: 0, found: 0, missing: 0, new: this.rows.list.filter((row) => this.isNew(row)).length };
    for (const entry of this.entries) told[this.stateOf(entry)] += 1;
    return told;
  }

  // What is done

  /** Make the row of an entry: where it is and what it is called, nothing that was read there. */
  found(entry) {
    if (this.rowOf(entry)) return this.rowOf(entry);
    const on = this.#byId.get(this.#byId.get(entry.id).on);
    const row = newRow({ parent: (on && this.rowOf(on)?.id) ?? "", kind: entry.kind, designator: entry.designator, name: entry.name });
    this.#link(row.id, entry.id);
    this.#remember();
    if (this.absences.of(entry.id)) this.absences.undo(entry.id);
    const last = this.rows.list.at(-1);
    this.rows.add(row, last && this.rows.isEmpty(last) ? this.rows.list.length - 1 : this.rows.list.length);
    this.#adorn(row);
    this.sync.due(row);
    this.draw();
    return row;
  }

  /** Take over what is expected in one field, as what is seen now. */
  take(row, field) {
    const entry = this.entryOf(row);
    const wanted = entry && expectedIn(entry, field);
    if (!wanted || !this.#offers(row, field, wanted)) return false;
    if (field === "marking") this.rows.set(row, field, { value: wanted.value });
    else this.rows.choose(row, field, wanted);
    this.sync.due(row);
    return true;
  }

  // At the rows

  #all() {
    for (const row of this.rows.list) this.#adorn(row);
    this.draw();
  }

  // Only an empty cell is offered something: what was read stands.
  #offers(row, field, wanted) {
    return wanted && row.open[field] === undefined && !row.values[field];
  }

  /** Say in a row's cells what was expected there and what is new. */
  #adorn(row) {
    const line = this.sheet.lines.get(row);
    if (!line) return;
    const told = this.#saidOf(row);
    const mark = JSON.stringify(told);
    if ((line.adorned ?? "[]") === mark) return;
    line.adorned = mark;
    for (const old of line.querySelectorAll(".bench-beside")) old.remove();
    for (const [field, words, offer] of told) {
      const cell = this.sheet.cell(row, field);
      const note = made("small", { className: `bench-beside${offer ? " offered" : ""}` }, words);
      if (offer) {
        const button = made("button", { type: "button", className: "btn", textContent: say("take_over"), tabIndex: -1 });
        button.setAttribute("aria-label", say("take_over_of", { FIELD: data.columns[field], TEXT: offer }));
        button.addEventListener("click", () => this.take(row, field) && this.sheet.go(row, field));
        note.append(" ", button);
      }
      cell.append(note);
    }
  }

  // [[field, words, what is offered]] of a row.
  #saidOf(row) {
    const told = [];
    const entry = this.entryOf(row);
    for (const field of entry ? EXPECTED : []) {
      const wanted = expectedIn(entry, field);
      if (this.#offers(row, field, wanted)) told.push([field, say("expected_here", { TEXT: wanted.text }), wanted.text]);
      else if (wanted && field !== "marking" && row.values[field] && !same(field, row.values[field], wanted.value)) told.push([field, say("instead_of", { TEXT: wanted.text }), ""]);
    }
    if (this.isNew(row)) told.push(["state", say("not_earlier"), ""]);
    if (row.saved) for (const code of this.#seen[row.id] ?? []) told.push([NEW_HERE[code], say(`new_${code}`), ""]);
    return told;
  }

  // Keys: F9 goes to the list and back, Shift F9 takes over what is expected in the cell.
  #key(event) {
    if (event.key !== "F9" || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (this.list.body.contains(document.activeElement)) return this.leave();
    this.sheet.commit();
    if (event.shiftKey) this.take(this.sheet.at.row, this.sheet.at.field);
    else this.list.enter();
  }

  /** Back to the sheet, to a row that is named. */
  leave(row = this.sheet.at.row, field = this.sheet.at.field) {
    this.sheet.go(this.rows.list.includes(row) ? row : this.rows.list.at(-1), field);
  }

  /** Draw the list again, once for all that changes together. */
  draw() {
    this.#drawing ??= setTimeout(() => {
      this.#drawing = undefined;
      this.list.draw();
    }, 50);
  }
}

/** {value, text} of what an earlier teardown had in a field, or nothing. */
function expectedIn(entry, field) {
  if (field === "marking") return entry.marking ? { value: entry.marking, text: entry.marking } : null;
  const value = field === "part" ? entry.part?.id : entry.manufacturer?.slug;
  return value ? { value, text: shown(field, value) } : null;
}

/** The template of the bench, where somebody is signed in and the catalogue answers. */
export function beginTemplate(parts) {
  if (parts.sync.shell || !parts.sync.who.user) return;
  new Template(parts).begin();
}
