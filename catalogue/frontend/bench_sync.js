// Rows go out one after the other, each by itself, in the order in which they were typed; until then they wait in this
// browser. A request may be sent twice and never makes a second row: the row's id is made here.
import { EMPTY, FIELDS, bodyOf, data, say, typeOf, valuesOf, whyOpen } from "./bench_fields.js";
import { resolve, whyUnknown } from "./bench_find.js";
import { merged } from "./bench_rows.js";
import { whyNotOn } from "./bench_tree.js";
import { drop, keep, leave } from "./bench_store.js";

const LATEST = 30_000; // milliseconds between two attempts without a connection
const PATIENCE = 20_000;
const IDLE = 5_000; // milliseconds without a key after which a row goes out though one is still in it

export class Sync {
  #due = new Set();
  #busy = false;
  #pause = 0;
  #timer;
  #idle = new Map();
  #writing = new Map();
  reason = "";
  besides = 0; // what waits beside rows and photographs
  offline = false;
  signedOut = false;

  constructor(rows, who, { shell, kept, changed }) {
    Object.assign(this, { rows, who, shell, kept, changed });
    rows.addEventListener("changed", ({ detail: { row } }) => this.touch(row));
    rows.addEventListener("removed", ({ detail: { row } }) => this.touch(row, true));
    addEventListener("online", () => this.again());
  }

  get needsReason() {
    return data.reviewed && !this.reason;
  }

  /** Rows that are not on the server as they were typed, and what waits beside them. */
  get waiting() {
    return this.kept.rows.size + this.besides;
  }

  /** A row was typed in: keep it here at once, send it when one leaves it. */
  touch(row, now = false) {
    row.typed = (row.typed ?? 0) + 1;
    if (!row.gone && row.conflict) return this.store(row);
    if (this.pending(row)) {
      this.store(row);
      if (row.state !== "saving") this.show(row, "waiting");
      clearTimeout(this.#idle.get(row));
      if (now) this.due(row);
      else this.#idle.set(row, setTimeout(() => this.due(row), IDLE));
    } else this.settled(row);
  }

  pending(row) {
    if (row.gone) return Boolean(row.reference || row.sent);
    return row.saved ? this.rows.changed(row).length > 0 || Object.keys(row.open).length > 0 : !this.rows.isEmpty(row);
  }

  /** The row is left: it may go out. */
  due(row) {
    clearTimeout(this.#idle.get(row));
    if (!this.pending(row)) return;
    this.#due.add(row);
    this.pump();
  }

  again() {
    this.#pause = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.pump();
  }

  show(row, state, sentence = "") {
    Object.assign(row, { state, sentence });
    this.changed(row);
  }

  // This browser

  async store(row) {
    row.order ||= Date.now() + this.kept.rows.size / 1e4;
    this.kept.rows.add(row);
    if (this.#writing.get(row)) return void this.#writing.set(row, "again");
    this.#writing.set(row, "now");
    await this.#write(row);
    const again = this.#writing.get(row) === "again";
    this.#writing.delete(row);
    if (!this.kept.rows.has(row)) drop("rows", { ...this.who, id: row.id }).catch(() => {});
    else if (again) this.store(row);
  }

  async #write(row) {
    const { id, reference, url, version, saved, sent, values, open, gone, order, draft, conflict } = row;
    try {
      await keep("rows", { ...this.who, id, reference, url, version, saved, sent, values: { ...values }, open: { ...open }, gone, order, draft, conflict });
    } catch {
      this.kept.fails = true;
    }
  }

  /** The page is left: what waits for the write before it waits no longer. */
  leave() {
    for (const [row, when] of this.#writing) if (when === "again" && this.kept.rows.has(row)) this.#write(row);
    leave();
  }

  settled(row) {
    row.order = 0;
    row.draft = undefined;
    this.kept.rows.delete(row);
    this.#due.delete(row);
    drop("rows", { ...this.who, id: row.id }).catch(() => {});
    if (!row.gone) this.show(row, row.saved ? "saved" : "");
  }

  // The server

  async pump() {
    if (this.#busy || this.shell || this.signedOut || this.#timer) return;
    this.#busy = true;
    try {
      for (let row = this.#next(); row; row = this.#next()) if (!(await this.#send(row))) break;
    } finally {
      this.#busy = false;
      this.changed();
    }
  }

  #next() {
    if (this.needsReason) return undefined;
    for (const row of [...this.#due]) {
      const on = this.#ground(row);
      if (on && !on.state.match(/refused|conflict|unclear/)) this.#due.add(on);
    }
    const ready = [...this.#due].filter((row) => !row.conflict && !this.#ground(row));
    return ready.sort((one, other) => one.order - other.order)[0];
  }

  // What a row sits on, as long as the server does not know it: that goes first.
  #ground(row) {
    const on = this.rows.byId.get(row.values.parent);
    return !row.gone && on && !on.saved ? on : null;
  }

  /** Send what a row needs; false when the connection is not there. */
  async #send(row) {
    let typed, mine, answer;
    this.show(row, "saving");
    try {
      if (!row.gone) await resolve(this.rows, row);
      typed = row.typed;
      mine = { ...row.values };
      const fields = this.rows.changed(row);
      if (!row.gone && row.saved && !fields.length) {
        this.#due.delete(row);
        this.#rest(row);
        return true;
      }
      if (!row.gone && !row.saved) {
        row.sent ??= mine;
        await this.store(row); // a lost answer is understood by what was sent
      }
      answer = await this.#ask(row, mine, fields);
    } catch {
      return this.#unreached(row);
    }
    this.offline = false;
    this.#pause = 0;
    return this.#answered(row, answer, mine, typed);
  }

  #ask(row, mine, fields) {
    const reason = this.reason ? { reason: this.reason } : {};
    if (row.gone) return this.ask("DELETE", row.url || `${data.urls.components}${row.id}/`, { reason: row.gone });
    if (row.saved) return this.ask("PATCH", row.url, { ...bodyOf(mine, fields), version: row.version, ...reason });
    const all = FIELDS.filter((field) => mine[field] !== EMPTY[field]);
    return this.ask("POST", data.urls.components, { id: row.id, specimen: data.specimen, ...bodyOf(mine, all), ...reason });
  }

  /** {status, body} of a request to the interface. Throws when it is not reached, or cannot answer now. */
  async ask(method, url, sent) {
    const path = new URL(url, location).pathname;
    const form = sent instanceof FormData;
    const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value, ...(form ? {} : { "Content-Type": "application/json" }) };
    const answer = await fetch(path, { method, headers, body: form ? sent : JSON.stringify(sent), signal: AbortSignal.timeout(form ? 300_000 : PATIENCE) });
    const body = answer.status === 204 ? {} : await answer.json();
    if (answer.status >= 500 || answer.status === 429) throw new Error(body.detail);
    return { status: answer.status, body };
  }

  #unreached(row) {
    this.offline = true;
    this.show(row, "waiting");
    this.#pause = Math.min(LATEST, (this.#pause || 500) * 2);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.pump();
    }, this.#pause);
    return false;
  }

