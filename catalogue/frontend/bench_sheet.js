// The sheet as one sees it: rows of plain cells, drawn again one by one as they change, and the panel below a row that
// asks something. What keys do stands in bench_keys.js.
import { COLUMNS, FIELDS, data, say, shown, typeOf } from "./bench_fields.js";
import { beside } from "./bench_beside.js";
import { Editor, labelOf } from "./bench_editor.js";
import { panelOf } from "./bench_panel.js";
import { nameOf, onText } from "./bench_tree.js";

const MONO = new Set(["designator", "marking", "part", "date_code", "identifiers"]);
const NAMES = new Set(["designator", "name", "marking"]); // what others call it by
const SIZE = 25; // rows of a group: those out of sight are laid out by the group, not one by one
const ICONS = { saved: "✓", saving: "…", waiting: "○", conflict: "≠", refused: "!", unclear: "?", fresh: "+" };

export class Sheet {
  at = { row: null, field: "designator" };
  from = null; // the other corner of the chosen block

  constructor(root, rows, sync, acts) {
    Object.assign(this, { root, rows, sync, acts });
    this.scroller = root.parentElement;
    this.editor = new Editor(this);
    this.lines = new Map(); // row → its element
    this.groups = [];
    this.#model();
    root.append(this.#head());
    for (const [n, field] of COLUMNS.entries()) root.style.setProperty(`--label-${n + 1}`, JSON.stringify(data.columns[field]));
    this.arrange();
    this.#aside();
    rows.addEventListener("arranged", () => this.arrange());
    rows.addEventListener("changed", ({ detail: { row, field } }) => {
      this.draw(row);
      if (NAMES.has(field)) for (const other of rows.list) if (other.values.parent === row.id) this.draw(other);
    });
  }

  #head() {
    const head = document.createElement("div");
    head.className = "bench-row bench-head";
    head.setAttribute("role", "row");
    head.setAttribute("aria-rowindex", "1");
    for (const field of COLUMNS) {
      const cell = head.appendChild(document.createElement("div"));
      cell.className = `c-${field}`;
      cell.setAttribute("role", "columnheader");
      cell.textContent = data.columns[field];
    }
    this.root.setAttribute("aria-colcount", COLUMNS.length);
    return head;
  }

