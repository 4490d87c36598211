// The rows of the sheet and what is done to them; every step can be taken back. Nothing here knows a page or a network.
import { EMPTY, FIELDS, data, named, newId, read, same, typeOf, valuesOf } from "./bench_fields.js";
import { ground } from "./bench_tree.js";

const STEPS = 50;

/** One component: `saved` as the server last told it (null when it knows none), `values` as typed, `open` what is unclear. */
export function newRow(values = {}) {
  return { id: newId(), reference: "", url: "", version: 0, saved: null, sent: null, values: { ...EMPTY, ...values }, open: {}, problems: {}, conflict: null, state: "", sentence: "", gone: "", order: 0, photos: 0, seen: 0, published: "" };
}

export class Rows extends EventTarget {
  list = [];
  #done = [];
  #undone = [];
  #step = null;
  #many = false;
  #moved = false;

  constructor(records) {
    super();
    this.byId = new Map();
    const ids = new Map(records.map((record) => [record.reference, record.id]));
    this.idOf = (reference) => ids.get(reference) ?? this.list.find((row) => row.reference === reference)?.id;
    for (const record of records) {
      const row = newRow();
      this.told(row, record);
      row.values = { ...row.saved };
      row.state = "saved";
      this.list.push(row);
      this.byId.set(row.id, row);
    }
    this.arrange();
  }

  /** What the server told of a row. */
  told(row, record) {
    Object.assign(row, { id: record.id, reference: record.reference, url: record.url, version: record.version, saved: valuesOf(record, this.idOf), published: record.published_text ?? "" });
  }

  /** Put every row after what it sits on. */
  arrange() {
    const inside = new Map();
    for (const row of this.list) {
      const on = this.byId.has(row.values.parent) ? row.values.parent : "";
      if (inside.has(on)) inside.get(on).push(row);
      else inside.set(on, [row]);
    }
    const found = [];
    const put = (row, depth) => {
      row.depth = depth;
      found.push(row);
      for (const child of inside.get(row.id) ?? []) put(child, depth + 1);
    };
    for (const row of inside.get("") ?? []) put(row, 0);
    const seen = new Set(found); // a ring, which the server refuses, is shown all the same
    for (const row of this.list) if (!seen.has(row)) found.push(Object.assign(row, { depth: 0 }));
    this.list = found;
  }

  at(n) {
    return this.list[n];
  }

  indexOf(row) {
    return this.list.indexOf(row);
  }

  isEmpty(row) {
    if (row.photos || row.seen || this.list.some((other) => other.values.parent === row.id)) return false;
    return FIELDS.every((field) => field === "parent" || (row.values[field] === EMPTY[field] && row.open[field] === undefined));
  }

  /** Fields that the server does not have as they are typed. */
  changed(row) {
    const known = row.saved ?? EMPTY;
    return FIELDS.filter((field) => !same(field, row.values[field], known[field]));
  }

  // Steps

  /** All that `act` changes is one step. */
  step(act) {
    if (this.#step) return act();
    this.#step = [];
    try {
      return this.#together(act);
    } finally {
      if (this.#step.length) {
        this.#done.push(this.#step);
        if (this.#done.length > STEPS) this.#done.shift();
        this.#undone = [];
      }
      this.#step = null;
    }
  }

  // However many rows come or move, they are put in their places once.
  #together(act) {
    this.#moved = false;
    this.#many = true;
    try {
      return act();
    } finally {
      this.#many = false;
      if (this.#moved) this.#place();
    }
  }

  #place() {
    if (this.#many) return void (this.#moved = true);
    this.arrange();
    this.tell("arranged");
  }

  /** Set a cell: {value} or {open}. A marking that is typed was read. */
  set(row, field, cell) {
    const before = { value: row.values[field], open: row.open[field] };
    const after = { value: cell.open === undefined ? cell.value : before.value, open: cell.open };
    if (before.value === after.value && before.open === after.open) return;
    this.step(() => {
      this.#step.push({ row, field, before, after });
      this.#put(row, field, after);
      if (field === "marking" && after.value && row.values.marking_state !== "read") this.set(row, "marking_state", { value: "read" });
    });
  }

  type(row, field, text) {
    this.set(row, field, typeOf(field) === "parent" ? ground(this, row, text) : read(field, text));
  }

  add(row, at = this.list.length) {
    this.step(() => {
      this.#step.push({ made: row, at });
      this.#insert(row, at);
    });
    return row;
  }

  remove(row, reason) {
    this.step(() => {
      this.#step.push({ removed: row, at: this.indexOf(row), reason });
      this.#take(row, reason);
    });
  }

  #put(row, field, { value, open }) {
    row.values[field] = value;
    delete row.problems[field];
    if (open === undefined) delete row.open[field];
    else row.open[field] = open;
    if (field === "parent") this.#place();
    this.tell("changed", row, field);
  }

  #insert(row, at) {
    row.gone = "";
    row.depth = (this.byId.get(row.values.parent)?.depth ?? -1) + 1;
    this.list.splice(at, 0, row);
    this.byId.set(row.id, row);
    this.#place();
    this.tell("changed", row);
  }

