// A photograph out of a row: it waits in this browser until its row is there, and is sent once.
import { data, newId, say } from "./bench_fields.js";
import { drop, keep, waiting } from "./bench_store.js";

export class Camera {
  #busy = false;

  constructor(rows, sync, { said, shown }) {
    Object.assign(this, { rows, sync, said, shown });
    this.list = [];
  }

  /** Photographs that waited over a restart. */
  async restore() {
    this.list = await waiting("photos", this.sync.who.user, this.sync.who.specimen).catch(() => []);
    for (const { component } of this.list) {
      const row = this.rows.byId.get(component);
      if (row) row.photos ||= 1;
    }
    this.sync.kept.photos = this.list.length;
  }

  async take(row, file, name) {
    const photo = { ...this.sync.who, id: newId(), component: row.id, file, name, order: Date.now() };
    this.list.push(photo);
    this.sync.kept.photos = this.list.length;
    row.photos += 1;
    this.sync.touch(row, true);
    await keep("photos", photo).catch(() => {});
    this.said(say("photo_waits", { NAME: name }));
    this.send();
  }

  /** Send those whose row is there. */
  async send() {
    if (this.#busy || this.sync.shell || this.sync.needsReason) return;
    this.#busy = true;
    try {
      for (const photo of [...this.list]) {
        const row = this.rows.byId.get(photo.component);
        if (row?.reference) await this.#send(photo, row);
      }
    } catch {
      // It waits for the next attempt.
    } finally {
      this.#busy = false;
    }
  }

  async #send(photo, row) {
    const form = new FormData();
    form.append("component", row.id);
    form.append("view", "top");
    if (this.sync.reason) form.append("reason", this.sync.reason);
    form.append("file", photo.file, photo.file.name || "photograph.jpg");
    const { status, body } = await this.sync.ask("POST", data.urls.photos, form);
    if (status === 401) return;
    this.list = this.list.filter((other) => other !== photo);
    this.sync.kept.photos = this.list.length;
    await drop("photos", photo);
    if (status >= 400) return this.said(`${photo.name}: ${body.detail}`);
    this.shown(body);
    this.said(say("photo_sent", { NAME: photo.name }));
  }
}
