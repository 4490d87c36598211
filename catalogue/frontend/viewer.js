// A photograph looked at closely, with its regions drawn over it: rectangles, polygons, and the line that gives the
// scale. It knows nothing of forms or of the interface; whoever embeds it listens to its events and calls it back.
//
//   const viewer = viewing(element, data)   element: catalogue/_viewer.html; data: web/photographs.py, viewer_data()
//
// Events on `element`, all bubbling, each with a `detail`:
//   region-drawn     {shape, points, turn}   a new region is done; it stays in sight until viewer.settle()
//   region-moved     {id, version, points}   a region's outline is done; likewise
//   region-dropped   {}                      what was drawn was dropped by the keyboard or its button
//   region-chosen    {id}                    a region was chosen, or none (id null)
//   region-pointed   {id}                    likewise, by a press upon it or Enter: whoever it stands for is wanted
//   photograph-asked {to, url}               "previous" or "next"; unless it is prevented, the page goes there
import OpenSeadragon from "openseadragon";
import { Draft } from "./viewer_draft.js";
import { Overlay } from "./viewer_overlay.js";

const STEP = 0.1; // of the picture in sight, for one press of an arrow
const NEARER = 1.5;
const ROOM = 1.6; // a region is shown with this much around it

// It looks for a style element of this name and would write one, which the page's policy forbids; ours is in viewer.css.
function stylesAreOurs() {
  if (document.querySelector("style[data-openseadragon-mobile-css]")) return;
  const stand = document.createElementNS("urn:none", "style");
  stand.setAttribute("data-openseadragon-mobile-css", "true");
  document.head.append(stand);
}

// A tile that comes when another photograph is shown already is no news.
OpenSeadragon.console = Object.assign(Object.create(OpenSeadragon.console), {
  warn: (text, ...more) => String(text).startsWith("Ignoring tile") || console.warn(text, ...more),
});

/** Show the photograph that `data` describes in `element`. */
export function viewing(element, data) {
  return new Viewer(element, data);
}

class Viewer {
  constructor(element, data) {
    stylesAreOurs();
    this.element = element;
    this.stage = element.querySelector("[data-stage]");
    this.said = element.querySelector("[data-viewer-said]");
    this.words = element.dataset;
    this.chosen = null;
    this.draft = null;
    this.osd = OpenSeadragon({
      element: this.stage.querySelector("[data-picture]"),
      drawer: "canvas",
      showNavigationControl: false,
      keyboardNavEnabled: false,
      animationTime: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.4,
      maxZoomPixelRatio: 6,
      minZoomImageRatio: 0.6,
      visibilityRatio: 0.4,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { pinchRotate: false },
      tabIndex: "",
      crossOriginPolicy: false,
    });
    this.overlay = new Overlay(this);
    for (const event of ["open", "update-viewport", "animation", "rotate", "resize"]) this.osd.addHandler(event, () => this.overlay.place());
    this.osd.addHandler("canvas-click", (event) => event.quick && this.pointed(event.position));
    this.osd.addHandler("open-failed", () => this.say(this.words.unreached));
    element.addEventListener("click", ({ target }) => this.act(target.closest("[data-do]")?.dataset.do));
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.open(data);
  }

  /** Show another photograph; one that is the same but sharper stays where it is. */
  open(data) {
    const sharper = this.data?.id === data.id;
    if (!sharper) {
      this.leave();
      this.chosen = null;
      this.osd.viewport?.setRotation(0, true);
    }
    this.data = data;
    this.stage.setAttribute("aria-label", data.alt);
    const { width, height, tiles, view } = data;
    this.osd.preserveViewport = sharper;
    this.osd.open(tiles ? {
      width, height, tileSize: tiles.size, tileOverlap: 0, minLevel: 0, maxLevel: tiles.levels - 1,
      getTileUrl: (level, x, y) => tiles.url.replace("{level}", level).replace("{x}", x).replace("{y}", y),
    } : { type: "image", url: view });
    this.show(data.regions, data.pixelsPerMm);
  }

