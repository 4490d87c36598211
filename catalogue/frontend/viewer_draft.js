// A region while it is drawn, moved or resized: by mouse, pen, finger or keyboard alike.
//   pointer: drag a rectangle or a line; set the corners of a polygon one by one; afterwards drag handles, or the whole
//   keys:    arrows move, Shift and arrows resize (the active corner), Space a corner more, Backspace one less,
//            N the next corner, Enter done, Escape drops it
import { corners, make, within } from "./viewer_overlay.js";

const HANDLE = 22; // pixels: half of what a finger needs
const FEW = 3; // pixels of movement that are still a press
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Draft {
  constructor(viewer, { id = null, version = null, shape, points = null }) {
    Object.assign(this, { viewer, id, version, shape, active: 1 });
    this.points = points?.map((point) => [...point]) ?? this.middle();
    this.fresh = !points; // nothing of it was set by hand yet
    this.growing = this.fresh && shape === "polygon";
    this.group = make("g", { class: "draft" });
    viewer.overlay.svg.append(this.group);
    this.net = make("rect", { class: "net", width: "100%", height: "100%" }, this.group);
    const form = shape === "line" ? "polyline" : "polygon";
    this.edge = make(form, { class: "edge" }, this.group);
    this.line = make(form, { class: "line" }, this.group);
    this.handles = [];
    for (const event of ["pointerdown", "pointermove", "pointerup", "pointercancel", "dblclick"]) {
      this.group.addEventListener(event, (one) => this[event]?.(one));
    }
    this.place();
  }

  /** Where one begins with the keyboard: a third of what is in sight, in its middle. */
  middle() {
    const { clientWidth: width, clientHeight: height } = this.viewer.stage;
    const at = (x, y) => this.viewer.toPicture([width * x, height * y]);
    if (this.shape === "polygon") return [at(0.5, 0.5)];
    return this.shape === "line" ? [at(0.35, 0.5), at(0.65, 0.5)] : [at(0.4, 0.4), at(0.6, 0.6)];
  }

  /** Whether there is enough of it. */
  get whole() {
    const xs = this.points.map(([x]) => x), ys = this.points.map(([, y]) => y);
    const wide = Math.max(...xs) - Math.min(...xs), high = Math.max(...ys) - Math.min(...ys);
    if (this.shape === "line") return Math.hypot(wide, high) >= 2;
    return (this.shape === "rectangle" || this.points.length > 2) && wide >= 2 && high >= 2;
  }

  place() {
    const at = corners(this).map((point) => this.viewer.toStage(point));
    const text = at.map((point) => point.map((value) => value.toFixed(1)).join(",")).join(" ");
    this.edge.setAttribute("points", text);
    this.line.setAttribute("points", text);
    this.net.classList.toggle("through", !this.fresh && !this.growing);
    const ends = this.resting ? [] : this.points;
    while (this.handles.length > ends.length) this.handles.pop().remove();
    while (this.handles.length < ends.length) {
      const handle = make("g", { class: "handle" }, this.group);
      make("circle", { class: "grip", r: HANDLE }, handle);
      make("circle", { class: "dot", r: 6 }, handle);
      this.handles.push(handle);
    }
    ends.forEach((point, n) => {
      const [x, y] = this.viewer.toStage(point);
      this.handles[n].setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      this.handles[n].classList.toggle("active", n === this.active);
    });
  }

  /** It is done; it only stays in sight. */
  rest() {
    this.resting = true;
    this.group.classList.add("resting");
    this.place();
  }

  remove() {
    this.group.remove();
  }

  // By pointer

  spot(event) {
    const box = this.viewer.stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  pointerdown(event) {
    if (this.resting || event.button > 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.viewer.stage.focus({ preventScroll: true });
    this.group.setPointerCapture?.(event.pointerId);
    const spot = this.spot(event), point = this.viewer.toPicture(spot);
    const grip = this.handles.indexOf(event.target.closest(".handle"));
    this.held = { spot, point, from: this.points.map((one) => [...one]) };
    if (this.fresh) {
      this.points = this.shape === "polygon" ? [point] : [point, point];
      [this.fresh, this.held.grip, this.active] = [false, this.points.length - 1, this.points.length - 1];
    } else if (grip >= 0) [this.held.grip, this.active] = [grip, grip];
    else if (this.growing) {
      this.points.push(point);
      this.held.grip = this.active = this.points.length - 1;
    } else if (!within(corners(this), point)) this.held = null;
    this.place();
  }

  pointermove(event) {
    if (!this.held) return;
    const spot = this.spot(event);
    if (Math.hypot(spot[0] - this.held.spot[0], spot[1] - this.held.spot[1]) < FEW && !this.held.moved) return;
    this.held.moved = true;
    const point = this.viewer.toPicture(spot);
    if (this.held.grip !== undefined) this.points[this.held.grip] = point;
    else this.shift([point[0] - this.held.point[0], point[1] - this.held.point[1]], this.held.from);
    this.place();
  }

  pointerup() {
    const { held } = this;
    this.held = null;
    // A rectangle or line dragged from nothing is done when it is let go; one that is changed waits for Enter.
    if (held?.moved && held.grip === 1 && !this.id && this.shape !== "polygon" && this.whole && !this.touched) {
      this.touched = true;
      this.viewer.finish();
    }
  }

  pointercancel() {
    this.held = null;
  }

  dblclick(event) {
    event.stopPropagation();
    if (!this.growing) return;
    this.points.pop(); // the second press set the same corner again
    this.viewer.finish();
  }

  // By keyboard

  key({ key, shiftKey }) {
    if (this.resting) return false;
    const step = ARROWS[key];
    if (step) return this.move(step, shiftKey);
    const keys = {
      Enter: () => this.viewer.finish(),
      Escape: () => this.viewer.cancel(),
      " ": () => this.corner(1),
      Backspace: () => this.corner(-1),
      n: () => (this.active = (this.active + 1) % this.points.length),
    };
    const act = keys[key.length === 1 ? key.toLowerCase() : key];
    if (!act) return false;
    act();
    this.place();
    return true;
  }

  /** By eight pixels of the stage: all of it, or with Shift the active corner; of a growing polygon the newest. */
  move([x, y], resize) {
    this.fresh = false;
    const by = 8 / this.viewer.scale, angle = (-this.viewer.turn * Math.PI) / 180;
    const step = [(x * Math.cos(angle) - y * Math.sin(angle)) * by, (x * Math.sin(angle) + y * Math.cos(angle)) * by];
    if (resize || this.growing) {
      const n = this.growing ? this.points.length - 1 : Math.min(this.active, this.points.length - 1);
      this.points[n] = this.viewer.inside([this.points[n][0] + step[0], this.points[n][1] + step[1]]);
    } else this.shift(step, this.points);
    this.place();
    return true;
  }

  shift([x, y], from) {
    const { width, height } = this.viewer.data;
    const xs = from.map((point) => point[0]), ys = from.map((point) => point[1]);
    const dx = Math.min(width - Math.max(...xs), Math.max(-Math.min(...xs), x));
    const dy = Math.min(height - Math.max(...ys), Math.max(-Math.min(...ys), y));
    this.points = from.map((point) => [point[0] + dx, point[1] + dy]);
  }

  /** A corner more at the newest, or one less. */
  corner(by) {
    if (this.shape !== "polygon") return;
    this.fresh = false;
    if (by > 0) this.points.push([...this.points.at(-1)]);
    else if (this.points.length > 1) this.points.pop();
    this.active = this.points.length - 1;
  }
}
