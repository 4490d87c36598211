// Small forms in a <dialog>: links with data-dialog, and records made in place. Without this the links lead to pages.

const words = () => document.getElementById("recording-words").dataset;
let enhance = () => {};

/** Open links with data-dialog as dialogs; `equip` enhances the forms in them. */
export function dialogs(equip) {
  enhance = equip;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("details.menu")?.removeAttribute("open");
    ask(link.href, (made) => made && go(made.to));
  });
}

/** Show the form at `address` in a dialog; `done` gets {to, value, text, note} of what it did and leads on; or nothing. */
export async function ask(address, done) {
  const url = new URL(address, location);
  url.searchParams.set("in", "dialog");
  const dialog = document.body.appendChild(document.createElement("dialog"));
  const opener = document.activeElement;
  let made;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (!made) opener?.focus?.();
    done(made);
  });
  const show = (html) => {
    dialog.innerHTML = html;
    dialog.setAttribute("aria-label", dialog.querySelector("h2")?.textContent ?? "");
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.querySelector("form").addEventListener("submit", send);
    enhance(dialog);
    if (!dialog.querySelector(".problems, .conflict")) dialog.querySelector(".field :is(input, select, textarea):not([hidden], [type=hidden])")?.focus();
  };
  const send = async (event) => {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter?.name ? event.submitter : undefined) });
      if (!answer.headers.get("Content-Type").startsWith("application/json")) return show(within(await answer.text()));
      made = await answer.json();
      dialog.close();
    } catch {
      said(form, words().failed);
    } finally {
      button.disabled = false;
    }
  };
  try {
    show(within(await (await fetch(url)).text()));
    dialog.showModal();
  } catch {
    dialog.remove();
    location.assign(address);
  }
}

// A refusal comes as a whole page: its main part is shown, with a way out.
function within(html) {
  if (!html.trimStart().toLowerCase().startsWith("<!doctype")) return html;
  const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  return `<form>${main.innerHTML}<button class="btn" type="button" data-close>${words().close}</button></form>`;
}

function said(form, sentence) {
  const note = form.querySelector(".problems") ?? form.insertBefore(document.createElement("p"), form.querySelector(".fields"));
  note.className = "problems";
  note.setAttribute("role", "alert");
  note.textContent = sentence;
}

/** Go to `address`, also when only its fragment differs from where one is. */
export function go(address) {
  const to = new URL(address, location);
  const same = to.pathname === location.pathname && to.search === location.search;
  location.assign(to);
  if (same) location.reload();
}
