// What a program read off a photograph, offered beside the field of a marking. It stands in the field only after a person
// took it over, and goes again with Undo. `?take=REGION` is that click, made on the page of the photograph.

/** Let the offers in `form` be taken over. */
export function offering(form) {
  const offers = form.querySelector("[data-offers]");
  const field = offers && document.getElementById(offers.dataset.offers);
  if (!field || offers.dataset.equipped) return;
  offers.dataset.equipped = "yes";
  const told = offers.querySelector("[data-told]"), undo = offers.querySelector("[data-undo]");
  let before = null;

  const put = (text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const take = (offer) => {
    before ??= field.value;
    put([...offer.querySelectorAll("[data-line]")].map((line) => line.textContent).join("\n"));
    told.textContent = offers.dataset.taken;
    undo.hidden = false;
    field.focus();
  };

  offers.addEventListener("click", ({ target }) => {
    if (target.closest("[data-take]")) take(target.closest("[data-offer]"));
  });
  undo.addEventListener("click", () => {
    put(before);
    before = null;
    told.textContent = offers.dataset.undone;
    undo.hidden = true;
    field.focus();
  });

  const asked = new URLSearchParams(location.search).get("take");
  const offer = asked && offers.querySelector(`[data-offer="${CSS.escape(asked)}"]`);
  if (offer && !field.value && !("sent" in form.dataset)) take(offer);
}
