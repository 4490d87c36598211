// The search boxes suggest while one types. Without this module they are plain forms.
const PAUSE = 150; // milliseconds without a key before the catalogue is asked

/**
 * Make the box of `form` an ARIA combobox with the options of the address `suggest/` below the form's own.
 * @param {HTMLFormElement} form
 * @param {number} number tells the lists of several boxes apart
 */
function suggestIn(form, number) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("div");
  list.id = `found-${number}`;
  list.className = "found";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? input.getAttribute("aria-label"));
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);

  let waiting, asking, active;

  function choose(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function open(yes) {
    choose(null);
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const address = new URL("suggest/", form.action);
    address.searchParams.set("q", input.value);
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return open(false);
      list.innerHTML = await answer.text();
      [...list.children].forEach((option, n) => (option.id = `${list.id}-${n}`));
      open(list.children.length > 0 && document.activeElement === input);
    } catch (problem) {
      if (problem.name !== "AbortError") open(false); // no connection: Enter still sends the form
    }
  }

  function move(step) {
    const options = [...list.children];
    const at = options.indexOf(active) + step;
    choose(at < 0 ? (step > 0 || active ? null : options.at(-1)) : (options[at] ?? null));
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    asking?.abort();
    if (input.value.trim()) waiting = setTimeout(ask, PAUSE);
    else open(false);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) open(false);
    else if (event.key === "Enter" && active) location.assign(active.dataset.href);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && list.children.length > 0) {
      if (list.hidden) open(true);
      move(event.key === "ArrowDown" ? 1 : -1);
    } else return;
    event.preventDefault();
  });

  form.addEventListener("submit", () => clearTimeout(waiting));
  input.addEventListener("blur", () => open(false));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
  open(false);
}

document.querySelectorAll("form.find").forEach(suggestIn);