  /** Whether the picture is there, so that one can go to a place on it. */
  get isOpen() {
    return this.osd.isOpen();
  }

  /** Draw these regions in place of those that are drawn. */
  show(regions, pixelsPerMm = this.data.pixelsPerMm) {
    Object.assign(this.data, { regions, pixelsPerMm });
    if (!regions.some(({ id }) => id === this.chosen)) this.chosen = null;
    this.overlay.draw(regions);
    this.overlay.mark(this.chosen);
  }

  /** Choose the region `id` and go to it; null chooses none. */
  select(id, { pan = true } = {}) {
    const region = this.data.regions.find((one) => one.id === id) ?? null;
    this.chosen = region?.id ?? null;
    this.overlay.mark(this.chosen);
    if (region && pan && this.isOpen) this.goTo(region);
    else if (region && pan) this.osd.addOnceHandler("open", () => this.chosen === id && this.goTo(region));
    this.tell("region-chosen", { id: this.chosen });
  }

  /** Choose the region after the chosen one, or before it. */
  walk(by) {
    const { regions } = this.data, at = regions.findIndex(({ id }) => id === this.chosen);
    if (regions.length) this.select(regions[(at + by + regions.length + (at < 0 && by < 0 ? 1 : 0)) % regions.length].id);
  }

  /** Bring a region into the middle, with some room around it. */
  goTo({ points }) {
    const xs = points.map(([x]) => x / this.data.width), ys = points.map(([, y]) => y / this.data.width);
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const box = new OpenSeadragon.Rect(left, top, Math.max(...xs) - left, Math.max(...ys) - top);
    const centre = box.getCenter(), { viewport } = this.osd;
    const width = Math.max(box.width * ROOM, 0.04), height = Math.max(box.height * ROOM, 0.04);
    const bounds = new OpenSeadragon.Rect(centre.x - width / 2, centre.y - height / 2, width, height);
    const now = viewport.getBounds();
    // Already large enough to be read: only its place changes, so that going through a list does not jump about.
    if (box.width > now.width / 8 && box.width < now.width && box.height < now.height) viewport.panTo(centre);
    else viewport.fitBounds(bounds);
  }

  /** Begin a region: "rectangle", "polygon" or "line". */
  begin(shape) {
    this.leave();
    this.draft = new Draft(this, { shape });
    this.announce(shape);
  }

  /** Begin to move or resize the region `id`. */
  edit(id) {
    const region = this.data.regions.find((one) => one.id === id);
    if (!region) return;
    this.leave();
    this.select(id);
    this.draft = new Draft(this, region);
    this.announce("edit");
    this.stage.focus({ preventScroll: true });
  }

  announce(what) {
    this.element.dataset.drawing = what;
    this.say(this.words[`say${what[0].toUpperCase()}${what.slice(1)}`]);
    for (const button of this.element.querySelectorAll("[data-draws]")) button.setAttribute("aria-pressed", button.dataset.do === what);
    if (!this.stage.contains(document.activeElement)) this.stage.focus({ preventScroll: true });
  }