  #answered(row, { status, body }, mine, typed) {
    if (status === 401 || (status === 403 && body.detail?.includes("forged requests"))) {
      this.signedOut = true;
      this.show(row, "waiting");
      return false;
    }
    this.#due.delete(row);
    if (row.gone) this.settled(row);
    else if (status === 200 && !row.saved) this.#merge(row, row.sent, body); // sent before, and the answer lost
    else if (status < 300) this.#taken(row, body, mine);
    else if (status === 409 && body.current) this.#merge(row, row.saved, body.current);
    else this.#refused(row, body);
    if (row.typed !== typed && this.pending(row)) this.#due.add(row);
    return true;
  }

  #taken(row, record, mine) {
    this.rows.told(row, record);
    row.problems = {};
    for (const field of FIELDS) if (row.values[field] === mine[field] || row.values[field] === row.saved[field]) row.values[field] = row.saved[field];
    this.#rest(row);
  }

  #merge(row, base, record) {
    if (record.voided) return this.#refused(row, { detail: say("voided") });
    const theirs = valuesOf(record, this.rows.idOf);
    const { values, conflict } = merged(base ?? EMPTY, row.values, theirs);
    this.rows.told(row, record);
    Object.assign(row, { values, conflict, problems: {} });
    if (conflict) {
      this.show(row, "conflict", say("both"));
      this.store(row);
    } else this.#rest(row);
  }

  // After an answer: all is there, or the rest goes out, or waits for an answer of the one who types.
  #rest(row) {
    row.sent = null;
    if (!this.pending(row)) return this.settled(row);
    this.store(row);
    if (this.rows.changed(row).length) {
      this.show(row, "waiting");
      this.#due.add(row);
    } else this.show(row, "unclear", this.unclear(row)[0]?.sentence);
  }

  /** [{field, sentence}] of what was typed and is not understood. */
  unclear(row) {
    const why = { record: whyUnknown, parent: (_row, _field, text) => whyNotOn(this.rows, row, text) };
    return Object.entries(row.open).map(([field, text]) => ({ field, sentence: why[typeOf(field)]?.(row, field, text) ?? whyOpen(field, text) }));
  }

  #refused(row, body) {
    row.problems = {};
    for (const [name, [sentence]] of Object.entries(body.errors ?? {})) {
      const field = name.split(".")[0];
      row.problems[FIELDS.includes(field) ? field : "parent"] = sentence;
    }
    if (!row.saved) row.sent = null;
    this.show(row, "refused", body.detail);
    this.store(row);
  }

  /** Of a field in conflict one of both is chosen. */
  decide(row, field, theirs) {
    const { [field]: value, ...rest } = row.conflict;
    if (theirs) this.rows.set(row, field, { value });
    row.conflict = Object.keys(rest).length ? rest : null;
    if (row.conflict) return this.show(row, "conflict", row.sentence);
    this.touch(row, true);
  }
}
