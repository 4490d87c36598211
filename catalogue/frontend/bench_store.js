// What waits in this browser: rows, photographs, regions and views that are not sent yet, bound to a user and a specimen; and who types.
import { openDB } from "idb";

const NAME = "bench";
let opened;

function database() {
  opened ??= openDB(NAME, 2, {
    upgrade(db) {
      const there = new Set(db.objectStoreNames);
      const missing = ["rows", "photos", "regions", "views"].filter((store) => !there.has(store));
      for (const store of missing) db.createObjectStore(store, { keyPath: "key" }).createIndex("of", ["user", "specimen"]);
      if (!there.has("meta")) db.createObjectStore("meta", { keyPath: "key" });
    },
    blocking: (_now, _wanted, { target }) => target.close(), // a sign-out in another window removes it
    terminated: () => (opened = undefined),
  });
  return opened;
}

/** Whether this browser keeps anything at all. */
export async function keeps() {
  try {
    await database();
    return true;
  } catch {
    return false;
  }
}

const keyOf = ({ user, specimen, id }) => `${user}/${specimen}/${id}`;

export const keep = async (store, record) => (await database()).put(store, { ...record, key: keyOf(record) });
export const drop = async (store, record) => (await database()).delete(store, keyOf(record));

/** What waits of a user in a specimen, in the order in which it was typed. */
export async function waiting(store, user, specimen) {
  const found = await (await database()).getAllFromIndex(store, "of", [user, specimen]);
  return found.sort((one, other) => one.order - other.order);
}

/** Names of other users for whom something waits here. */
export async function others(user) {
  const db = await database();
  const found = (await Promise.all(["rows", "photos", "regions", "views"].map((store) => db.getAll(store)))).flat();
  return [...new Set(found.filter((row) => row.user !== user).map((row) => row.person))];
}

export const remember = async (key, value) => (await database()).put("meta", { key, value });
export const recall = async (key) => (await (await database()).get("meta", key))?.value;