  /** The draft is done: tell of it. It stays in sight until settle(). */
  finish() {
    const { draft } = this;
    if (!draft?.whole) return this.say(this.words.sayMore);
    draft.rest();
    this.still();
    const points = draft.points.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]);
    if (draft.id) this.tell("region-moved", { id: draft.id, version: draft.version, points });
    else this.tell("region-drawn", { shape: draft.shape, points, turn: this.turn });
  }

  /** What was drawn is kept, or dropped: the draft leaves the picture. */
  settle() {
    this.leave();
  }

  leave() {
    this.draft?.remove();
    this.draft = null;
    this.still();
  }

  still() {
    delete this.element.dataset.drawing;
    for (const button of this.element.querySelectorAll("[data-draws]")) button.setAttribute("aria-pressed", "false");
    this.say("");
  }

  /** Degrees clockwise by which the picture is turned now: 0, 90, 180 or 270. */
  get turn() {
    return ((Math.round(this.osd.viewport.getRotation() / 90) * 90) % 360 + 360) % 360;
  }

  say(sentence = "") {
    this.said.textContent = sentence;
  }

  tell(name, detail) {
    return this.element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
  }

  // Where things are

  /** Pixels of the picture → pixels of the stage. */
  toStage([x, y]) {
    const at = this.osd.viewport.viewportToViewerElementCoordinates(new OpenSeadragon.Point(x / this.data.width, y / this.data.width));
    return [at.x, at.y];
  }

  /** Pixels of the stage → pixels of the picture, inside it. */
  toPicture([x, y]) {
    const at = this.osd.viewport.viewerElementToViewportCoordinates(new OpenSeadragon.Point(x, y));
    return this.inside([at.x * this.data.width, at.y * this.data.width]);
  }

  inside([x, y]) {
    return [Math.min(this.data.width, Math.max(0, x)), Math.min(this.data.height, Math.max(0, y))];
  }

  /** How many pixels of the stage one of the picture is. */
  get scale() {
    return this.osd.viewport.viewportToViewerElementRectangle(new OpenSeadragon.Rect(0, 0, 1, 1)).width / this.data.width;
  }

  pointed({ x, y }) {
    if (this.draft) return;
    const found = this.overlay.at([x, y]);
    this.stage.focus({ preventScroll: true });
    if (found !== this.chosen) this.select(found, { pan: false });
    if (found) this.tell("region-pointed", { id: found });
  }

  // What can be done

  act(name) {
    const { viewport } = this.osd;
    const acts = {
      in: () => viewport.zoomBy(NEARER),
      out: () => viewport.zoomBy(1 / NEARER),
      whole: () => { viewport.setRotation(0); viewport.goHome(); },
      left: () => viewport.rotateBy(-90),
      right: () => viewport.rotateBy(90),
      rectangle: () => this.begin("rectangle"),
      polygon: () => this.begin("polygon"),
      line: () => this.begin("line"),
      done: () => this.finish(),
      cancel: () => this.cancel(),
      previous: () => this.ask("previous"),
      next: () => this.ask("next"),
    };
    acts[name]?.();
    if (name) viewport.applyConstraints();
  }

  ask(to) {
    const url = this.data[to];
    if (url && this.tell("photograph-asked", { to, url })) location.assign(url);
  }

  cancel() {
    this.leave();
    this.tell("region-dropped", {});
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest("input, select, textarea")) return;
    if (this.draft?.key(event) || this.look(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** A key outside of drawing. Whether it meant something. */
  look({ key, shiftKey }) {
    const { viewport } = this.osd, bounds = viewport.getBounds();
    const pan = (x, y) => viewport.panBy(new OpenSeadragon.Point(x * bounds.width * STEP, y * bounds.height * STEP).rotate(-viewport.getRotation()));
    const draws = this.element.querySelector("[data-draws]:enabled");
    const keys = {
      ArrowLeft: () => pan(-1, 0), ArrowRight: () => pan(1, 0), ArrowUp: () => pan(0, -1), ArrowDown: () => pan(0, 1),
      "+": () => this.act("in"), "=": () => this.act("in"), "-": () => this.act("out"), 0: () => this.act("whole"),
      "[": () => this.act("left"), "]": () => this.act("right"),
      PageUp: () => this.act("previous"), PageDown: () => this.act("next"),
      ".": () => this.walk(1), ",": () => this.walk(-1),
      Enter: () => this.chosen && this.tell("region-pointed", { id: this.chosen }),
      Escape: () => this.select(null),
      ...(draws && { r: () => this.begin("rectangle"), p: () => this.begin("polygon"), l: () => this.begin("line"), e: () => this.edit(this.chosen) }),
    };
    const act = keys[key.length === 1 ? key.toLowerCase() : key];
    if (!act || (shiftKey && key.length > 1)) return false;
    act();
    viewport.applyConstraints();
    return true;
  }
}
