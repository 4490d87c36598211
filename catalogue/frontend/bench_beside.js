// What stands in a row beside its words: what it looks like, its camera, and what was read off its photograph.
import { COLUMNS, say } from "./bench_fields.js";

/** Draw these of `row` into `line`. */
export function beside(line, row, sheet) {
  thumbnail(line, row);
  camera(line, row, sheet);
  reading(line, row, sheet);
}

function thumbnail(line, row) {
  const thumb = row.thumb ?? "";
  if ((line.thumb ?? "") === thumb) return;
  line.thumb = thumb;
  let picture = line.firstElementChild.querySelector("img");
  if (!picture) {
    picture = Object.assign(document.createElement("img"), { className: "bench-thumb", alt: "", loading: "lazy", width: 36, height: 27 });
    line.firstElementChild.append(picture);
  }
  picture.hidden = !thumb;
  if (thumb) picture.src = thumb;
}

function camera(line, row, sheet) {
  if (line.camera) {
    if (line.camera.name !== sheet.nameOf(row)) name(line.camera, sheet.nameOf(row));
    return;
  }
  const label = document.createElement("label");
  label.className = "bench-camera btn";
  const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*" });
  input.setAttribute("capture", "environment");
  input.tabIndex = -1;
  input.addEventListener("change", () => {
    if (input.files[0]) sheet.acts.photograph(row, input.files[0]);
    input.value = "";
  });
  label.append(input, say("photograph"));
  line.firstElementChild.append(label);
  line.camera = label;
  name(label, sheet.nameOf(row));
}

function name(label, text) {
  label.name = text;
  label.firstChild.setAttribute("aria-label", say("photograph_of", { NAME: text }));
}

/** What may be taken over as the marking of a row, which has none yet. */
export const offered = (row) => (row.values.marking || row.open.marking !== undefined ? "" : (row.read ?? ""));

function reading(line, row, sheet) {
  const text = offered(row);
  if ((line.reading?.textContent ?? "") === (text && words(text))) return;
  line.reading?.remove();
  line.reading = null;
  if (!text) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "bench-read", tabIndex: -1, textContent: words(text) });
  button.addEventListener("click", () => sheet.acts.takeRead(row));
  line.children[COLUMNS.indexOf("marking")].append(button);
  line.reading = button;
}

const words = (text) => say("read_off", { TEXT: text.replaceAll("\n", " / ") });
