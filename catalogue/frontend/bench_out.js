// At sign-out, on whatever page: what waits for the bench is removed from this browser, with the pages it keeps.

const DATABASE = "bench";
const LEFT = "bench-left:"; // what was being written when the bench was left
const left = new BroadcastChannel("bench");

const late = () => Object.keys(localStorage).filter((key) => key.startsWith(LEFT));

async function counted() {
  if (!(await indexedDB.databases()).some(({ name }) => name === DATABASE)) return 0;
  return new Promise((resolve) => {
    const asked = indexedDB.open(DATABASE);
    asked.onerror = () => resolve(0);
    asked.onsuccess = () => {
      const db = asked.result;
      const stores = ["rows", "photos", "regions", "views"].filter((store) => db.objectStoreNames.contains(store));
      if (!stores.length) return db.close(), resolve(0);
      let waiting = 0;
      const keys = new Set(late().map((key) => key.slice(LEFT.length)));
      const reading = db.transaction([...stores, "meta"]);
      const kept = reading.objectStore("meta").getAll();
      kept.onsuccess = () => {
        for (const { key, value } of kept.result) if (String(key).startsWith("absences/")) waiting += value.length;
      };
      for (const store of stores) reading.objectStore(store).getAllKeys().onsuccess = ({ target }) => target.result.forEach((key) => keys.add(key));
      reading.oncomplete = () => {
        db.close();
        resolve(waiting + keys.size);
      };
    };
  });
}

async function wipe() {
  document.documentElement.dataset.leaving = "yes"; // this page goes by itself, other windows load anew
  left.postMessage("signed-out");
  for (const key of late()) localStorage.removeItem(key);
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(DATABASE);
    asked.onsuccess = asked.onerror = resolve;
    setTimeout(resolve, 2000);
  });
  await globalThis.caches?.delete(DATABASE);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
}

/** Ask before what waits is thrown away; then remove it and sign out. */
export function forgetAtSignOut() {
  const form = document.querySelector("form[data-sign-out]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const waiting = await counted().catch(() => 0);
    if (waiting && !confirm(form.dataset.leave.replace("COUNT", waiting))) return;
    await wipe().catch(() => {});
    form.submit();
  });
}
