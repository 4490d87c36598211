// Photographs are sent one by one, each with its progress; the page is shown as it is after each. Without this the form
// sends them all at once.
const words = () => document.getElementById("recording-words").dataset;

/** Let a form with data-upload send its files one by one. */
export function uploading(form) {
  if (!("upload" in form.dataset) || form.dataset.equipped) return;
  form.dataset.equipped = "yes";
  const input = form.querySelector("[type=file]");
  form.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    for (const file of [...input.files]) await send(form, input.name, file);
    button.disabled = false;
    form.reset();
  });
}

function send(form, name, file) {
  const line = form.querySelector("[data-sending]").appendChild(document.createElement("li"));
  const progress = document.createElement("progress");
  progress.max = file.size;
  progress.setAttribute("aria-label", `${words().sending} ${file.name}`);
  line.append(file.name, " ", progress);
  const body = new FormData(form);
  body.set(name, file);
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded }) => (progress.value = loaded));
  request.open("POST", form.action);
  request.responseType = "document";
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => {
      const page = request.response;
      const found = page?.getElementById("photographs");
      if (found) {
        document.getElementById("photographs").replaceWith(found);
        const refused = page.querySelectorAll("#refusals li, .problems li");
        line.replaceChildren([...refused].map((one) => one.textContent).join(" "));
        line.className = "error";
        if (!refused.length) line.remove();
      } else {
        line.replaceChildren(`${file.name} ${words().refused}`);
        line.className = "error";
      }
      resolve();
    });
    request.send(body);
  });
}
