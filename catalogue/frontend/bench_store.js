// What waits in this browser: rows, photographs, regions and views that are not sent yet, bound to a user and a specimen; and who types.
import { openDB } from "idb";

const NAME = "bench";
let opened;

// A write that the database has not ended when the page is left is not sure to end: it is put here, which waits for
// nothing, and moved when the bench opens again.
const LEFT = "bench-left:";
const writing = new Map();

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
  }).then(moved);
  return opened;
}

async function moved(db) {
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith(LEFT))) {
    const { store, record } = JSON.parse(localStorage.getItem(name));
    await db.put(store, record);
    localStorage.removeItem(name);
  }
  return db;
}

/** The page is left: what is being written outlives it. A photograph is no text, and has only its own write. */
export function leave() {
  for (const [key, { store, record }] of writing) if (store !== "photos") localStorage.setItem(LEFT + key, JSON.stringify({ store, record }));
}

/** The page that was left is shown again as it was. */
export const returned = async () => moved(await database());

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

export async function keep(store, fields) {
  const record = { ...fields, key: keyOf(fields) };
  const one = { store, record };
  writing.set(record.key, one);
  try {
    await (await database()).put(store, record);
  } finally {
    if (writing.get(record.key) === one) writing.delete(record.key);
  }
}

export async function drop(store, record) {
  writing.delete(keyOf(record));
  await (await database()).delete(store, keyOf(record));
}

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
