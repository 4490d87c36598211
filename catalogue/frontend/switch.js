// The button <button data-theme-switch>: auto, light, dark, auto …, kept in a cookie that the server reads.
const ORDER = ["auto", "light", "dark"];
const YEAR = 365 * 24 * 3600;
const SAID = { auto: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };

const page = document.documentElement;

function label(button) {
  const said = SAID[page.dataset.themeChoice];
  button.setAttribute("aria-label", said);
  button.title = said;
}

/** Let the page's theme switch work; its three icons are shown by CSS according to the choice. */
export function followThemeSwitch() {
  const button = document.querySelector("[data-theme-switch]");
  if (!button) return;
  label(button);
  button.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(page.dataset.themeChoice) + 1) % ORDER.length];
    const safe = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${next}; Path=/; Max-Age=${YEAR}; SameSite=Lax${safe}`;
    page.dataset.themeChoice = next;
    page.dispatchEvent(new Event("theme"));
    label(button);
  });
}
