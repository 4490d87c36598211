// The photographs of the specimen: one large, the others as a strip. It knows the sheet by events alone: it hears
// "component-chosen" {reference, id} and may tell "component-wanted" {id} or "row-wanted" {} on the document.
import { data, say } from "./bench_fields.js";

/** Show `photographs` (release dictionaries) in `pane`; gives what adds a further one. */
export function showPhotos(pane, photographs) {
  const shown = { at: 0 };
  const large = Object.assign(document.createElement("img"), { className: "bench-large", alt: "" });
  const stage = Object.assign(document.createElement("div"), { className: "bench-stage" });
  const caption = Object.assign(document.createElement("p"), { className: "bench-caption" });
  const strip = Object.assign(document.createElement("ul"), { className: "bench-strip" });
  const bar = Object.assign(document.createElement("div"), { className: "bench-turn" });
  const told = Object.assign(document.createElement("span"), { className: "num" });
  bar.append(turn("previous", -1, "‹"), told, turn("next", 1, "›"));
  stage.append(large);
  const empty = Object.assign(document.createElement("p"), { className: "empty", textContent: say("no_photos") });

  function turn(name, by, sign) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: sign });
    button.setAttribute("aria-label", say(name));
    button.addEventListener("click", () => go(shown.at + by));
    return button;
  }

  function go(n) {
    if (!photographs.length) return;
    shown.at = (n + photographs.length) % photographs.length;
    const photo = photographs[shown.at];
    const of = photo.component?.reference ?? say("whole_specimen");
    const address = new URL(photo.renditions.view, location).pathname;
    if (large.getAttribute("src") !== address) large.src = address;
    large.alt = [of, photo.caption].filter(Boolean).join(": ");
    caption.replaceChildren(large.alt, " ", Object.assign(document.createElement("span"), { className: "mono dim", title: photo.sha256, textContent: `SHA-256 ${photo.sha256.slice(0, 8)}…` }));
    told.textContent = say("shown", { NUMBER: shown.at + 1, COUNT: photographs.length });
    for (const [k, line] of [...strip.children].entries()) line.firstChild.toggleAttribute("aria-current", k === shown.at);
    strip.children[shown.at]?.firstChild.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function thumbnail(photo) {
    const line = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button" });
    const of = photo.component?.reference ?? say("whole_specimen");
    const picture = Object.assign(document.createElement("img"), { src: new URL(photo.renditions.thumbnail, location).pathname, alt: of, loading: "lazy", width: 72, height: 54 });
    button.append(picture);
    button.addEventListener("click", () => {
      go(photographs.indexOf(photo));
      if (photo.component) document.dispatchEvent(new CustomEvent("component-wanted", { detail: { reference: photo.component.reference } }));
    });
    line.append(button);
    return line;
  }

  function draw() {
    strip.replaceChildren(...photographs.map(thumbnail));
    pane.replaceChildren(...(photographs.length ? [bar, stage, caption, strip] : [empty]));
    go(shown.at);
  }

  pane.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowLeft") go(shown.at - 1);
    if (key === "ArrowRight") go(shown.at + 1);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["PageUp", "PageDown"].includes(event.key)) return;
    event.preventDefault();
    go(shown.at + (event.key === "PageDown" ? 1 : -1));
  });
  document.addEventListener("component-chosen", ({ detail: { reference } }) => {
    const found = reference ? photographs.findIndex((photo) => photo.component?.reference === reference) : -1;
    if (found >= 0) go(found);
  });
  draw();
  return (photo) => {
    if (photographs.some(({ id }) => id === photo.id)) return;
    photographs.push(photo);
    shown.at = photographs.length - 1;
    draw();
  };
}

export const photographsOf = (row) => (data.photographs ?? []).filter((photo) => photo.component?.reference === row.reference).length;
