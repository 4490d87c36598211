// Regions of the specimen's photographs: which row each of them shows. One that is drawn waits in this browser until its
// row is there, and goes out once: its id is made here. Nothing here knows how a picture is drawn.
import { data, newId, say } from "./bench_fields.js";
import { drop, keep, waiting } from "./bench_store.js";

const LATEST = 30_000; // milliseconds between two attempts without a connection
const LOOKS = [3_000, 6_000, 12_000, 24_000]; // milliseconds after which one asks whether a marking was read off
const FACTS = ["points", "purpose", "component"];

/** {points, purpose, component} of a region as they are wanted now, to be sent. */
const wanted = ({ points, purpose, row }) => ({ points, purpose, component: row?.id ?? null });
const differs = (one, other) => FACTS.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));

export class Regions extends EventTarget {
  #busy = false;
  #pause = 0;
  #timer;

  constructor(rows, sync, records, { said, tell }) {
    super();
    Object.assign(this, { rows, sync, said, tell });
    this.byId = new Map();
    for (const record of records) this.#told(record);
    rows.addEventListener("removed", ({ detail: { row } }) => this.#left(row));
    rows.addEventListener("changed", ({ detail: { row } }) => row.taken && this.#back(row));
  }

  // What is there

  /** The regions on a photograph, in the order of their drawing, each with its number. */
  on(photo) {
    return [...this.byId.values()].filter((one) => one.photo === photo && !one.gone).map((one, n) => Object.assign(one, { number: n + 1, component: one.row?.id ?? null }));
  }

  /** The regions that show a row, the newest first. */
  of(row) {
    return [...this.byId.values()].filter((one) => one.row === row && !one.gone).reverse();
  }

  /** The address of what a region shows, once it is there. */
  static cropOf({ photo, id, version, saved }) {
    return saved ? `${data.urls.photo.replace("ID", photo)}regions/${id}.jpg?size=96&version=${version}` : "";
  }

  get waiting() {
    return [...this.byId.values()].filter((one) => this.#pending(one)).length;
  }

  #told(record) {
    const known = this.byId.get(record.id);
    if (known && this.#pending(known)) return known;
    const region = Object.assign(known ?? { gone: "", sent: null, order: 0 }, record, { row: this.rows.byId.get(record.component) });
    region.saved = { points: record.points, purpose: record.purpose, component: record.component };
    this.byId.set(region.id, region);
    return region;
  }

  /** What the server tells of all regions of a photograph. */
  told(photo, records) {
    const there = new Set(records.map(({ id }) => id));
    const before = new Set(this.on(photo).map(({ row }) => row));
    for (const one of this.on(photo)) if (one.saved && !there.has(one.id) && !this.#pending(one)) this.byId.delete(one.id);
    for (const record of records) before.add(this.#told(record).row);
    for (const row of before) this.#tell(null, row);
  }

  #tell(region, row = region?.row) {
    if (row) row.seen = this.of(row).length;
    this.dispatchEvent(new CustomEvent("seen", { detail: { region, row } }));
  }

  // What is done

  /** A new region: {photo, shape, points, turn, purpose, row, length}. */
  draw(facts) {
    const region = { id: newId(), version: 0, note: "", length: null, saved: null, sent: null, gone: "", order: Date.now(), fresh: true, ...facts };
    this.byId.set(region.id, region);
    this.#changed(region);
    return region;
  }

  /** Another place, row or purpose of a region. */
  change(region, facts) {
    const before = region.row;
    Object.assign(region, facts);
    if (before !== region.row) this.#tell(region, before);
    this.#changed(region);
  }

  remove(region, reason) {
    region.gone = reason;
    this.#changed(region);
  }

  #changed(region) {
    region.order ||= Date.now();
    if (this.#pending(region)) this.#store(region);
    else this.#settled(region);
    this.#tell(region);
    if (region.row && !region.row.gone) this.sync.touch(region.row, true); // a row without a word is one all the same
    this.send();
  }

  // A row was taken away: what was drawn for it goes too, and comes back with it.
  #left(row) {
    row.taken = this.of(row);
    for (const region of row.taken) this.remove(region, say("undone_reason"));
  }

  #back(row) {
    const { taken } = row;
    row.taken = undefined;
    for (const { photo, shape, points, turn, purpose } of taken) this.draw({ photo, shape, points, turn, purpose, row });
  }

  // This browser

  #pending(region) {
    if (region.gone) return Boolean(region.saved || region.sent);
    return !region.saved || differs(wanted(region), region.saved).length > 0;
  }

  #store({ id, version, photo, shape, points, turn, purpose, length, note, saved, sent, gone, order, row }) {
    const record = { ...this.sync.who, id, version, photo, shape, points, turn, purpose, length, note, saved, sent, gone, order, component: row?.id ?? null };
    return keep("regions", record).catch(() => (this.sync.kept.fails = true));
  }

