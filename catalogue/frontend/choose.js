// Fields with data-choose (an address): a record is searched as one types. With data-new (an address) one that is not
// there yet is recorded in a dialog; with data-within (a field's name) the search is kept to what that field names.
import TomSelect from "tom-select/base";
import clear from "tom-select/plugins/clear_button/plugin.js";
import { ask } from "./dialog.js";

TomSelect.define("clear_button", clear);

const words = () => document.getElementById("recording-words").dataset;

/** Turn the choosing fields of `form` into searches. */
export function choosing(form) {
  for (const field of form.querySelectorAll("[data-choose]")) if (!field.tomselect) search(form, field);
  form.addEventListener("line", ({ detail }) => {
    for (const field of detail.querySelectorAll("[data-choose]")) if (!field.tomselect) search(form, field);
  });
}

/** Focus the first control of `form` after `element`. */
function onwards(form, element) {
  const after = (control) => element.compareDocumentPosition(control) === Node.DOCUMENT_POSITION_FOLLOWING;
  [...form.elements].find((control) => control.type !== "hidden" && control.checkVisibility() && after(control))?.focus();
}

function search(form, field) {
  const { choose, within, text, note } = field.dataset;
  const address = (base, typed, name) => {
    const asked = new URLSearchParams({ [name]: typed });
    const other = within && form.elements[field.name.replace(/[^-]+$/, within)];
    if (other?.value) asked.set(within, other.value);
    return `${base}?${asked}`;
  };
  let reached = true;
  new TomSelect(field, {
    maxItems: 1,
    options: field.value ? [{ value: field.value, text: text || field.value, note: note ?? "" }] : [],
    items: field.value ? [field.value] : [],
    delimiter: "\u001f",
    searchField: [],
    score: () => () => 1,
    sortField: [{ field: "$order" }],
    preload: "focus",
    plugins: { clear_button: { title: words().clear, html: ({ title }) => `<button class="clear" type="button" tabindex="-1" aria-label="${title}" title="${title}">×</button>` } },
    openOnFocus: true,
    closeAfterSelect: true,
    placeholder: words().type,
    hidePlaceholder: true,
    shouldLoad: () => true,
    async load(typed, done) {
      this.clearOptions((option) => this.items.includes(option.value));
      let found = [];
      try {
        found = (await (await fetch(address(choose, typed, "q"))).json()).results;
        reached = true;
      } catch {
        reached = false;
      }
      done(found);
    },
    create: field.dataset.new ? (typed, done) => ask(address(field.dataset.new, typed, "text"), (made) => {
      done(made);
      if (made) onwards(form, field.tomselect.wrapper); // back in the search, its list would cover what comes next
    }) : false,
    createFilter: (typed) => typed.trim() !== "",
    render: {
      option: ({ text, note }, escape) => `<div><span>${escape(text)}</span>${note ? ` <small>${escape(note)}</small>` : ""}</div>`,
      item: ({ text, note }, escape) => `<div><span>${escape(text)}</span>${note ? ` <small>${escape(note)}</small>` : ""}</div>`,
      option_create: ({ input }, escape) => `<div class="create">${escape(words().record.replace("NAME", input))}</div>`,
      no_results: ({ input }, escape) => `<div class="none">${escape(!reached ? words().unreached : input ? words().none : words().type)}</div>`,
    },
    onInitialize() {
      field.type = "hidden"; // it keeps the name; what is typed in is the search's own field
      for (const told of ["aria-describedby", "aria-invalid"]) {
        if (field.hasAttribute(told)) this.control_input.setAttribute(told, field.getAttribute(told));
      }
    },
    onChange() {
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
}
