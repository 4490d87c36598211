// The one editor of the sheet. It moves into the cell that has the focus: empty and clear while one walks about, so that
// the first letter (or the first composed one) falls into it; filled and solid while one types.
import { choices, data, read, sameName, say, shown, typeOf } from "./bench_fields.js";
import { offered } from "./bench_beside.js";
import { alike } from "./bench_find.js";
import { grounds, onText } from "./bench_tree.js";

const PAUSE = 150; // milliseconds without a key before the catalogue is searched
const MOST = 12;

export class Editor {
  typing = false;
  #options = [];
  #chosen = -1;
  #asked = 0;
  #timer;

  constructor(sheet) {
    this.sheet = sheet;
    this.box = document.createElement("textarea");
    Object.assign(this.box, { className: "bench-editor", rows: 1, spellcheck: false, autocomplete: "off" });
    this.box.setAttribute("autocapitalize", "none");
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: "bench-options", className: "bench-options", hidden: true });
    this.list.setAttribute("role", "listbox");
    document.getElementById("bench").append(this.list);
    this.box.addEventListener("input", () => this.#typed());
    this.box.addEventListener("compositionstart", () => this.begin());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) sheet.take(this.#options[Number(option.dataset.n)]);
    });
  }

  /** Stand in a cell. */
  enter(cell, row, field, label) {
    this.row = row;
    this.field = field;
    this.box.value = "";
    this.box.setAttribute("aria-label", label);
    this.box.setAttribute("aria-invalid", String(Boolean(row.problems[field] || row.open[field] !== undefined)));
    const searched = ["term", "record", "parent"].includes(typeOf(field));
    for (const [name, value] of [["role", "combobox"], ["aria-controls", "bench-options"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) {
      if (searched) this.box.setAttribute(name, value);
      else this.box.removeAttribute(name);
    }
    this.box.readOnly = field === "state";
    if (this.box.parentElement !== cell) cell.append(this.box);
    this.box.focus({ preventScroll: true });
  }

  /** Begin to type; with `text`, to change what is there. */
  begin(text) {
    if (this.box.readOnly || this.typing) return;
    this.typing = true;
    this.walks = text === undefined; // typed over: arrows leave the cell, as in spreadsheets
    if (text !== undefined) {
      this.box.value = text;
      this.box.setSelectionRange(text.length, text.length);
    }
    this.box.parentElement.classList.add("typing");
    this.box.closest("[role=row]").classList.add("active");
    this.#fit();
    this.#search();
  }

  /** What was typed, and the end of typing. */
  end() {
    const text = this.box.value;
    this.typing = false;
    this.box.value = "";
    this.box.parentElement?.classList.remove("typing");
    this.box.style.removeProperty("height");
    this.hide();
    return text;
  }

  #typed() {
    if (!this.typing) this.begin();
    else {
      this.#fit();
      this.#search();
    }
    this.sheet.drafted(this.row, this.field, this.box.value);
  }

  // The editor grows with its lines.
  #fit() {
    if (typeOf(this.field) === "lines" && (this.box.value.includes("\n") || this.box.value.length > 18)) {
      this.box.style.height = "0";
      this.box.style.height = `${this.box.scrollHeight}px`;
    }
  }

  // Choices

  #search() {
    const type = typeOf(this.field);
    const asked = ++this.#asked;
    clearTimeout(this.#timer);
    const typed = this.box.value.trim();
    if (type === "term") {
      const wanted = typed.toLowerCase();
      const found = choices(this.field).filter(({ value, text }) => text.toLowerCase().includes(wanted) || value.startsWith(wanted));
      found.sort((one, other) => other.text.toLowerCase().startsWith(wanted) - one.text.toLowerCase().startsWith(wanted));
      const meant = typed ? read(this.field, typed).value : undefined;
      this.#show(found.slice(0, MOST), found.findIndex(({ value }) => value === meant));
    } else if (type === "parent") {
      const found = typed ? grounds(this.sheet.rows, this.row, typed) : [];
      this.#show(found.slice(0, MOST), found.length === 1 ? 0 : found.findIndex(({ text }) => sameName(typed, text)));
    } else if (type === "record") {
      if (!typed) return this.hide();
      this.#timer = setTimeout(async () => {
        const found = await alike(this.row, this.field, typed).catch(() => null);
        if (asked !== this.#asked || !this.typing || !found) return;
        const exact = found.filter(({ text }) => sameName(typed, text));
        const options = found.slice(0, MOST);
        if (!exact.length) options.push({ make: typed, text: say(`record_${this.field}`, { TEXT: typed }), note: "" });
        this.#show(options, exact.length === 1 ? options.indexOf(exact[0]) : -1);
      }, PAUSE);
    }
  }

  #show(options, chosen) {
    this.#options = options;
    this.#chosen = chosen;
    this.list.replaceChildren(...options.map(({ text, note, make }, n) => {
      const line = document.createElement("li");
      line.id = `bench-option-${n}`;
      line.dataset.n = n;
      line.setAttribute("role", "option");
      line.textContent = text;
      if (make) line.className = "make";
      if (note) line.append(" ", Object.assign(document.createElement("small"), { textContent: note }));
      return line;
    }));
    if (!options.length) return this.hide();
    const at = this.box.getBoundingClientRect();
    const room = innerHeight - at.bottom;
    this.list.hidden = false;
    this.list.style.left = `${Math.max(8, Math.min(at.left, innerWidth - this.list.offsetWidth - 8))}px`;
    this.list.style.top = `${room < this.list.offsetHeight && at.top > room ? at.top - this.list.offsetHeight : at.bottom}px`;
    this.box.setAttribute("aria-expanded", "true");
    this.#mark();
  }

  #mark() {
    for (const [n, line] of [...this.list.children].entries()) line.setAttribute("aria-selected", String(n === this.#chosen));
    const line = this.list.children[this.#chosen];
    line?.scrollIntoView({ block: "nearest" });
    if (line) this.box.setAttribute("aria-activedescendant", line.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  hide() {
    this.#asked++;
    clearTimeout(this.#timer);
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.#options = [];
    this.#chosen = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  /** Walk among the choices; false where there are none. */
  walk(by) {
    if (!this.#options.length) return false;
    this.#chosen = (this.#chosen + by + this.#options.length + (this.#chosen < 0 && by < 0 ? 1 : 0)) % this.#options.length;
    this.#mark();
    return true;
  }

  /** The choice that is marked. */
  get chosen() {
    return this.#options[this.#chosen];
  }

  /** What the cell holds, to be changed. */
  static textOf(rows, row, field) {
    return field === "parent" ? onText(rows, row) : (row.open[field] ?? shown(field, row.values[field]));
  }
}

/** What is said of a cell to whoever does not see it. */
export function labelOf(rows, row, field) {
  const text = field === "state" ? say(row.state || "fresh") : Editor.textOf(rows, row, field) || say("empty");
  const read = field === "marking" && offered(row);
  return `${data.columns[field]}, ${say("row", { NUMBER: rows.indexOf(row) + 1 })}: ${text}${read ? `. ${say("read_off", { TEXT: read })} (F4)` : ""}`;
}