  #take(row, reason) {
    row.gone = reason;
    this.list = this.list.filter((other) => other !== row);
    this.byId.delete(row.id);
    this.#place();
    this.tell("removed", row);
  }

  /** Bring back a row that was taken away. One that the server has voided comes back as a new one. */
  #again(row, at) {
    if (row.reference) {
      const old = row.id;
      Object.assign(row, { id: newId(), reference: "", url: "", version: 0, saved: null, sent: null, order: 0, state: "" });
      for (const other of this.list) if (other.values.parent === old) this.#put(other, "parent", { value: row.id });
    }
    this.#insert(row, at);
  }

  /** Take the last step back; the rows it was about, or null when there is none. */
  undo(reason) {
    const step = this.#done.pop();
    if (!step) return null;
    this.#undone.push(step);
    this.#together(() => {
      for (const one of [...step].reverse()) {
        if (one.made) this.#take(one.made, reason);
        else if (one.removed) this.#again(one.removed, one.at);
        else this.#put(one.row, one.field, one.before);
      }
    });
    return step;
  }

  redo() {
    const step = this.#undone.pop();
    if (!step) return null;
    this.#done.push(step);
    this.#together(() => {
      for (const one of step) {
        if (one.made) this.#again(one.made, one.at);
        else if (one.removed) this.#take(one.removed, one.reason);
        else this.#put(one.row, one.field, one.after);
      }
    });
    return step;
  }

  tell(type, row, field) {
    this.dispatchEvent(new CustomEvent(type, { detail: { row, field } }));
  }

  // The tree

  /** A new row after `row` (at the end without one), sitting on the same. */
  fresh(row = this.list.at(-1), values = {}) {
    const at = row ? this.#endOf(row) : 0;
    return this.add(newRow({ parent: row?.values.parent ?? "", ...values }), at);
  }

  /** The place after `row` and all that sits on it. */
  #endOf(row) {
    let at = this.indexOf(row) + 1;
    while (at < this.list.length && this.list[at].depth > row.depth) at++;
    return at;
  }

  /** The same row once more; a number of one piece is not another's. */
  duplicate(row) {
    const twin = newRow({ ...row.values, identifiers: "" });
    twin.open = { ...row.open };
    return this.add(twin, this.#endOf(row));
  }

  /** Put a row on the one above it. */
  indent(row) {
    const at = this.indexOf(row);
    const above = this.list.slice(0, at).findLast((other) => other.depth <= row.depth);
    if (above && above.depth === row.depth) this.set(row, "parent", { value: above.id });
  }

  /** Take a row off what it sits on. */
  outdent(row) {
    const on = this.byId.get(row.values.parent);
    if (!on) return;
    this.step(() => {
      const at = this.#endOf(on);
      const moved = this.list.filter((other) => other === row);
      this.list.splice(at, 0, ...moved); // among its new neighbours it comes after what it sat on
      this.list.splice(this.list.indexOf(row), 1);
      this.set(row, "parent", { value: on.values.parent });
    });
  }

  /** Use a maker or a part that was found or recorded. Another maker's part is not this one's. */
  choose(row, field, { value, text }) {
    named(field, value, text);
    const other = field === "manufacturer" && row.values.part && !same(field, row.values[field], value);
    this.step(() => {
      this.set(row, field, { value });
      if (other) this.set(row, "part", { value: "" });
    });
  }
}

/** What three states of a row make of one: {values, conflict}; `mine` and `theirs` both came out of `base`. */
export function merged(base, mine, theirs) {
  const values = { ...mine };
  const conflict = {};
  for (const field of FIELDS) {
    if (same(field, mine[field], theirs[field]) || same(field, mine[field], base[field])) values[field] = theirs[field];
    else if (!same(field, theirs[field], base[field])) conflict[field] = theirs[field];
  }
  return { values, conflict: Object.keys(conflict).length ? conflict : null };
}

export const isShell = Boolean(data.shell);
