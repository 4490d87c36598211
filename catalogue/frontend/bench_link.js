// The bar under the picture: which row the chosen region shows, and another one with one press; how long a line is.
import { say } from "./bench_fields.js";

export class Link {
  region = null;
  #line = null; // a line that is drawn, until its length is said

  /** `acts`: {row(), fresh(), go(row)} of the sheet. */
  constructor(pane, { rows, regions, photos, nameOf, acts }) {
    Object.assign(this, { rows, regions, photos, nameOf, acts });
    this.bar = pane.querySelector("[data-link]");
    this.said = pane.querySelector("[data-linked]");
    this.others = pane.querySelector("[data-others]");
    this.each = pane.querySelector("[data-each]");
    this.form = pane.querySelector("[data-length]");
    const { element } = photos;
    element.addEventListener("region-drawn", ({ detail }) => (detail.shape === "line" ? this.#measure(detail) : this.draw(detail)));
    element.addEventListener("region-moved", ({ detail: { id, points } }) => this.#moved(id, points));
    element.addEventListener("region-dropped", () => this.#unmeasured());
    element.addEventListener("region-chosen", ({ detail: { id } }) => this.show(regions.byId.get(id) ?? null));
    element.addEventListener("region-pointed", ({ detail: { id } }) => {
      const { row } = regions.byId.get(id) ?? {};
      if (row && this.rows.list.includes(row)) acts.go(row);
    });
    photos.element.addEventListener("keydown", (event) => {
      if (event.key !== "F7") return;
      event.preventDefault();
      acts.back();
    });
    photos.addEventListener("opened", () => {
      if (this.region?.photo !== photos.current.id) this.show(null);
      this.#close();
    });
    this.each.addEventListener("click", () => this.each.setAttribute("aria-pressed", String(!this.isEach)));
    this.bar.addEventListener("click", ({ target }) => this.#act(target.closest("[data-act]")?.dataset.act));
    for (const event of ["focus", "pointerdown"]) this.others.addEventListener(event, () => this.#offer());
    this.others.addEventListener("change", () => this.#choose(this.rows.byId.get(this.others.value)));
    this.form.addEventListener("submit", (event) => this.#measured(event));
    this.form.querySelector("[data-drop]").addEventListener("click", () => this.#unmeasured());
    regions.addEventListener("seen", ({ detail: { region } }) => region && region === this.region && this.show(region.gone || !regions.byId.has(region.id) ? null : region));
  }

  get isEach() {
    return this.each.getAttribute("aria-pressed") === "true";
  }

  /** A region was drawn: it shows the row one is in, or a new one. Inside of what shows that row already it is its marking. */
  draw({ shape, points, turn }) {
    const photo = this.photos.current.id;
    const here = this.isEach ? null : this.acts.row();
    const row = here ?? this.acts.fresh();
    const around = this.regions.of(row).some((one) => one.photo === photo && one.purpose === "shows" && holds(one.points, points));
    const region = this.regions.draw({ photo, shape, points, turn, row, purpose: around ? "marking" : "shows", made: !here });
    this.photos.viewer.settle();
    this.photos.again();
    this.photos.viewer.select(region.id, { pan: false });
    this.acts.go(row);
  }

  /** Say what a region shows; null says nothing. */
  show(region) {
    this.region = region;
    this.bar.hidden = !region;
    if (!region) return;
    const { row, purpose, fresh } = region;
    const linked = row ? say(purpose === "marking" ? "linked_marking" : "linked", { NAME: this.nameOf(row) }) : say("linked_none");
    if (this.said.textContent !== linked) this.said.textContent = linked;
    const isOf = ["shows", "marking"].includes(purpose);
    for (const part of this.bar.querySelectorAll("[data-of]")) part.hidden = !isOf;
    this.bar.querySelector("[data-act=marking]").setAttribute("aria-pressed", String(purpose === "marking"));
    this.bar.querySelector("[data-act=undo]").hidden = !fresh;
    const choosing = document.activeElement === this.others && this.others.length > 1;
    if (choosing) this.others.value = row?.id ?? "";
    else this.#offer(true);
  }

  // The rows to choose from are listed when somebody looks.
  #offer(closed = false) {
    const row = this.region?.row;
    const option = (text, value) => new Option(text, value, false, value === (row?.id ?? ""));
    const found = closed ? (row ? [row] : []) : this.rows.list;
    this.others.replaceChildren(...(row ? [] : [option(say("choose_row"), "")]), ...found.map((one) => option(`${this.rows.indexOf(one) + 1} · ${this.nameOf(one)}`, one.id)));
  }

  #choose(row) {
    if (!row || !this.region) return;
    const { region } = this;
    this.regions.change(region, { row });
    this.photos.again();
    this.acts.go(row);
    this.photos.viewer.select(region.id, { pan: false });
  }

  #act(name) {
    const { region } = this;
    if (!region || !name) return;
    if (name === "new") this.#choose(this.acts.fresh());
    if (name === "move") this.photos.viewer.edit(region.id);
    if (name === "marking") this.regions.change(region, { purpose: region.purpose === "marking" ? "shows" : "marking" });
    if (name === "undo") {
      this.show(null);
      this.regions.remove(region, say("undone_reason"));
      if (region.made) this.acts.unmake(region.row);
      this.photos.again();
    }
    if (name === "marking") this.photos.again();
  }

  #moved(id, points) {
    this.photos.viewer.settle();
    this.regions.change(this.regions.byId.get(id), { points });
    this.photos.again();
    this.photos.viewer.select(id, { pan: false });
  }

  // A line of known length

  #measure(line) {
    this.#line = line;
    this.show(null);
    this.form.hidden = false;
    this.form.elements.length.focus();
  }

  #measured(event) {
    event.preventDefault();
    const field = this.form.elements.length, length = Number(field.value.replace(",", "."));
    field.setAttribute("aria-invalid", String(!(length > 0)));
    if (!(length > 0)) return this.photos.viewer.say(say("say_length"));
    const { shape, points } = this.#line;
    this.regions.draw({ photo: this.photos.current.id, shape, points, turn: 0, purpose: "scale", row: null, length });
    this.#unmeasured();
  }

  #close() {
    this.#line = null;
    this.form.reset();
    this.form.hidden = true;
  }

  #unmeasured() {
    if (!this.#line) return;
    this.#close();
    this.photos.viewer.settle();
    this.photos.again();
    this.photos.viewer.stage.focus({ preventScroll: true });
  }
}

/** Whether what surrounds `outer` surrounds `inner` too. */
function holds(outer, inner) {
  const [[left, top], [right, bottom]] = [0, 1].map((far) => [0, 1].map((axis) => (far ? Math.max : Math.min)(...outer.map((point) => point[axis]))));
  return inner.every(([x, y]) => x >= left && x <= right && y >= top && y <= bottom);
}