  #settled(region) {
    region.order = 0;
    if (region.gone) this.byId.delete(region.id);
    drop("regions", { ...this.sync.who, id: region.id }).catch(() => {});
  }

  /** Regions that waited over a restart. */
  async restore() {
    for (const { key: _key, user: _user, person: _person, specimen: _specimen, component, ...kept } of await waiting("regions", this.sync.who.user, this.sync.who.specimen).catch(() => [])) {
      const known = this.byId.get(kept.id);
      const region = Object.assign(known ?? {}, kept, { row: this.rows.byId.get(component) });
      if (known) region.saved ??= { points: known.points, purpose: known.purpose, component }; // it had arrived
      this.byId.set(region.id, region);
    }
  }

  // The server

  /** Send those whose row is there, one after the other. */
  async send() {
    if (this.#busy || this.#timer || !this.#next() || this.sync.shell || this.sync.needsReason || this.sync.signedOut) return;
    this.#busy = true;
    try {
      for (let one = this.#next(); one; one = this.#next()) if (!(await this.#out(one))) break;
      this.#pause = 0;
    } catch {
      this.#pause = Math.min(LATEST, (this.#pause || 500) * 2);
      this.#timer = setTimeout(() => this.again(), this.#pause);
    } finally {
      this.#busy = false;
      this.tell();
    }
  }

  again() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.send();
  }

  #next() {
    const ready = [...this.byId.values()].filter((one) => this.#pending(one) && (one.gone || !one.row || one.row.saved));
    return ready.sort((one, other) => one.order - other.order)[0];
  }

  async #out(region) {
    const url = `${data.urls.regions}${region.id}/`;
    const reason = this.sync.reason ? { reason: this.sync.reason } : {};
    const mine = wanted(region), away = region.gone, first = !region.saved && !away;
    if (first) {
      const { id, photo, shape, turn, length, note } = region;
      region.sent ??= { id, photo, shape, note, ...mine, ...(length ? { length_mm: length } : { turn }) };
      await this.#store(region); // sent again as it was, should the answer be lost
    }
    let answer;
    if (away) answer = await this.sync.ask("DELETE", url, { reason: away });
    else if (first) answer = await this.sync.ask("POST", data.urls.regions, { ...region.sent, ...reason });
    else answer = await this.sync.ask("PATCH", url, { ...this.#changes(region, mine), version: region.version, ...reason });
    return this.#answered(region, answer, mine, away);
  }

  #changes(region, mine) {
    return Object.fromEntries(differs(mine, region.saved).map((name) => [name, mine[name]]));
  }

  #answered(region, { status, body }, mine, away) {
    if (status === 401 || (status === 403 && body.detail?.includes("forged requests"))) {
      this.sync.signedOut = true;
      return false;
    }
    const row = region.row;
    if (away && status >= 400 && status !== 404 && region.saved) {
      region.gone = "";
      this.#refused(region, body);
    } else if (away) this.byId.delete(region.id);
    else if (status < 300) {
      const { points, purpose, component } = region.sent ?? mine;
      Object.assign(region, { version: body.version, saved: { points, purpose, component }, sent: null, readings: body.readings ?? region.readings });
      if (body.readings && purpose === "marking") this.#look(region);
    } else this.#refused(region, body);
    if (this.#pending(region) && this.byId.has(region.id)) this.#store(region);
    else this.#settled(region);
    this.#tell(region, row);
    if (region.row !== row) this.#tell(region);
    return true;
  }

  #refused(region, body) {
    this.said(say("region_refused", { WHY: body.detail ?? "" }));
    if (!region.saved) return this.byId.delete(region.id);
    const now = body.current; // somebody changed it at the same time: it is shown as they left it
    if (now) region.saved = { points: now.points, purpose: now.purpose, component: this.rows.list.find(({ reference }) => reference && reference === now.component?.reference)?.id ?? null };
    const { points, purpose, component } = region.saved;
    Object.assign(region, { points, purpose, row: this.rows.byId.get(component), version: now?.version ?? region.version });
  }

  // A marking is read off in the background: ask a few times whether it was.
  #look(region, n = 0) {
    if (n >= LOOKS.length || region.readings?.length) return;
    setTimeout(async () => {
      const answer = await fetch(`${data.urls.regions}${region.id}/`).catch(() => null);
      const { readings } = answer?.ok ? await answer.json() : {};
      if (readings?.length) {
        region.readings = readings;
        this.#tell(region);
      } else this.#look(region, n + 1);
    }, LOOKS[n]);
  }
}

/** What was read off the photographs of a row, line for line; empty where nothing was. */
export function readOff(regions, row) {
  const read = regions.of(row).find(({ readings }) => readings?.length);
  return read ? read.readings.map(({ text }) => text).join("\n") : "";
}
