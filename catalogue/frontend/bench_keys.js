// What keys do in the sheet, while one walks about and while one types; and copying and pasting of blocks.
import { COLUMNS, EMPTY, STOPS, say } from "./bench_fields.js";
import { blockOf, cellsOf, headingOf, isLong } from "./bench_blocks.js";
import { Editor } from "./bench_editor.js";
import { editable } from "./bench_sheet.js";

const PAGE = 15; // rows

export class Keys {
  #entry = "designator"; // the column in which one began to fill the row

  constructor(sheet, acts) {
    Object.assign(this, { sheet, acts, rows: sheet.rows });
    const { root, editor } = sheet;
    root.addEventListener("keydown", (event) => event.target === editor.box && this.key(event));
    root.addEventListener("pointerdown", (event) => this.pointed(event));
    root.addEventListener("dblclick", ({ target }) => target.closest("[role=gridcell]") && this.edit());
    editor.box.addEventListener("copy", (event) => this.copy(event));
    editor.box.addEventListener("cut", (event) => this.copy(event) && this.clear());
    editor.box.addEventListener("paste", (event) => this.paste(event));
    editor.box.addEventListener("blur", () => setTimeout(() => document.activeElement !== editor.box && this.away()));
  }

  // Focus has left the sheet: what is typed is kept, and its row may go out.
  away() {
    this.sheet.commit();
    if (this.sheet.at.row) this.acts.left(this.sheet.at.row);
  }

  pointed(event) {
    const cell = event.target.closest("[role=gridcell], [role=rowheader]");
    const line = cell?.parentElement;
    if (!line?.row || event.target.closest("label, button") || (event.target === this.sheet.editor.box && this.sheet.editor.typing)) return;
    event.preventDefault();
    this.sheet.commit();
    const field = COLUMNS[[...line.children].indexOf(cell)];
    this.sheet.go(line.row, field, event.shiftKey);
    this.#entry = field;
    if (event.pointerType === "touch") this.edit();
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const done = this.sheet.editor.typing ? this.typing(event) : this.walking(event);
    if (done) event.preventDefault();
  }

  // While typing

