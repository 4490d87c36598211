// The list of what an earlier teardown had: above the sheet, with a button each for "found" and "missing".
import { say, shown } from "./bench_fields.js";

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const DEEPEST = 4; // levels that are indented

export class TemplateList {
  #mark = "";
  #lines = new Map(); // entry's id → {mark, line}
  #open = true;

  constructor(root, template) {
    Object.assign(this, { root, template });
    this.head = made("div", { className: "template-head" });
    this.body = made("ul", { className: "template-list" });
    root.append(this.head, this.body);
    this.body.addEventListener("keydown", (event) => this.#key(event));
    this.body.addEventListener("click", ({ target }) => this.#clicked(target));
    this.body.addEventListener("change", ({ target }) => target.matches("input") && template.absences.write(target.closest("li").dataset.id, target.value.trim()));
  }

  /** Draw what has changed. */
  draw() {
    const { template } = this;
    this.root.hidden = template.others === undefined;
    const states = template.entries.map((entry) => [entry, template.stateOf(entry)]);
    const counts = template.counts();
    const absent = states.filter(([, state]) => state === "missing").map(([entry]) => template.absences.of(entry.id));
    const mark = JSON.stringify([template.reference, template.others, counts, states.map(([, state]) => state), absent, this.#open]);
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.#head(counts);
    const at = this.#at();
    this.body.hidden = !template.reference || !this.#open;
    const open = [...states.filter(([, state]) => state === "expected"), ...states.filter(([, state]) => state === "missing")];
    this.#put(open.map(([entry, state]) => this.#kept(entry, state)));
    if (template.reference && !open.length) this.body.append(made("li", { className: "template-none", textContent: say("all_accounted") }));
    this.#again(at);
  }

  // Of hundreds of lines mostly one goes: the others stay where they are.
  #put(lines) {
    const wanted = new Set(lines);
    for (const line of [...this.body.children]) if (!wanted.has(line)) line.remove();
    for (const [n, line] of lines.entries()) if (this.body.children[n] !== line) this.body.insertBefore(line, this.body.children[n] ?? null);
  }

  #kept(entry, state) {
    const mark = JSON.stringify([state, state === "missing" && this.template.absences.of(entry.id)]);
    const before = this.#lines.get(entry.id);
    if (before?.mark === mark) return before.line;
    const line = this.#line(entry, state);
    this.#lines.set(entry.id, { mark, line });
    return line;
  }

  #head(counts) {
    const { template } = this;
    const inside = this.head.contains(document.activeElement) && document.activeElement.dataset.act;
    const words = made("h2", { textContent: template.reference ? say("beside", { NAME: template.reference }) : say("earlier") });
    if (!template.reference) {
      if (!template.others?.length) return this.head.replaceChildren(words, made("p", { textContent: say("no_earlier") }));
      const choice = made("select");
      choice.setAttribute("aria-label", say("earlier"));
      for (const [reference, title] of template.others) choice.append(made("option", { value: reference, textContent: title ? `${reference} · ${title.slice(0, 60)}` : reference }));
      const begin = this.#button("start", say("start_from"), () => this.#begin(choice.value));
      this.head.replaceChildren(words, choice, begin);
    } else {
      const told = made("p", {}, say("template_counts", { EXPECTED: counts.expected, FOUND: counts.found, MISSING: counts.missing, NEW: counts.new }));
      told.setAttribute("role", "status");
      const fold = this.#button("fold", say(this.#open ? "fold_list" : "open_list"), () => {
        this.#open = !this.#open;
        this.draw();
      });
      fold.setAttribute("aria-expanded", String(this.#open));
      this.head.replaceChildren(words, told, fold, this.#button("stop", say("stop_template"), () => template.stop()));
    }
    if (inside) (this.head.querySelector(`[data-act=${inside}]`) ?? this.head.querySelector("select, button"))?.focus();
  }

  async #begin(reference) {
    await this.template.start(reference);
    this.enter();
  }

  #button(act, words, done) {
    const button = made("button", { type: "button", className: "btn", textContent: words, onclick: done });
    button.dataset.act = act;
    return button;
  }

