// What is typed is kept in this browser, per user and address, until it is sent: over a reload, a lost connection, a
// session that ran out. It is removed when the server has taken it, when it is discarded, and at sign-out.
import { addLine } from "./lines.js";

const PREFIX = "draft:";
const PAUSE = 400; // milliseconds without a key
const NOT_KEPT = ["csrfmiddlewaretoken"];

const storage = available();

function available() {
  try {
    localStorage.setItem("draft-trial", "1");
    localStorage.removeItem("draft-trial");
    return localStorage;
  } catch {
    return null;
  }
}

/** Remove the drafts in this browser; with `user`, those of all others. */
export function forget(user) {
  for (const key of Object.keys(storage ?? {})) {
    if (key.startsWith(PREFIX) && !(user && key.startsWith(`${PREFIX}${user}:`))) storage.removeItem(key);
  }
}

const fields = (form) => [...form.elements].filter((field) => field.name && !NOT_KEPT.includes(field.name) && !["file", "submit", "button", "password"].includes(field.type) && !field.disabled);

function read(form) {
  const kept = {};
  for (const field of fields(form)) {
    if (field.type === "radio" && !field.checked) continue;
    kept[field.name] = field.type === "checkbox" ? { on: field.checked } : { value: field.value, ...said(field) };
  }
  return kept;
}

// A field that chooses a record also keeps what a person reads of it.
function said(field) {
  const chosen = field.tomselect?.options[field.value];
  return chosen ? { text: chosen.text, note: chosen.note } : {};
}

function write(form, kept) {
  for (const lines of form.querySelectorAll("[data-lines]")) {
    const total = lines.querySelector("[name$=-TOTAL_FORMS]");
    while (Number(total.value) < Number(kept[total.name]?.value ?? 0)) addLine(lines);
  }
  for (const field of fields(form)) {
    const was = kept[field.name];
    if (!was) continue;
    if (field.type === "checkbox") field.checked = was.on;
    else if (field.type === "radio") field.checked = field.value === was.value;
    else field.value = was.value;
    if (was.text) Object.assign(field.dataset, { text: was.text, note: was.note ?? "" });
    if (field.name.endsWith("-DELETE") && field.checked) field.closest("li").hidden = true;
    field.closest("details")?.setAttribute("open", "");
  }
}

/** Keep what is typed in `form` (data-draft: the user), and bring back what was typed before. */
export function drafting(form) {
  if (!form.dataset.draft || form.dataset.drafted) return;
  form.dataset.drafted = "yes";
  const note = form.querySelector(".kept");
  const key = `${PREFIX}${form.dataset.draft}:${location.pathname}${location.search}`;
  const tell = (sentence, discard = false) => {
    note.hidden = false;
    note.querySelector("span").textContent = sentence;
    note.querySelector("button").hidden = !discard;
  };
  forget(form.dataset.draft);
  if (storage) keep(form, key, tell);
  else warn(form, () => tell(note.dataset.unkept));
  const leave = () => {
    form.dataset.left = "yes";
    storage?.removeItem(key);
  };
  note.querySelector("button").addEventListener("click", () => {
    leave();
    location.reload();
  });
  form.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    if (detail.xhr.getResponseHeader("HX-Redirect")) leave();
  });
  form.addEventListener("htmx:sendError", () => tell(note.dataset.offline));
  form.addEventListener("htmx:responseError", () => tell(note.dataset.refused));
  form.querySelector("[data-leave]")?.addEventListener("click", leave);
}

function keep(form, key, tell) {
  const untouched = JSON.stringify(read(form));
  const found = JSON.parse(storage.getItem(key) ?? "null");
  if (found && !("sent" in form.dataset)) {
    write(form, found.kept);
    const time = new Date(found.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    tell(form.querySelector(".kept").dataset.restored.replace("TIME", time), true);
  }
  let waiting;
  const save = () => {
    waiting = clearTimeout(waiting);
    if ("left" in form.dataset || !form.isConnected) return;
    const kept = read(form);
    if (JSON.stringify(kept) === untouched) return;
    try {
      storage.setItem(key, JSON.stringify({ at: Date.now(), kept }));
    } catch {
      tell(form.querySelector(".kept").dataset.unkept);
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", save);
  addEventListener("pagehide", () => waiting && save());
}

// Without a storage the browser itself asks before one leaves.
function warn(form, say) {
  let typed = false;
  form.addEventListener("input", () => {
    if (!typed) say();
    typed = true;
  });
  form.addEventListener("htmx:beforeRequest", () => (typed = false));
  addEventListener("beforeunload", (event) => typed && form.isConnected && event.preventDefault());
}
