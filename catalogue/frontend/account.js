// Secrets that are shown once: buttons to copy and to keep them. Without this script they are read off the page.

/** The text of the element that the button's `data-…` attribute names. */
const textOf = (id) => document.getElementById(id).innerText.trim();

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(textOf(button.dataset.copy));
    button.querySelector("span").textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("[data-download]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${textOf(button.dataset.download)}\n`], { type: "text/plain" }));
    link.download = button.dataset.name;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
