// The line between photographs and sheet: dragged, or moved with the arrows; its place is remembered.
const KEY = "bench-split";

export function splitting(line) {
  const panes = line.parentElement;
  const [least, most] = [Number(line.ariaValueMin), Number(line.ariaValueMax)];
  const put = (share) => {
    const width = Math.round(Math.max(least, Math.min(most, share)));
    line.ariaValueNow = String(width);
    panes.style.setProperty("--left", `${width}%`);
    try {
      localStorage.setItem(KEY, width);
    } catch {
      // Then it begins in the middle again.
    }
  };
  try {
    if (localStorage.getItem(KEY)) put(Number(localStorage.getItem(KEY)));
  } catch {
    // No storage: it begins in the middle.
  }
  line.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowLeft") put(Number(line.ariaValueNow) - 2);
    if (key === "ArrowRight") put(Number(line.ariaValueNow) + 2);
  });
  line.addEventListener("pointerdown", (event) => {
    line.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  line.addEventListener("pointermove", (event) => {
    if (!line.hasPointerCapture(event.pointerId)) return;
    const { left, width } = panes.getBoundingClientRect();
    put(((event.clientX - left) / width) * 100);
  });
}
