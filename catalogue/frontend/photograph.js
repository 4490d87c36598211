// The page of one photograph: the viewer, the list of its regions, and the form that says what a region shows. What is
// drawn is sent to the interface (/api/v1/regions/) under an id made here, so that a repeated request makes no second.
import "./recording.js";
import { Readings } from "./readings.js";
import { RegionForm, newId } from "./region_form.js";
import { viewing } from "./viewer.js";

const element = document.querySelector("[data-viewer]");
const data = () => JSON.parse(document.getElementById("photograph-data").textContent);
const viewer = viewing(element, data());
const fields = document.querySelector("form.region");
const form = fields && new RegionForm(fields, { send, dropped });
const list = () => document.getElementById("regions");
const readings = new Readings(list);
const FOLLOWS = ["regions", "photo-head", "photo-facts"]; // parts of the page that say what is drawn

viewer.osd.addOnceHandler("open", () => location.hash && viewer.select(location.hash.slice(1)));

// The list

element.addEventListener("region-chosen", ({ detail: { id } }) => {
  for (const row of list().querySelectorAll("[data-region]")) row.toggleAttribute("data-chosen", row.dataset.region === id);
  const row = id && list().querySelector(`[data-region="${id}"]`);
  if (row && !row.contains(document.activeElement)) row.scrollIntoView({ block: "nearest", inline: "nearest" });
});

document.addEventListener("click", ({ target }) => {
  const row = target.closest?.("#regions [data-region]"), act = target.closest?.("[data-act]")?.dataset.act;
  const region = act && row && viewer.data.regions.find(({ id }) => id === row.dataset.region);
  if (!region) return;
  if (act === "move") return viewer.edit(region.id);
  if (act === "read") return read(region.id);
  viewer.select(region.id);
  if (act === "change") form.ask({ ...region, isNew: false, reading: readings.of(region.id) });
  else element.scrollIntoView({ block: "nearest" });
});

/** Read the page again: what it says of the regions is as the server has it. */
async function refresh(chosen) {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  document.getElementById("photograph-data").textContent = page.getElementById("photograph-data").textContent;
  for (const part of FOLLOWS) document.getElementById(part).replaceWith(page.getElementById(part));
  const now = data();
  viewer.show(now.regions, now.pixelsPerMm);
  if (chosen) viewer.select(chosen, { pan: false });
  readings.watch();
}

document.addEventListener("region-read", ({ detail: { id } }) => {
  if (form?.isOpen && form.region?.id === id) form.offer(readings.of(id));
});

/** Have the print in a region read once more. */
async function read(id) {
  try {
    const answer = await fetch(`/api/v1/regions/${id}/read/`, { method: "POST", headers: { "X-CSRFToken": fields.elements.csrfmiddlewaretoken.value } });
    if (!answer.ok) return viewer.say((await answer.json()).detail);
    await readings.renew();
    readings.watch();
    viewer.say(fields.dataset.asked);
  } catch {
    viewer.say(fields.dataset.unreached);
  }
}

// What is drawn

element.addEventListener("region-drawn", ({ detail }) => form?.ask({ id: newId(), photo: viewer.data.id, isNew: true, ...detail }));
element.addEventListener("region-moved", ({ detail: { id, points, version } }) => {
  const region = viewer.data.regions.find((one) => one.id === id);
  if (fields.elements.amended && region.purpose !== "mask") form.ask({ ...region, isNew: false, moved: points, version });
  else send("PATCH", id, { points, version });
});
element.addEventListener("region-dropped", () => form?.close());

function dropped() {
  viewer.settle();
  viewer.stage.focus();
}

/** Send a change to the interface. Nothing typed is lost when it is refused or the catalogue cannot be reached. */
async function send(method, id, body) {
  const button = fields.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const answer = await fetch(id ? `/api/v1/regions/${id}/` : "/api/v1/regions/", {
      method,
      headers: { "Content-Type": "application/json", "X-CSRFToken": fields.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify(body),
    });
    if (!answer.ok) {
      const { detail } = await answer.json();
      if (answer.status === 409) await refresh(id);
      return refuse(detail);
    }
    const kept = method === "DELETE" ? null : (await answer.json()).id;
    form.close();
    viewer.settle();
    await refresh(kept);
    viewer.stage.focus({ preventScroll: true });
    viewer.say(kept ? fields.dataset.kept : fields.dataset.gone);
  } catch {
    refuse(fields.dataset.unreached);
  } finally {
    button.disabled = false;
  }
}

function refuse(sentence) {
  if (form.isOpen) return form.say(sentence);
  viewer.settle();
  viewer.say(sentence);
}
