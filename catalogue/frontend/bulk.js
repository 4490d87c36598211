// Many files at once: each is sent in parts that go on where they stopped, by the tus protocol. Without this the form
// sends them whole. What came of each is said by the server, in the list below the form.
import { DefaultHttpStack, Upload } from "tus-js-client";

const AT_ONCE = 3;
const PART = 4 * 1024 * 1024; // bytes: what is lost at most when the connection breaks off
const RETRIES = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000];
const form = document.getElementById("bulk");
const input = form.querySelector("[type=file]");
const meter = form.querySelector("[data-meter]");
const list = form.querySelector("[data-list]");
const pause = form.querySelector("[data-pause]");
const waiting = [];
const running = new Set();
let batch = uuid7();
let paused = false;
let done = 0;
let all = 0;

/** A UUIDv7, made here so that a repeated request names the same upload; crypto.randomUUID needs HTTPS. */
function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = now % 256;
    now = Math.floor(now / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Requests whose body goes with its SHA-256, so that what was altered on the way is sent again. Browsers hash over
 * HTTPS and on their own machine only; elsewhere a part goes without. */
class Checked extends DefaultHttpStack {
  createRequest(method, url) {
    const request = super.createRequest(method, url), { subtle } = globalThis.crypto;
    const send = request.send.bind(request), abort = request.abort.bind(request);
    let stopped = false;
    request.abort = () => {
      stopped = true;
      return abort();
    };
    request.send = async (body = null) => {
      if (body && subtle) {
        const digest = new Uint8Array(await subtle.digest("SHA-256", await body.arrayBuffer()));
        request.setHeader("Upload-Checksum", `sha256 ${btoa(String.fromCharCode(...digest))}`);
      }
      return stopped ? new Promise(() => {}) : send(body);
    };
    return request;
  }
}

/** What the form says of its files, as tus metadata. */
function told(file) {
  const data = new FormData(form);
  const found = { id: uuid7(), batch, filename: file.name, match: data.get("match") ? "1" : "0" };
  for (const name of ["specimen", "component", "kind", "view", "caption", "handling", "reason"]) {
    if (data.get(name)) found[name] = data.get(name);
  }
  return found;
}

/** Where the server has the beginning of this file from an earlier visit; each is gone on with once. */
function begun(file) {
  for (const line of document.querySelectorAll("#sent [data-upload]")) {
    const same = line.dataset.name === file.name && Number(line.dataset.size) === file.size;
    if (same && !taken.has(line.dataset.upload)) return line.dataset.upload;
  }
  return null;
}
const taken = new Set();

function queue(files) {
  if (!running.size && !waiting.length) {
    batch = uuid7();
    list.replaceChildren();
    done = all = 0;
  }
  for (const file of files) {
    const line = list.appendChild(document.createElement("li"));
    const name = line.appendChild(document.createElement("span"));
    const said = line.appendChild(document.createElement("span"));
    const progress = line.appendChild(document.createElement("progress"));
    name.textContent = file.name;
    said.textContent = form.dataset.waiting;
    said.className = "dim";
    progress.max = Math.max(1, file.size);
    progress.value = 0;
    progress.setAttribute("aria-label", file.name);
    const address = begun(file);
    if (address) taken.add(address);
    waiting.push({ file, line, said, progress, address, metadata: told(file) });
    all += 1;
  }
  next();
}

function next() {
  while (!paused && running.size < AT_ONCE && waiting.length) start(waiting.shift());
  pause.hidden = !running.size && !waiting.length;
  meter.textContent = all ? `${done} / ${all}` : "";
}

function start(one) {
  running.add(one);
  one.said.textContent = form.dataset.sending;
  one.upload ??= new Upload(one.file, {
    endpoint: form.dataset.endpoint,
    uploadUrl: one.address,
    metadata: one.metadata,
    chunkSize: PART,
    retryDelays: RETRIES,
    storeFingerprintForResuming: false,
    httpStack: new Checked(),
    headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
    onProgress: (sent) => (one.progress.value = sent),
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      one.said.textContent = status ? form.dataset.sending : form.dataset.lost;
      return !status || status >= 500 || [409, 423, 460].includes(status);
    },
    onSuccess: () => finished(one, form.dataset.done),
    onError: (error) => finished(one, reason(error), true),
  });
  one.upload.start();
}

/** The sentence with which the server refused, or what the browser says. */
function reason(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).detail;
  } catch {
    return form.dataset.lost;
  }
}

function finished(one, said, wrong = false) {
  running.delete(one);
  one.said.textContent = said;
  one.line.classList.toggle("error", wrong);
  if (wrong) one.progress.remove();
  else one.line.remove();
  done += 1;
  next();
  refresh();
}

let asked = false;
/** Show what the server says of them, at most once a second. */
function refresh() {
  if (asked) return;
  asked = true;
  setTimeout(() => {
    asked = false;
    document.body.dispatchEvent(new Event("files-sent")); // the list asks the server when it hears this
  }, 1000);
}

form.addEventListener("submit", (event) => {
  if (!input.files.length) return;
  event.preventDefault();
  queue([...input.files]);
  input.value = "";
});

pause.addEventListener("click", () => {
  paused = !paused;
  pause.textContent = paused ? form.dataset.go : form.dataset.pause;
  if (paused) {
    for (const one of running) {
      one.upload.abort();
      one.said.textContent = form.dataset.stopped;
      waiting.unshift(one);
    }
    running.clear();
  }
  next();
});

const drop = form.querySelector("[data-drop]");
drop.querySelector(".hint").hidden = false;
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  drop.classList.remove("over");
  queue([...event.dataTransfer.files]);
});

window.addEventListener("beforeunload", (event) => {
  if (running.size || waiting.length) event.preventDefault();
});
