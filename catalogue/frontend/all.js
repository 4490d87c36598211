// A box in the head of a table that ticks all boxes of its form with one name: `data-all` says which. Without this
// it stays hidden.
for (const all of document.querySelectorAll("[data-all]")) {
  const boxes = () => [...all.form.querySelectorAll(`[type=checkbox][name="${all.dataset.all}"]`)];
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
  });
  all.form.addEventListener("change", () => {
    const ticked = boxes().filter((box) => box.checked).length;
    all.checked = ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  });
}
