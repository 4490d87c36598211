// What a row asks of the one who typed it, right below it: a conflict field by field, a maker or part that is not known,
// a refusal in the server's words.
import { COLUMNS, data, say, shown, typeOf } from "./bench_fields.js";
import { offered } from "./bench_find.js";
import { readingOf } from "./bench_readings.js";

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const button = (words, act, row) => made("button", { type: "button", className: "btn", textContent: words, onclick: () => act(row) });

/** The panel of a row, or null when it asks nothing. */
export function panelOf(row, sheet) {
  const lines = [...conflicts(row, sheet), ...unclear(row, sheet), ...refusals(row, sheet), ...readings(row, sheet)];
  if (!lines.length) return null;
  const cell = made("div", {}, made("div", { className: "bench-ask" }, ...lines));
  cell.setAttribute("role", "gridcell");
  cell.setAttribute("aria-colspan", COLUMNS.length);
  const panel = made("div", { className: "bench-panel" }, cell);
  panel.setAttribute("role", "row");
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    sheet.go(row, sheet.at.row === row ? sheet.at.field : "designator");
  });
  return panel;
}

function conflicts(row, sheet) {
  if (!row.conflict) return [];
  const said = made("p", { textContent: say("both") });
  said.setAttribute("role", "alert");
  const table = made("table", { className: "bench-both" });
  const head = table.createTHead().insertRow();
  for (const words of ["", say("theirs"), say("mine")]) head.append(made(words ? "th" : "td", { textContent: words }));
  const body = table.createTBody();
  for (const [field, theirs] of Object.entries(row.conflict)) {
    const line = body.insertRow();
    line.append(made("th", { textContent: data.columns[field], scope: "row" }));
    for (const [whose, value] of [[true, theirs], [false, row.values[field]]]) {
      const words = say(whose ? "take_theirs" : "take_mine");
      const choice = button(words, () => sheet.sync.decide(row, field, whose), row);
      choice.setAttribute("aria-label", `${data.columns[field]}: ${words}`);
      line.insertCell().append(made("span", { className: "value", textContent: placed(field, value, sheet) || say("empty") }), " ", choice);
    }
  }
  return [said, table];
}

// What a row sits on is said by its name.
function placed(field, value, sheet) {
  if (field !== "parent") return shown(field, value);
  const on = sheet.rows.byId.get(value);
  return on ? sheet.nameOf(on) : value;
}

function unclear(row, sheet) {
  if (!["unclear", "refused", "waiting", "saving"].includes(row.state)) return [];
  return sheet.sync.unclear(row).filter(({ field }) => typeOf(field) !== "record" || row.similar?.[field]).map(({ field, sentence }) => {
    const line = made("p", {}, made("b", { textContent: `${data.columns[field]}: ` }), sentence, " ");
    if (typeOf(field) !== "record") return line;
    const found = offered(row, field);
    if (found.length) line.append(say("similar"), " ");
    for (const one of found) line.append(button(one.note ? `${one.text} (${one.note})` : one.text, () => sheet.acts.use(row, field, one), row), " ");
    line.append(button(say(`record_${field}`, { TEXT: row.open[field] }), () => sheet.acts.record(row, field), row));
    return line;
  });
}

function refusals(row, sheet) {
  if (row.state !== "refused" || row.conflict) return [];
  const marking = row.saved?.marking && row.saved.marking !== row.values.marking;
  const said = Object.entries(row.problems).map(([field, sentence]) => made("p", { className: "error" }, made("b", { textContent: `${data.columns[field]}: ` }), sentence));
  if (!said.length && row.sentence && !Object.keys(row.open).length) said.push(made("p", { className: "error", textContent: row.sentence }));
  if (marking) {
    said.push(made("p", {}, `${say("read_once")} `, button(say("anew"), () => sheet.acts.anew(row), row), " ", button(say("keep_read"), () => sheet.acts.keepRead(row), row)));
  }
  return said;
}

// Only where one is: a sheet of markings would else be a sheet of offers.
function readings(row, sheet) {
  const one = sheet.at.row === row && readingOf(row);
  return one ? [made("p", {}, say("rules_read", { TEXT: one.said }), " ", button(say("take_reading"), () => sheet.acts.takeReading(row), row))] : [];
}
