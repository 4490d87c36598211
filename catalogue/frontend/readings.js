// The readings in the list beside a photograph: what a program reads comes while one looks, without a reload.
const FIRST = 1_500, LAST = 10_000, GIVE_UP = 10 * 60_000; // milliseconds

export class Readings {
  /** `list()` is the list of regions as it is now. */
  constructor(list) {
    Object.assign(this, { list, timer: null });
    this.watch();
  }

  /** Ask for newer readings while some are waited for, less and less often. */
  watch(pause = FIRST, since = Date.now()) {
    clearTimeout(this.timer);
    if (!this.list().querySelector("[data-waiting]") || Date.now() - since > GIVE_UP) return;
    this.timer = setTimeout(async () => {
      if (!document.hidden) await this.renew().catch(() => {}); // not reached: asked again later
      this.watch(Math.min(LAST, pause * 1.3), since);
    }, pause);
  }

  /** Put what the server has now in the place of each reading; nothing else of the page is touched. */
  async renew() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const row of this.list().querySelectorAll("[data-region]")) {
      const old = row.querySelector("[data-reading]"), now = page.querySelector(`#regions [data-region="${row.dataset.region}"] [data-reading]`);
      if (!old || !now || old.outerHTML === now.outerHTML) continue;
      const held = old.contains(document.activeElement);
      old.replaceWith(now);
      if (held) now.querySelector("a, button")?.focus();
      row.dispatchEvent(new CustomEvent("region-read", { detail: { id: row.dataset.region }, bubbles: true }));
    }
  }

  /** A copy of the reading of a region, to be shown elsewhere too; null when there is none. */
  of(id) {
    const copy = this.list().querySelector(`[data-region="${id}"] [data-reading]`)?.cloneNode(true);
    copy?.querySelector("button")?.remove(); // it belongs to the list
    return copy?.querySelector("p") ? copy : null;
  }
}
