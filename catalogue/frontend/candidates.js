// What rules read in a marking while it is typed, offered below its field. A press fills maker, part, date and country,
// those that are empty, says which, and can be taken back; nothing is filled by itself. Without a connection there is none.
const PAUSE = 400; // milliseconds without a key
const SHORTEST = 3;
const known = new Map(); // marking and maker → readings

async function readings(address, marking, maker) {
  const key = JSON.stringify([marking, maker]);
  if (!known.has(key)) {
    if (!navigator.onLine) return [];
    const headers = { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify({ markings: [{ marking, maker }] }) });
    if (!answer.ok) return [];
    known.set(key, (await answer.json()).results[0].readings);
  }
  return known.get(key);
}

/** Offer readings below the marking of `form`. */
export function proposing(form) {
  const offers = form.querySelector("[data-read]");
  const field = offers && document.getElementById(offers.dataset.read);
  if (!field || offers.dataset.equipped) return;
  offers.dataset.equipped = "yes";
  const list = offers.querySelector("ul"), told = offers.querySelector("[data-told]"), undo = offers.querySelector("[data-undo]");
  let timer, asked = 0, filled = [];

  const makerOf = () => {
    const chosen = form.elements.manufacturer;
    return chosen?.tomselect?.options[chosen.value]?.text ?? "";
  };

  const show = (found) => {
    list.replaceChildren(...found.map((one) => {
      const line = document.createElement("li"), button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn", textContent: offers.dataset.take });
      button.setAttribute("aria-label", offers.dataset.takes.replace("TEXT", one.number));
      button.addEventListener("click", () => take(one));
      line.append(button, Object.assign(document.createElement("span"), { textContent: one.said }));
      return line;
    }));
    offers.hidden = !found.length && !told.textContent;
  };

  const look = () => {
    clearTimeout(timer);
    const turn = ++asked, marking = field.value.trim();
    if (marking.length < SHORTEST) return show([]);
    timer = setTimeout(async () => {
      const found = await readings(offers.dataset.address, field.value, makerOf()).catch(() => []);
      if (turn === asked) show(found);
    }, PAUSE);
  };

  const put = (name, value, record) => {
    const into = form.elements[name];
    if (!into || into.disabled || into.value || !value) return;
    if (record) into.tomselect?.addOption(record);
    if (into.tomselect) into.tomselect.setValue(value);
    else {
      into.value = value;
      into.dispatchEvent(new Event("input", { bubbles: true }));
      into.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (into.value) filled.push({ into, value: into.value });
  };

  // A part of another maker than the one that is named already would contradict it.
  const agrees = ({ manufacturer, maker }) => {
    const chosen = form.elements.manufacturer?.value;
    return !chosen || chosen === manufacturer?.value || makerOf() === maker;
  };

  const take = (one) => {
    filled = [];
    const fits = agrees(one), code = form.elements.date_code?.value.trim();
    if (fits) put("manufacturer", one.manufacturer?.value, one.manufacturer);
    if (fits) put("part", one.part?.value, one.part);
    for (const name of ["date_code", "marked_country"]) put(name, one[name]);
    if (!code || code === one.date_code) put("made", one.made); // of another code it would be another date
    const lacks = form.elements.manufacturer ? [["manufacturer", one.maker], ["part", one.mpn]] : [];
    const unknown = lacks.filter(([name, text]) => text && !one[name] && !form.elements[name].value).map(([, text]) => text);
    const said = filled.length ? offers.dataset.filled.replace("NAMES", filled.map(({ into }) => labelOf(into)).join(", ")) : offers.dataset.none;
    told.textContent = [filled.length || !unknown.length ? said : "", unknown.length ? offers.dataset.unknown.replace("NAMES", unknown.join(", ")) : ""].filter(Boolean).join(" ");
    undo.hidden = !filled.length;
  };

  undo.addEventListener("click", () => {
    for (const { into, value } of filled) {
      if (into.value !== value) continue; // changed since by hand
      if (into.tomselect) into.tomselect.clear();
      else {
        into.value = "";
        into.dispatchEvent(new Event("input", { bubbles: true }));
        into.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    filled = [];
    told.textContent = offers.dataset.undone;
    undo.hidden = true;
    field.focus();
  });
  field.addEventListener("input", look);
  if (field.value) look();
}

const labelOf = (field) => {
  const label = field.closest(".field").querySelector("label");
  return label.firstChild.textContent.trim();
};
