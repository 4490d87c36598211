// Repeatable lines of a form: added from a <template>, removed, moved up and down. The server counts them by TOTAL_FORMS.

/** Add a line to the block `lines` and return it. */
export function addLine(lines) {
  const total = lines.querySelector("[name$=-TOTAL_FORMS]");
  const blank = lines.querySelector(":scope > template").innerHTML.replaceAll("__prefix__", total.value);
  lines.querySelector(":scope > ol").insertAdjacentHTML("beforeend", blank);
  total.value = Number(total.value) + 1;
  const line = lines.querySelector(":scope > ol > li:last-child");
  equip(line);
  return line;
}

// A searched field keeps its name in a hidden one, before the one that is typed in.
const enter = (line) => line?.querySelector("input:not([type=hidden]), select, textarea")?.focus();

const indexOf = (line) => Number(line.querySelector("[name$=-DELETE]").name.split("-").at(-2));

function equip(line) {
  const mark = line.querySelector("[name$=-DELETE]");
  mark.closest("label").hidden = true;
  const remove = line.querySelector("[data-remove]");
  remove.hidden = false;
  remove.addEventListener("click", () => {
    mark.checked = true;
    line.hidden = true;
    mark.dispatchEvent(new Event("input", { bubbles: true }));
    enter(beside(line, 1) ?? beside(line, -1));
  });
  if (mark.checked) line.hidden = true;
  for (const [name, step] of [["up", -1], ["down", 1]]) {
    const button = line.querySelector(`[data-${name}]`);
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => move(line, step, button));
  }
}

function beside(line, step) {
  let other = line;
  do other = step > 0 ? other.nextElementSibling : other.previousElementSibling;
  while (other && (other.hidden || !other.matches("li")));
  return other;
}

// The line and its neighbour change places, and the places' numbers with them; lines that shared one no longer do.
function move(line, step, button) {
  const other = beside(line, step);
  if (!other) return;
  const [mine, theirs] = [line, other].map((one) => one.querySelector("[data-place]"));
  number(line.parentElement);
  [mine.value, theirs.value] = [theirs.value, mine.value];
  if (mine.value === theirs.value) theirs.value = Number(theirs.value) - step;
  step > 0 ? other.after(line) : other.before(line);
  button.focus();
  mine.dispatchEvent(new Event("input", { bubbles: true }));
}

function number(list) {
  let last = 0;
  for (const place of list.querySelectorAll("li:not([hidden]) [data-place]")) last = Number((place.value ||= last + 1));
}

/** Give the blocks of lines in `form` their buttons. */
export function repeating(form) {
  for (const lines of form.querySelectorAll("[data-lines]")) {
    const add = lines.querySelector(":scope > [data-add]");
    if (!add.hidden) continue;
    const rows = lines.querySelectorAll(":scope > ol > li");
    lines.querySelector("[name$=-TOTAL_FORMS]").value = Math.max(0, ...[...rows].map((row) => 1 + indexOf(row)));
    rows.forEach(equip);
    add.hidden = false;
    add.addEventListener("click", () => {
      const line = addLine(lines);
      form.dispatchEvent(new CustomEvent("line", { detail: line }));
      enter(line);
    });
  }
}