  // The first column stays where it is. By a rule that follows the scrolling: cells that stick by themselves are a layer
  // each, which doubled what a walk through the rows took.
  #aside() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("@media (min-width: 761px) { .bench-row > .c-parent { left: 0 } }");
    document.adoptedStyleSheets.push(sheet);
    const { style } = sheet.cssRules[0].cssRules[0];
    let left = 0;
    this.scroller.addEventListener("scroll", () => {
      if (left === this.scroller.scrollLeft) return;
      left = this.scroller.scrollLeft;
      style.left = `${left}px`;
    }, { passive: true });
  }

  // A row without content, to be cloned: that is faster than making each cell.
  #model() {
    this.model = document.createElement("div");
    this.model.className = "bench-row";
    this.model.setAttribute("role", "row");
    for (const field of COLUMNS) {
      const cell = this.model.appendChild(document.createElement("div"));
      cell.className = `c-${field}${MONO.has(field) ? " mono" : ""}${typeOf(field) === "lines" ? " lines" : ""}`;
      cell.setAttribute("role", field === "parent" ? "rowheader" : "gridcell");
      cell.append(document.createElement("span"));
    }
    this.model.firstElementChild.append(document.createElement("small"));
  }

  /** Every row at its place. */
  arrange() {
    const held = this.editor.box === document.activeElement;
    const there = new Set(this.rows.list);
    for (const [row, line] of this.lines) {
      if (there.has(row)) continue;
      line.panel?.remove();
      line.remove();
      this.lines.delete(row);
    }
    let before;
    for (const [n, row] of this.rows.list.entries()) {
      if (n % SIZE === 0) before = null;
      const group = this.#group(Math.floor(n / SIZE));
      let line = this.lines.get(row);
      if (!line) {
        line = this.model.cloneNode(true);
        line.row = row;
        this.lines.set(row, line);
        this.draw(row);
      }
      before = put(line, before, group);
      if (line.depth !== row.depth) this.#place(line, row);
      if (line.n !== n) line.setAttribute("aria-rowindex", n + 2);
      line.n = n;
      if (line.panel) before = put(line.panel, before, group);
    }
    while (this.groups.length > Math.ceil(this.rows.list.length / SIZE)) this.groups.pop().remove();
    this.root.setAttribute("aria-rowcount", this.rows.list.length + 1);
    this.#here();
    if (held && this.editor.box.isConnected) this.editor.box.focus({ preventScroll: true }); // its row may have moved
  }

  #group(n) {
    if (!this.groups[n]) {
      const group = Object.assign(document.createElement("div"), { className: "bench-rows" });
      group.setAttribute("role", "rowgroup");
      this.root.append(group);
      this.groups[n] = group;
    }
    return this.groups[n];
  }

  // The group in which one is may reach beyond its edges, as the editor does.
  #here() {
    const group = this.lines.get(this.at.row)?.parentElement;
    if (group === this.group) return;
    this.group?.classList.remove("here");
    group?.classList.add("here");
    this.group = group;
  }

  #place(line, row) {
    line.depth = row.depth;
    line.style.setProperty("--depth", Math.min(row.depth, 8));
  }

  /** Show a row as it is now. */
  draw(row) {
    const line = this.lines.get(row);
    if (!line) return;
    for (const [n, field] of COLUMNS.entries()) {
      const cell = line.children[n];
      const text = this.#text(row, field);
      const span = cell.firstElementChild;
      if (span.textContent !== text) span.textContent = text;
      if (field === "state") continue;
      cell.classList.toggle("open", row.open[field] !== undefined);
      cell.classList.toggle("wrong", row.problems[field] !== undefined || row.conflict?.[field] !== undefined);
      cell.title = row.problems[field] ?? "";
    }
    const on = line.firstElementChild.children[1], sits = onText(this.rows, row);
    if (on.textContent !== sits) on.textContent = sits;
    line.dataset.state = row.state || "fresh";
    line.classList.toggle("made", row.reference !== "");
    beside(line, row, this);
    this.panel(row, line);
  }

  #text(row, field) {
    if (field === "parent") return `${ICONS[row.state || "fresh"]} ${row.reference.slice(-4)}`;
    if (field === "state") return say(row.state || "fresh");
    if (row.open[field] !== undefined) return row.open[field];
    const value = row.values[field];
    if (field === "marking" && !value) return row.published;
    if ((field === "marking_state" && value === "not-recorded") || (field === "authenticity" && value === "not-examined")) return "";
    return shown(field, value);
  }

  /** What one calls a row. */
  nameOf(row) {
    return nameOf(this.rows, row);
  }

  /** The panel below a row that asks something. */
  panel(row, line = this.lines.get(row)) {
    const wanted = panelOf(row, this);
    if (wanted?.textContent === line.panel?.textContent) return; // whoever is about to answer keeps the focus
    const inside = line.panel?.contains(document.activeElement);
    line.panel?.remove();
    line.panel = wanted;
    if (wanted) line.after(wanted);
    if (inside) this.focus();
  }

  // Where one is

  cell(row, field) {
    return this.lines.get(row)?.children[COLUMNS.indexOf(field)];
  }

  /** Go to a cell. */
  go(row, field, extend = false) {
    if (!row || !this.lines.has(row)) return;
    const before = this.at.row;
    if (!extend) this.from = null;
    else this.from ??= { ...this.at };
    this.at = { row, field };
    if (before !== row) {
      this.lines.get(before)?.classList.remove("active");
      this.lines.get(row).classList.add("active");
      this.#here();
    }
    this.focus();
    this.#choose();
    if (before !== row) {
      if (before) this.acts.left(before);
      this.acts.chosen(row);
    }
  }

  focus() {
    const { row, field } = this.at;
    const cell = this.cell(row, field);
    if (!cell) return;
    this.editor.enter(cell, row, field, labelOf(this.rows, row, field));
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** [rows, fields] of the chosen block. */
  block() {
    const { row, field } = this.at;
    const from = this.from ?? this.at;
    const [top, bottom] = [this.rows.indexOf(from.row), this.rows.indexOf(row)].sort((a, b) => a - b);
    const [left, right] = [COLUMNS.indexOf(from.field), COLUMNS.indexOf(field)].sort((a, b) => a - b);
    return [this.rows.list.slice(Math.max(0, top), bottom + 1), COLUMNS.slice(left, right + 1)];
  }

  #choose() {
    for (const cell of this.marked ?? []) cell.classList.remove("chosen");
    this.marked = [];
    if (!this.from) return;
    const [rows, fields] = this.block();
    for (const row of rows) for (const field of fields) this.marked.push(this.cell(row, field));
    for (const cell of this.marked) cell.classList.add("chosen");
  }

  // Typing

  /** Keep what is in the editor. */
  commit() {
    if (!this.editor.typing) return;
    const { row, field } = this.editor;
    const chosen = this.editor.chosen;
    const text = this.editor.end();
    row.draft = undefined;
    if (chosen?.make === undefined && chosen) this.#use(row, field, chosen);
    else if (chosen?.make !== undefined) this.#make(row, field, chosen.make);
    else this.rows.type(row, field, text);
    this.draw(row);
  }

  #use(row, field, chosen) {
    if (["term", "parent"].includes(typeOf(field))) this.rows.set(row, field, { value: chosen.value });
    else this.rows.choose(row, field, chosen);
  }

  #make(row, field, text) {
    this.rows.set(row, field, { open: text });
    this.acts.record(row, field);
  }

  /** Take a choice that was pointed at. */
  take(chosen) {
    const { row, field } = this.editor;
    this.editor.end();
    row.draft = undefined;
    if (chosen.make !== undefined) this.#make(row, field, chosen.make);
    else this.#use(row, field, chosen);
    this.draw(row);
    this.focus();
  }

  cancel() {
    const { row } = this.editor;
    this.editor.end();
    row.draft = undefined;
    this.acts.drafted(row);
    this.focus();
  }

  drafted(row, field, text) {
    row.draft = { field, text };
    this.acts.drafted(row);
  }
}

/** Put an element after another one of its group, or first in it; it is not moved without need. */
function put(element, before, group) {
  const there = before ? before.nextElementSibling : group.firstElementChild;
  if (there !== element) before ? before.after(element) : group.prepend(element);
  return element;
}

export const editable = (field) => FIELDS.includes(field);
