// The form that says what a region of a photograph shows. What is asked hangs on the purpose; a line has one only.
const WITH_COMPONENT = ["shows", "marking"];

export class RegionForm {
  /** `send(method, id, body)` carries out what was filled in; `dropped()` is told when nothing is to be kept. */
  constructor(form, { send, dropped }) {
    Object.assign(this, { form, send, dropped, region: null });
    this.field("purpose").addEventListener("change", () => this.suit());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.region) this.keep();
    });
    form.querySelector("[data-drop]").addEventListener("click", () => this.drop());
    form.querySelector("[data-void]").addEventListener("click", () => this.withdraw());
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !form.querySelector(".dropdown-active")) this.drop();
    });
  }

  field(name) {
    return this.form.elements[name];
  }

  /** Ask about `region`: {id, shape, points, turn} of a new one, or one that is there. */
  ask(region) {
    this.region = region;
    this.put("purpose", region.shape === "line" ? "scale" : (region.purpose ?? "shows"));
    this.put("component", region.named ?? "", region.named, region.said);
    this.put("length_mm", region.length ?? "");
    this.put("turn", String(region.turn ?? 0));
    this.put("note", region.note ?? "");
    this.field("reason").value = "";
    this.suit();
    this.say("");
    this.offer(region.reading);
    this.form.querySelector("[data-voiding]").hidden = region.isNew;
    this.form.querySelector("h2").textContent = region.isNew ? this.form.dataset.new : this.form.dataset.change.replace("NUMBER", region.number);
    this.form.hidden = false;
    this.form.scrollIntoView({ block: "nearest" });
    const component = this.field("component");
    const first = region.shape === "line" ? this.field("length_mm") : region.isNew ? (component.tomselect ?? component) : this.field("purpose");
    first.focus();
  }

  put(name, value, text = value, note = "") {
    const { tomselect } = this.field(name);
    if (!tomselect) this.field(name).value = value;
    else {
      tomselect.clear(true);
      if (!value) return;
      tomselect.addOption({ value, text, note });
      tomselect.setValue(value, true);
    }
  }

  /** Show what a program read in the region: a copy of what stands in the list, or nothing. */
  offer(reading) {
    const place = this.form.querySelector("[data-read]");
    place.replaceChildren(...(reading ? [reading] : []));
    place.hidden = !reading;
  }

  suit() {
    const purpose = this.field("purpose");
    for (const option of purpose.options) option.disabled = option.hidden = (option.value === "scale") !== (this.region?.shape === "line");
    const wanted = { component: WITH_COMPONENT.includes(purpose.value), length_mm: purpose.value === "scale", turn: purpose.value !== "scale" };
    for (const [name, shown] of Object.entries(wanted)) this.field(name).closest(".field").hidden = !shown;
    if (this.field("amended")) this.field("amended").closest(".field").hidden = !this.amends(purpose.value);
  }

  /** Whether keeping this needs a reason: the specimen is reviewed, and it is not a mask before and after. */
  amends(purpose) {
    const { region } = this;
    return Boolean(this.field("amended") && region) && (purpose !== "mask" || !(region.isNew || region.purpose === "mask"));
  }

  keep() {
    const { region } = this, purpose = this.field("purpose").value, line = purpose === "scale";
    const body = { purpose, note: this.field("note").value };
    body.component = (WITH_COMPONENT.includes(purpose) && this.field("component").value) || null;
    body.length_mm = (line && Number(this.field("length_mm").value.replace(",", "."))) || null;
    if (!line) body.turn = Number(this.field("turn").value);
    if (line && !(body.length_mm > 0)) {
      this.say(this.form.dataset.sayLength);
      return this.field("length_mm").focus();
    }
    if (this.amends(purpose)) {
      body.reason = this.field("amended").value.trim();
      if (!body.reason) {
        this.say(this.form.dataset.sayAmended);
        return this.field("amended").focus();
      }
    }
    if (region.moved) body.points = region.moved;
    if (region.isNew) this.send("POST", "", { ...body, id: region.id, photo: region.photo, shape: region.shape, points: region.points });
    else this.send("PATCH", region.id, { ...body, version: region.version });
  }

  withdraw() {
    const reason = this.field("reason").value.trim();
    if (reason) this.send("DELETE", this.region.id, { reason });
    else {
      this.say(this.form.dataset.sayWhy);
      this.field("reason").focus();
    }
  }

  drop() {
    this.close();
    this.dropped();
  }

  close() {
    this.region = null;
    this.form.hidden = true;
  }

  get isOpen() {
    return !this.form.hidden;
  }

  say(sentence) {
    const problem = this.form.querySelector("[data-problem]");
    problem.textContent = sentence;
    problem.hidden = !sentence;
  }
}

/** A UUIDv7: the time in milliseconds, then chance. A request under it can be repeated. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let n = 5; n >= 0; n--, now = Math.floor(now / 256)) bytes[n] = now % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
