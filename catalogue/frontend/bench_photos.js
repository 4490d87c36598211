// The photographs of the specimen: one looked at closely, the others as a strip; and of what each of them is a view.
import { choices, data, say } from "./bench_fields.js";
import { drop, keep, waiting } from "./bench_store.js";

const LARGE = 1600; // pixels: a larger picture comes in tiles
const AGAIN = 2_000; // milliseconds after which tiles that were not made yet are asked for once more
const TRIES = 8;

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

export class Photos extends EventTarget {
  #known = new Map(); // id → what the viewer shows of it
  #asked = 0;
  #tries = 0;
  viewer = null;

  /** `list`: release dictionaries of photographs; `regions`: Regions; `said(sentence)` tells the person. */
  constructor(pane, list, { regions, sync, said }) {
    super();
    Object.assign(this, { list, regions, sync, said, at: 0 });
    this.element = pane.querySelector("[data-viewer]");
    this.told = pane.querySelector("[data-shown]");
    this.caption = pane.querySelector("[data-caption]");
    this.strip = pane.querySelector("[data-strip]");
    this.empty = pane.querySelector("[data-empty]");
    this.view = pane.querySelector("[data-view]");
    for (const { value, text } of choices("view")) this.view.append(made("option", { value, textContent: text }));
    this.view.addEventListener("change", () => this.#called(this.current, this.view.value));
    this.element.addEventListener("photograph-asked", (event) => {
      event.preventDefault();
      this.go(this.at + (event.detail.to === "next" ? 1 : -1));
    });
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || !["PageUp", "PageDown"].includes(event.key)) return;
      event.preventDefault();
      this.go(this.at + (event.key === "PageDown" ? 1 : -1));
    });
    this.draw();
  }

  get current() {
    return this.list[this.at];
  }

  /** A photograph of a row, or the first one. */
  ofRow(row) {
    return this.list.find((photo) => row.reference && photo.component?.reference === row.reference);
  }

  /** Show the photograph `n`, and on it a region. */
  async go(n, region = null) {
    if (!this.list.length) return;
    this.at = (n + this.list.length) % this.list.length;
    this.#say();
    this.#tries = 0;
    await this.#open(region);
  }

  show(photo, region) {
    if (photo === this.current && this.viewer?.data.id === photo.id) return region && this.viewer.select(region);
    return this.go(this.list.indexOf(photo), region);
  }

  async #open(region) {
    const photo = this.current, asked = ++this.#asked;
    const [shown, viewing] = await Promise.all([this.#data(photo), this.#viewing()]).catch(() => []);
    if (asked !== this.#asked) return; // another one was asked for meanwhile
    if (!shown) return this.said(this.element.dataset.unreached);
    if (this.viewer?.draft && this.viewer.data.id === photo.id) return;
    const facts = { ...shown, ...this.drawn(photo), previous: this.list.length > 1, next: this.list.length > 1 };
    if (this.viewer) this.viewer.open(facts);
    else this.viewer = viewing(this.element, facts);
    if (region) this.viewer.select(region);
    this.dispatchEvent(new Event("opened"));
    const wanting = !shown.tiles && Math.max(shown.width, shown.height) > LARGE && this.#tries++ < TRIES;
    if (wanting) setTimeout(() => asked === this.#asked && this.#open(null), AGAIN);
  }

  // What the viewer shows of a photograph; one whose tiles are not made is asked for each time.
  async #data(photo) {
    const known = this.#known.get(photo.id);
    if (known?.tiles) return known;
    const answer = await fetch(`${data.urls.photo.replace("ID", photo.id)}viewer/`, { signal: AbortSignal.timeout(20_000) }).catch(() => null);
    if (!answer?.ok) return known;
    const found = await answer.json();
    this.regions.told(photo.id, found.regions);
    this.#known.set(photo.id, found);
    return found;
  }

  async #viewing() {
    return this.viewer ? null : (await import(data.urls.viewer)).viewing;
  }

  /** {regions, pixelsPerMm} of a photograph as they are now. */
  drawn(photo) {
    const regions = this.regions.on(photo.id);
    const scale = regions.findLast(({ purpose, length }) => purpose === "scale" && length);
    const [one, other] = scale?.points ?? [];
    return { regions, pixelsPerMm: scale ? Math.hypot(one[0] - other[0], one[1] - other[1]) / scale.length : null };
  }

  /** Draw the regions of the photograph anew. */
  again() {
    if (!this.viewer || this.viewer.data.id !== this.current?.id) return;
    const { regions, pixelsPerMm } = this.drawn(this.current);
    this.viewer.show(regions, pixelsPerMm);
  }

  // Beside the picture

  draw() {
    this.strip.replaceChildren(...this.list.map((photo) => this.#thumbnail(photo)));
    for (const part of [this.element, this.strip, this.caption]) part.hidden = !this.list.length;
    this.empty.hidden = this.list.length > 0;
    if (this.viewer?.draft) this.#say();
    else this.go(this.at);
  }

  #thumbnail(photo) {
    const of = photo.component?.reference ?? say("whole_specimen");
    const picture = made("img", { src: new URL(photo.renditions.thumbnail, location).pathname, alt: of, loading: "lazy", width: 72, height: 54 });
    const button = made("button", { type: "button" }, picture, made("span", { textContent: this.#viewText(photo) }));
    button.addEventListener("click", () => {
      this.show(photo);
      this.dispatchEvent(new CustomEvent("pointed", { detail: { photo } }));
    });
    return made("li", {}, button);
  }

  #viewText(photo) {
    return choices("view").find(({ value }) => value === photo.view)?.text ?? photo.view;
  }

  #say() {
    const photo = this.current;
    const of = photo.component?.reference ?? say("whole_specimen");
    const digest = made("span", { className: "mono", title: photo.sha256, textContent: `SHA-256 ${photo.sha256.slice(0, 8)}…` });
    const page = made("a", { href: data.urls.photo.replace("ID", photo.id), textContent: say("its_page") });
    this.told.replaceChildren(made("span", { className: "num", textContent: say("shown", { NUMBER: this.at + 1, COUNT: this.list.length }) }), " · ", [of, photo.caption].filter(Boolean).join(": "), " · ", digest, " · ", page);
    this.view.value = photo.view;
    const theirs = photo.owner !== data.agency; // only its own agency says what a photograph shows
    for (const control of [this.view, ...this.element.querySelectorAll("[data-draws]")]) control.disabled = theirs;
    for (const [n, line] of [...this.strip.children].entries()) line.firstChild.toggleAttribute("aria-current", n === this.at);
    const { strip } = this, line = strip.children[this.at];
    if (line) strip.scrollLeft = Math.min(line.offsetLeft, Math.max(strip.scrollLeft, line.offsetLeft + line.offsetWidth - strip.clientWidth));
  }

  /** A further photograph, which is shown. */
  add(photo) {
    if (this.list.some(({ id }) => id === photo.id)) return;
    this.list.push(photo);
    if (!this.viewer?.draft) this.at = this.list.length - 1; // nobody's drawing is taken away
    this.draw();
  }

  // Of what it is a view

  #put(photo, view) {
    photo.view = view;
    this.strip.children[this.list.indexOf(photo)].querySelector("span").textContent = this.#viewText(photo);
  }

  async #called(photo, view) {
    this.#put(photo, view);
    await keep("views", { ...this.sync.who, id: photo.id, view, order: Date.now() }).catch(() => {});
    this.send();
  }

  /** Views that were chosen and are not sent. */
  async restore() {
    for (const { id, view } of await waiting("views", this.sync.who.user, this.sync.who.specimen).catch(() => [])) {
      const photo = this.list.find((one) => one.id === id);
      if (photo) this.#put(photo, view);
    }
    if (this.list.length) this.#say();
  }

  async send() {
    if (this.sending || this.sync.shell || this.sync.needsReason || this.sync.signedOut) return;
    this.sending = true;
    try {
      for (const kept of await waiting("views", this.sync.who.user, this.sync.who.specimen)) await this.#send(kept);
    } catch {
      // It waits for the next attempt.
    } finally {
      this.sending = false;
    }
  }

  async #send({ id, view }) {
    const photo = this.list.find((one) => one.id === id);
    if (!photo) return;
    const reason = this.sync.reason ? { reason: this.sync.reason } : {};
    const { status, body } = await this.sync.ask("PATCH", photo.url, { view, ...reason });
    if (status === 401) return;
    if (status < 300) Object.assign(photo, { version: body.version, view: body.view });
    else this.said(body.detail);
    await drop("views", { ...this.sync.who, id });
    if (status < 300) this.said(say("view_kept"));
  }
}

export const photographsOf = (row) => (data.photographs ?? []).filter((photo) => photo.component?.reference === row.reference).length;