  typing(event) {
    const { editor } = this.sheet;
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if (key === "Escape") return this.sheet.cancel(), true;
    if (key === "Enter") {
      if (shiftKey || altKey) return !isLong(editor.field) || (altKey && this.#newline());
      this.sheet.commit();
      return this.onwards();
    }
    if (key === "Tab") return this.tab(shiftKey);
    if (key === "F8") return this.sheet.commit(), this.photograph();
    if ((key === "ArrowDown" || key === "ArrowUp") && !shiftKey && editor.walk(key === "ArrowDown" ? 1 : -1)) return true;
    if ((ctrlKey || metaKey) && key.toLowerCase() === "d") return this.again();
    if (editor.walks && !shiftKey && !ctrlKey && !metaKey && !altKey && key.startsWith("Arrow") && !editor.box.value.includes("\n")) {
      this.sheet.commit();
      return this.walking(event);
    }
    return false;
  }

  #newline() {
    const { box } = this.sheet.editor;
    box.setRangeText("\n", box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input"));
    return true;
  }

  // While walking

  walking(event) {
    const { key, shiftKey, altKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (altKey && (key === "ArrowRight" || key === "ArrowLeft")) return this.nest(key === "ArrowRight");
    if (command && !altKey) {
      const letter = key.toLowerCase();
      if (letter === "d") return this.again();
      if (letter === "z") return this.acts.back(shiftKey), true;
      if (letter === "y") return this.acts.back(true), true;
    }
    if (key === "Enter" && altKey) return this.acts.takeReading(this.sheet.at.row), true;
    if (key === "Enter") return shiftKey ? this.step(-1, 0) : this.onwards();
    if (key === "Tab") return this.tab(shiftKey);
    if (key === "F2") return this.edit();
    if (key === "F4") return this.answer();
    if (key === "F8") return this.photograph();
    if (key === "F6") return this.leave();
    if (key === "F7") return this.look();
    if (key === "Delete" || key === "Backspace") return this.clear();
    if (key === "Escape") return this.sheet.go(this.sheet.at.row, this.sheet.at.field), true;
    if (altKey) return false;
    return this.arrow(key, shiftKey, command);
  }

  arrow(key, extend, command) {
    const far = command ? Infinity : 1;
    const by = { ArrowUp: [-far, 0], ArrowDown: [far, 0], ArrowLeft: [0, -far], ArrowRight: [0, far], PageUp: [-PAGE, 0], PageDown: [PAGE, 0], Home: [command ? -Infinity : 0, -Infinity], End: [command ? Infinity : 0, Infinity] }[key];
    return by ? this.step(...by, extend) : false;
  }

  /** Go some rows and columns on, as far as there are. */
  step(down, right, extend = false) {
    const { row, field } = this.sheet.at;
    const within = (n, most) => Math.max(0, Math.min(most, n));
    const n = within(this.rows.indexOf(row) + down, this.rows.list.length - 1);
    const column = COLUMNS[within(COLUMNS.indexOf(field) + right, COLUMNS.length - 1)];
    this.#entry = column;
    this.sheet.go(this.rows.at(n), column, extend);
    return true;
  }

  /** The next row, in the column in which this one was begun; at the end a new one. */
  onwards() {
    const { row } = this.sheet.at;
    const next = this.rows.at(this.rows.indexOf(row) + 1);
    const field = this.#entry === "state" ? "designator" : this.#entry;
    if (next || !this.rows.isEmpty(row)) this.sheet.go(next ?? this.rows.fresh(row), field);
    return true;
  }

  /** The next of the columns that are filled most. Beyond the last row the page goes on. */
  tab(back) {
    this.sheet.commit();
    const { row, field } = this.sheet.at;
    const here = COLUMNS.indexOf(field);
    const stops = back ? [...STOPS].reverse() : STOPS;
    const next = stops.find((stop) => (back ? COLUMNS.indexOf(stop) < here : COLUMNS.indexOf(stop) > here));
    if (next) return this.sheet.go(row, next), true;
    const other = this.rows.at(this.rows.indexOf(row) + (back ? -1 : 1));
    if (!other || (back && this.rows.indexOf(row) === 0)) return false;
    this.sheet.go(other, stops[0]);
    return true;
  }

  edit() {
    const { row, field } = this.sheet.at;
    if (editable(field)) this.sheet.editor.begin(Editor.textOf(this.rows, row, field));
    return true;
  }

  again() {
    this.sheet.commit();
    const { row, field } = this.sheet.at;
    const twin = this.rows.duplicate(row);
    this.sheet.go(twin, ["parent", "state"].includes(field) ? "designator" : field);
    return true;
  }

  nest(deeper) {
    const { row } = this.sheet.at;
    if (deeper) this.rows.indent(row);
    else this.rows.outdent(row);
    this.sheet.focus();
    return true;
  }

  clear() {
    const [rows, fields] = this.sheet.block();
    this.rows.step(() => {
      for (const row of rows) for (const field of fields) if (editable(field)) this.rows.set(row, field, { value: EMPTY[field] });
    });
    return true;
  }

  answer() {
    const line = this.sheet.lines.get(this.sheet.at.row);
    (line?.panel?.querySelector("button") ?? line?.reading)?.focus();
    return true;
  }

  photograph() {
    this.sheet.lines.get(this.sheet.at.row)?.camera.querySelector("input").click();
    return true;
  }

  /** To the photograph, where R draws a region. */
  look() {
    document.querySelector("#viewer [data-stage]").focus();
    return true;
  }

  leave() {
    document.querySelector("#bench [data-do=new]").focus();
    return true;
  }

  // Blocks

  copy(event) {
    if (this.sheet.editor.typing) return false;
    const [rows, fields] = this.sheet.block();
    const text = blockOf(rows.map((row) => fields.map((field) => (field === "state" ? "" : Editor.textOf(this.rows, row, field)))));
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    return true;
  }

  paste(event) {
    const [picture] = [...event.clipboardData.files].filter(({ type }) => type.startsWith("image/"));
    if (picture) {
      event.preventDefault();
      this.sheet.commit();
      return this.acts.photograph(this.sheet.at.row, picture);
    }
    const text = event.clipboardData.getData("text/plain");
    const block = cellsOf(text);
    const one = block.length === 1 && block[0].length === 1;
    if (this.sheet.editor.typing && (one || !text.includes("\t"))) return; // into what is being typed
    event.preventDefault();
    this.sheet.commit();
    const fields = headingOf(block[0]);
    const pasted = this.rows.step(() => (fields ? this.#named(block[0], fields, block.slice(1)) : this.#here(block)));
    this.sheet.from = null;
    this.sheet.focus();
    for (const row of pasted) this.acts.left(row);
    const left = fields ? block[0].filter((_, n) => !fields[n]).filter((heading) => heading.trim()) : [];
    this.acts.said([say("pasted", { COUNT: pasted.length }), ...(left.length ? [say("left_out", { NAMES: left.join(", ") })] : [])].join(" "));
  }

  /** Rows with a heading become new rows: columns by name, in any order. */
  #named(_headings, fields, block) {
    const made = [];
    let last = this.sheet.at.row ?? this.rows.list.at(-1);
    for (const cells of block.filter((cells) => cells.some((cell) => cell.trim()))) {
      const row = last && this.rows.isEmpty(last) && !made.includes(last) ? last : this.rows.fresh(made.at(-1) ?? this.rows.list.at(-1), { parent: "" });
      for (const [n, field] of fields.entries()) if (editable(field ?? "") && field !== "parent" && cells[n] !== undefined) this.rows.type(row, field, cells[n]);
      const on = cells[fields.indexOf("parent")]?.trim();
      if (on) row.wants = on;
      made.push(row);
      last = row;
    }
    for (const row of made) {
      if (row.wants) this.rows.type(row, "parent", row.wants);
      delete row.wants;
    }
    return made;
  }

  /** A block without a heading is written from the cell one is in on. */
  #here(block) {
    const { row, field } = this.sheet.at;
    const from = COLUMNS.indexOf(field === "state" ? "kind" : field);
    let at = this.rows.indexOf(row);
    const [rows, fields] = this.sheet.block();
    if (block.length === 1 && block[0].length === 1 && (rows.length > 1 || fields.length > 1)) {
      for (const one of rows) for (const column of fields) if (editable(column)) this.rows.type(one, column, block[0][0]);
      return rows;
    }
    const touched = [];
    for (const cells of block) {
      const target = this.rows.at(at) ?? this.rows.fresh();
      for (const [n, cell] of cells.entries()) if (editable(COLUMNS[from + n] ?? "")) this.rows.type(target, COLUMNS[from + n], cell);
      touched.push(target);
      at = this.rows.indexOf(target) + 1;
    }
    return touched;
  }
}

