// What every page does besides showing itself.
import htmx from "htmx.org";
import { forgetAtSignOut } from "./bench_out.js";
import "./all.js";
import "./search.js";
import { followThemeSwitch } from "./switch.js";

// The Content-Security-Policy allows neither injected styles nor eval.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
});

// "/" goes to the search field, unless something is being written.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

forgetAtSignOut();
followThemeSwitch();
