// Below a field with data-date (an address): how the server understands what is typed in it. And which clock is meant.
const PAUSE = 300; // milliseconds without a key

/** Let the date fields of `form` say how they are understood. */
export function dating(form) {
  for (const field of form.querySelectorAll("[data-date]")) {
    if (field.dataset.dated) continue;
    field.dataset.dated = "yes";
    const around = field.closest(".field");
    const shown = around.querySelector(".understood");
    let waiting;
    const ask = async () => {
      const typed = field.value.trim();
      let said = { understood: "", error: "" };
      try {
        if (typed) said = await (await fetch(`${field.dataset.date}?text=${encodeURIComponent(typed)}`)).json();
      } catch {
        return; // without a connection nothing is said; the server reads the date when it is sent
      }
      if (typed !== field.value.trim()) return;
      shown.textContent = said.error || said.understood;
      shown.classList.toggle("error", Boolean(said.error));
    };
    field.addEventListener("input", () => {
      around.querySelector("p.error:not(.understood)")?.remove();
      around.classList.remove("wrong");
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    });
    if (field.value && !around.matches(".wrong")) ask();
  }
}

/** Who records a time for the first time most likely means the clock of the own machine. */
export function zoned(form) {
  const zone = form.querySelector("select[data-zone-here]");
  const told = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const here = told === "Europe/Kiev" ? "Europe/Kyiv" : told; // browsers keep the name that the list of zones gave up in 2022
  if (zone && [...zone.options].some(({ value }) => value === here)) zone.value = here;
}
