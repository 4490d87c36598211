// Loaded in the head and not deferred: "auto" becomes light or dark before anything is drawn, so nothing flashes.
// The server writes the reader's choice (cookie "theme") into <html data-theme-choice="auto|light|dark">.
const page = document.documentElement;
const night = matchMedia("(prefers-color-scheme: dark)");

function show() {
  const choice = page.dataset.themeChoice;
  page.dataset.bsTheme = choice === "auto" ? (night.matches ? "dark" : "light") : choice;
}

page.addEventListener("theme", show);
night.addEventListener("change", show);
show();
