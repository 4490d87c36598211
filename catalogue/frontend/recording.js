// What forms that record do beyond being sent: searching records, dates understood, repeatable lines, drafts, dialogs.
// Loaded by the pages with such a form alone. Everything here is in addition: without it the forms still work.
import { choosing } from "./choose.js";
import { dating, zoned } from "./date.js";
import { dialogs } from "./dialog.js";
import { drafting } from "./draft.js";
import { repeating } from "./lines.js";
import { offering } from "./offers.js";
import { proposing } from "./candidates.js";
import { uploading } from "./upload.js";

/** Enhance every form within `root`. A draft is restored first, so that what follows finds its values. */
function enhance(root) {
  for (const form of root.querySelectorAll("form.recording")) {
    repeating(form);
    zoned(form);
    drafting(form);
    choosing(form);
    dating(form);
    uploading(form);
    offering(form);
    proposing(form);
  }
  const said = root.querySelector(".problems, .conflict");
  if (said) {
    said.focus({ preventScroll: true });
    said.scrollIntoView({ block: "start", behavior: "instant" });
  } else root.querySelector(".adding :is(input, select, textarea):not([type=hidden])")?.focus();
}

enhance(document);
dialogs(enhance);
document.addEventListener("htmx:afterSettle", () => enhance(document.getElementById("main")));

// A link to a field that is a search goes to what one types in.
document.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.closest?.(".problems a")?.hash.slice(1) ?? "");
  if (!field?.tomselect) return;
  event.preventDefault();
  field.tomselect.focus();
});

// A menu closes when one goes elsewhere.
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
