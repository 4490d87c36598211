// What was looked for and not found: said here, kept in this browser until the server has it, taken back with one step.
import { data, newId, say } from "./bench_fields.js";
import { recall, remember } from "./bench_store.js";

const AGAIN = 3_000; // milliseconds between two attempts without a connection

export class Absences {
  list = new Map(); // id of what was expected → {id, expected, note, known, told, gone, refused}
  #busy = false;
  #timer;
  #settled = new Map(); // id of what was expected → when the server last took something of it

  constructor(sync, changed) {
    Object.assign(this, { sync, changed });
    this.key = `absences/${sync.who.user}/${sync.who.specimen}`;
    addEventListener("online", () => this.send());
  }

  /** What waited over a restart. */
  async restore() {
    for (const one of (await recall(this.key).catch(() => null)) ?? []) this.list.set(one.expected, one);
    this.#count();
    this.send();
  }

  /** What the server had when it was asked; what waits here, or was taken since, stands above it. */
  told(found, asked) {
    const older = (expected) => (this.#settled.get(expected) ?? 0) < asked;
    const there = new Set(found.map(({ expected }) => expected));
    for (const [expected, one] of this.list) if (older(expected) && !this.#waits(one) && !there.has(expected)) this.list.delete(expected);
    for (const { id, expected, note } of found) {
      const own = this.list.get(expected);
      if (own && this.#waits(own)) own.known ||= own.id === id;
      else if (older(expected)) this.list.set(expected, { id, expected, note, told: note, known: true, gone: false, refused: "" });
    }
  }

  /** What stands of an expected component: {note, state} or nothing. */
  of(expected) {
    const one = this.list.get(expected);
    if (!one || one.gone) return null;
    return { note: one.note, refused: one.refused, waits: this.#waits(one) };
  }

  mark(expected) {
    this.#keep({ id: newId(), expected, note: "", told: "", known: false, gone: false, refused: "" });
  }

  write(expected, note) {
    const one = this.list.get(expected);
    if (one && one.note !== note) this.#keep(Object.assign(one, { note, refused: "" }));
  }

  undo(expected) {
    const one = this.list.get(expected);
    if (!one) return;
    if (!one.known && (one.refused || !one.sent)) this.list.delete(expected); // the server holds nothing to take back
    else Object.assign(one, { gone: true, refused: "" });
    this.#keep();
  }

  #waits(one) {
    return one.gone || !one.known || one.note !== one.told;
  }

  #count() {
    this.sync.besides = [...this.list.values()].filter((one) => this.#waits(one)).length;
    this.changed();
  }

  #keep(one) {
    if (one) this.list.set(one.expected, one);
    this.#count();
    this.#store();
    this.send();
  }

  #store() {
    remember(this.key, [...this.list.values()].filter((one) => this.#waits(one)).map((one) => ({ ...one }))).catch(() => {});
  }

  /** Send what waits, one after the other. */
  async send() {
    if (this.#busy || this.sync.shell || this.sync.signedOut || this.sync.needsReason) return;
    clearTimeout(this.#timer);
    this.#busy = true;
    try {
      for (let one = this.#next(); one && !this.sync.signedOut; one = this.#next()) await this.#send(one);
    } catch {
      this.#timer = setTimeout(() => this.send(), AGAIN);
    } finally {
      this.#busy = false;
      this.#store();
      this.#count();
    }
  }

  #next() {
    return [...this.list.values()].find((one) => this.#waits(one) && !one.refused);
  }

  // One step of one of them.
  async #send(one) {
    const reason = this.sync.reason ? { reason: this.sync.reason } : {};
    const own = `${data.urls.absences}${one.id}/`;
    if (one.gone) return this.#answered(one, await this.sync.ask("DELETE", own, { reason: this.sync.reason || say("absence_undone") }), () => this.list.get(one.expected) === one && this.list.delete(one.expected));
    const { note } = one;
    one.sent = true; // it may be there from now on, whatever is answered
    if (one.known) return this.#answered(one, await this.sync.ask("PATCH", own, { note, ...reason }), () => (one.told = note));
    const sent = { id: one.id, specimen: data.specimen, expected: one.expected, note, ...reason };
    return this.#answered(one, await this.sync.ask("POST", data.urls.absences, sent), (body) => Object.assign(one, { id: body.id, known: true, told: body.note }));
  }

  #answered(one, { status, body }, taken) {
    if (status === 401) {
      this.sync.signedOut = true;
    } else if (status < 300 || (one.gone && status === 404)) {
      this.#settled.set(one.expected, performance.now());
      taken(body);
    } else if (one.known && status === 404) {
      this.list.delete(one.expected); // somebody has taken it back meanwhile
    } else Object.assign(one, { refused: body.detail, gone: false });
  }
}