  #line(entry, state) {
    const name = nameOf(entry);
    const line = made("li", { className: `template-${state}` });
    line.dataset.id = entry.id;
    line.style.setProperty("--depth", Math.min(entry.depth, DEEPEST));
    const where = made("span", { className: "template-where" }, ...(entry.designator ? [made("b", { className: "mono", textContent: entry.designator }), " "] : []), [entry.kind === "part" && entry.name ? "" : shown("kind", entry.kind), entry.name].filter(Boolean).join(" · "));
    const maker = made("span", {}, [entry.manufacturer?.name, entry.part?.number].filter(Boolean).join(" · ") || "—");
    const marking = made("span", { className: "mono template-marking", textContent: entry.marking || "" });
    const acts = made("span", { className: "template-acts" });
    line.append(where, maker, marking, acts);
    if (state === "expected") {
      acts.append(this.#act("found", say("mark_found"), name), this.#act("missing", say("mark_missing"), name));
      return line;
    }
    const { note, refused, waits } = this.template.absences.of(entry.id);
    const words = refused || say(waits ? "absent_waits" : "absent");
    const box = made("input", { type: "text", value: note, maxLength: 2000, placeholder: say("absent_note"), autocomplete: "off" });
    box.setAttribute("aria-label", say("absent_note_of", { NAME: name }));
    acts.after(made("span", { className: refused ? "template-said error" : "template-said", textContent: words }), box);
    acts.append(this.#act("found", say("mark_found"), name), this.#act("undo", say("absence_undo"), name));
    return line;
  }

  #act(act, words, name) {
    const button = made("button", { type: "button", className: "btn", textContent: words, tabIndex: -1 });
    button.dataset.act = act;
    button.setAttribute("aria-label", `${words}: ${name}`);
    return button;
  }

  // Where one is

  lines() {
    return [...this.body.querySelectorAll("li[data-id]")];
  }

  /** Into the list, to where one was, else to the first line. */
  enter() {
    if (!this.template.reference) return this.head.querySelector("select, button")?.focus();
    this.#open = true;
    this.draw();
    const lines = this.lines();
    const line = lines.find((one) => one.dataset.id === this.last && one.className === "template-expected") ?? lines[0];
    (line?.querySelector("button") ?? this.head.querySelector("button"))?.focus();
  }

  #at() {
    const line = document.activeElement?.closest?.("li[data-id]");
    if (!line || !this.body.contains(line)) return null;
    return { id: line.dataset.id, n: this.lines().indexOf(line), was: line.className, act: document.activeElement.dataset.act ?? "note" };
  }

  // After drawing anew one stands where one stood: at the same line, or at the one that took its place.
  #again(at) {
    const lines = this.lines();
    this.first?.setAttribute("tabindex", "-1");
    this.first = lines[0]?.querySelector("button");
    this.first?.setAttribute("tabindex", "0");
    if (!at) return;
    const stays = lines.find((line) => line.dataset.id === at.id);
    const open = lines.filter((line) => line.className === "template-expected");
    const line = stays?.className === at.was ? stays : (open[Math.min(at.n, open.length - 1)] ?? lines[0]);
    const target = line?.querySelector(`[data-act=${at.act}]`) ?? line?.querySelector(at.act === "note" ? "input" : "button") ?? this.head.querySelector("button");
    target?.focus();
  }

  #key(event) {
    const line = event.target.closest("li[data-id]");
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input");
    if (event.key === "Escape") return this.template.leave();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") return event.preventDefault(), this.#step(line, event.key === "ArrowDown" ? 1 : -1, event.target.dataset.act);
    if (typing) return void (event.key === "Enter" && event.target.dispatchEvent(new Event("change", { bubbles: true })));
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") return event.preventDefault(), this.#aside(event.target, event.key === "ArrowRight" ? 1 : -1);
    if (event.key === "Enter" && event.shiftKey && event.target.dataset.act === "found") return event.preventDefault(), this.#found(line, true);
    if (event.code === "KeyF") return event.preventDefault(), this.#found(line, event.shiftKey);
    if (event.code === "KeyM") event.preventDefault(), line.querySelector("[data-act=missing]")?.click();
  }

  #step(line, by, act) {
    const lines = this.lines();
    const next = lines[lines.indexOf(line) + by];
    if (!next) return by < 0 ? this.head.querySelector("button")?.focus() : undefined;
    this.last = next.dataset.id;
    (next.querySelector(`[data-act=${act}]`) ?? next.querySelector("button")).focus();
  }

  #aside(from, by) {
    const all = [...from.closest("li").querySelectorAll("input, button")];
    all[all.indexOf(from) + by]?.focus();
  }

  #clicked(target) {
    const act = target.dataset?.act;
    const line = target.closest("li[data-id]");
    if (!act || !line) return;
    if (act === "found") this.#found(line, false);
    else if (act === "missing") this.template.absences.mark(line.dataset.id);
    else if (act === "undo") this.template.absences.undo(line.dataset.id);
    this.draw(); // at once: the next key is meant for the next line
  }

  // An entry that carries nothing makes a row that is there only once something is typed in it: one goes there.
  #found(line, onwards) {
    const entry = this.template.entries.find(({ id }) => id === line.dataset.id);
    const lines = this.lines();
    this.last = lines[lines.indexOf(line) + 1]?.dataset.id;
    const row = this.template.found(entry);
    this.draw();
    if (onwards || this.template.rows.isEmpty(row)) this.template.leave(row, "marking");
  }
}

/** What one calls an entry. */
const nameOf = (entry) => entry.designator || entry.name || entry.marking.split("\n")[0] || entry.reference;
