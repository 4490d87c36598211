// The regions over the picture, as SVG in pixels of the stage: white, the chosen one yellow, numbers outside; and the
// scale bar. It lies above the picture and lets every press through.
const SVG = "http://www.w3.org/2000/svg";
const NICE = [1, 2, 5];
const LONGEST_BAR = 160; // pixels
const NEAR = 8; // pixels from a line count as on it

export const make = (name, attributes = {}, parent) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return parent ? parent.appendChild(element) : element;
};

/** The corners of a region: of a rectangle the four. */
export function corners({ shape, points }) {
  if (shape !== "rectangle") return points;
  const [[left, top], [right, bottom]] = points;
  return [[left, top], [right, top], [right, bottom], [left, bottom]];
}

export class Overlay {
  constructor(viewer) {
    this.viewer = viewer;
    this.svg = make("svg", { class: "viewer-regions", "aria-hidden": "true" });
    viewer.stage.append(this.svg);
    this.bar = viewer.stage.querySelector("[data-scale]");
    this.drawn = [];
  }

  draw(regions) {
    this.svg.querySelectorAll(".region").forEach((one) => one.remove());
    this.drawn = regions.map((region) => {
      const group = make("g", { class: `region ${region.purpose}` });
      this.svg.prepend(group);
      const form = region.shape === "line" ? "polyline" : "polygon";
      const outlines = [make(form, { class: "edge" }, group), make(form, { class: "line" }, group)];
      const number = make("text", {}, group);
      number.textContent = region.number;
      return { region, group, outlines, number };
    });
    this.place();
  }

  mark(id) {
    for (const { region, group } of this.drawn) {
      group.classList.toggle("chosen", region.id === id);
      if (region.id === id) group.parentNode.append(group);
    }
  }

  /** Put everything where it belongs now. */
  place() {
    if (this.waiting || !this.viewer.osd?.viewport) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      for (const { region, outlines, number } of this.drawn) {
        const at = corners(region).map((point) => this.viewer.toStage(point));
        const text = at.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
        for (const outline of outlines) outline.setAttribute("points", text);
        number.setAttribute("x", (Math.min(...at.map(([x]) => x)) - 3).toFixed(1));
        number.setAttribute("y", (Math.min(...at.map(([, y]) => y)) - 4).toFixed(1));
      }
      this.viewer.draft?.place();
      this.measure();
    });
  }

  /** The scale bar: a round number of millimetres (or micrometres) of at most LONGEST_BAR pixels. */
  measure() {
    const { pixelsPerMm } = this.viewer.data;
    this.bar.hidden = !pixelsPerMm;
    if (!pixelsPerMm) return;
    const perMm = pixelsPerMm * this.viewer.scale;
    const most = LONGEST_BAR / perMm, power = 10 ** Math.floor(Math.log10(most));
    const mm = Math.max(...NICE.map((n) => n * power).filter((n) => n <= most));
    this.bar.style.width = `${mm * perMm}px`;
    this.bar.textContent = mm >= 1000 ? `${mm / 1000} m` : mm >= 1 ? `${mm} mm` : `${Math.round(mm * 1000)} µm`;
  }

  /** The id of the region at this point of the stage: of several the smallest. */
  at(point) {
    const picture = this.viewer.toPicture(point), near = NEAR / this.viewer.scale;
    const found = this.drawn.filter(({ region }) => (region.shape === "line" ? besides(region.points, picture) < near : within(corners(region), picture)));
    return found.sort((one, other) => area(one.region) - area(other.region))[0]?.region.id ?? null;
  }
}

/** Whether a point lies in a polygon. */
export function within(polygon, [x, y]) {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [polygon[i], polygon[j]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

function besides([[x1, y1], [x2, y2]], [x, y]) {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / (length || 1)));
  return Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1));
}

function area({ points }) {
  const xs = points.map(([x]) => x), ys = points.map(([, y]) => y);
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
}
