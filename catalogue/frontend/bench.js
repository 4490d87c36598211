// The bench: photographs at the left, the sheet of components at the right. Brings its parts together.
import { data, say } from "./bench_fields.js";
import { Camera } from "./bench_camera.js";
import { recordNew, resolve } from "./bench_find.js";
import { Keys } from "./bench_keys.js";
import { photographsOf } from "./bench_photos.js";
import { pictures } from "./bench_pictures.js";
import { beginReadings, take } from "./bench_readings.js";
import { Rows, merged, newRow } from "./bench_rows.js";
import { Sheet } from "./bench_sheet.js";
import { splitting } from "./bench_split.js";
import { keeps, others, recall, remember, returned, waiting } from "./bench_store.js";
import { Sync } from "./bench_sync.js";
import { beginTemplate } from "./bench_template.js";

const bench = document.getElementById("bench");
const find = (selector) => bench.querySelector(selector);
const shell = Boolean(data.shell);
const state = { note: "", other: "" };

/** Who types: as the page says, or without a connection as this browser remembers. */
async function whoTypes() {
  if (!shell) {
    const who = { user: data.user, person: data.person, specimen: data.specimen };
    await remember("who", { user: who.user, person: who.person }).catch(() => {});
    return who;
  }
  data.specimen = decodeURIComponent(location.pathname.split("/").at(-3));
  find("[data-title]").append(` ${data.specimen}`);
  const known = await recall("who").catch(() => null);
  return known && { ...known, specimen: data.specimen };
}

/** Rows that waited in this browser, brought together with what the server says by now. */
async function restored(rows, sync) {
  const kept = await waiting("rows", sync.who.user, sync.who.specimen).catch(() => []);
  const back = [];
  for (const one of kept) {
    let row = rows.byId.get(one.id);
    if (!row) {
      row = Object.assign(newRow(), { id: one.id, reference: one.reference, url: one.url, version: one.version, saved: one.saved });
      if (!one.gone) {
        rows.list.push(row);
        rows.byId.set(row.id, row);
      }
      Object.assign(row, { values: one.values, conflict: null });
    } else {
      const { values, conflict } = merged(one.saved ?? one.sent ?? row.saved, one.values, row.saved);
      Object.assign(row, { values, conflict });
    }
    Object.assign(row, { sent: one.sent, open: one.open, gone: one.gone, order: one.order, state: row.conflict ? "conflict" : "waiting" });
    sync.kept.rows.add(row);
    back.push([row, one.draft]);
  }
  rows.arrange();
  return back;
}

const who = (sync) => Boolean(sync.who.user);

// What is said of all rows, at most once a frame: a block that is pasted changes many.
let telling;
function tell(sync) {
  telling ??= requestAnimationFrame(() => {
    telling = undefined;
    tellNow(sync);
  });
}

function tellNow(sync) {
  const count = sync.waiting + (sync.kept.photos ?? 0) + (sync.kept.regions?.() ?? 0);
  let text = count ? say("some_wait", { COUNT: count }) : say("all_saved");
  if (!who(sync)) text = say("nobody");
  else if (sync.kept.fails && count) text = say("no_room");
  else if (shell || sync.offline) text = say("offline", { NAME: sync.who.person, COUNT: count });
  else if (sync.signedOut) text = say("signed_out");
  else if (sync.needsReason && count) text = say("reason_first");
  const held = sync.rows.list.filter((row) => row.state);
  const unknown = held.filter((row) => !row.values.manufacturer);
  if (who(sync)) text += ` ${say("counted", { COUNT: held.length, UNKNOWN: unknown.length })}`;
  find("[data-said]").textContent = [text, state.note, state.other].filter(Boolean).join(" ");
  find("[data-sign-in]").hidden = !sync.signedOut;
  bench.dataset.waiting = count;
}

function actsOf(rows, sync, camera, pictured, sheetOf) {
  const said = (note) => {
    state.note = note;
    tell(sync);
  };
  return {
    said,
    left: (row) => {
      if (Object.keys(row.open).length) resolve(rows, row).then(() => sheetOf().draw(row)).catch(() => {});
      sync.due(row);
    },
    chosen: (row) => document.dispatchEvent(new CustomEvent("component-chosen", { detail: { reference: row.reference, id: row.id } })),
    drafted: (row) => sync.store(row),
    back: (again) => {
      sheetOf().commit();
      const step = again ? rows.redo() : rows.undo(say("undone_reason"));
      said(say(step ? (again ? "redone" : "undone") : again ? "nothing_redone" : "nothing_undone"));
      const last = step?.at(-1);
      const row = last?.row ?? (again ? last?.made : last?.removed);
      if (step) sheetOf().go(rows.list.includes(row) ? row : (rows.list.includes(sheetOf().at.row) ? sheetOf().at.row : rows.list.at(-1)), last?.field && last.field !== "marking_state" ? last.field : sheetOf().at.field);
    },
    record: async (row, field) => {
      const refused = await recordNew(rows, row, field, sync).catch(() => say("offline", { NAME: sync.who.person, COUNT: sync.waiting }));
      if (refused) said(refused);
      else sync.due(row);
      sheetOf().draw(row);
    },
    use: (row, field, one) => {
      rows.choose(row, field, one);
      sync.due(row);
    },
    anew: (row) => {
      rows.step(() => {
        const twin = rows.fresh(row, { ...row.values });
        for (const region of pictured.regions.of(row)) pictured.regions.change(region, { row: twin });
        for (const child of rows.list) if (child.values.parent === row.id && child !== twin) rows.set(child, "parent", { value: twin.id });
        row.order = Date.now() + 1;
        rows.remove(row, say("anew_reason"));
        sync.due(twin);
        sheetOf().go(twin, "marking");
      });
    },
    keepRead: (row) => {
      rows.set(row, "marking", { value: row.saved.marking });
      rows.set(row, "marking_state", { value: row.saved.marking_state });
    },
    takeRead: (row) => {
      sheetOf().commit();
      rows.type(row, "marking", row.read);
      sync.due(row);
      sheetOf().go(row, "marking");
    },
    takeReading: (row) => {
      if (take(rows, row)) said(say("reading_taken"));
      sheetOf().focus();
    },
    fresh: () => {
      const last = rows.list.at(-1);
      return last && rows.isEmpty(last) ? last : rows.fresh();
    },
    photograph: (row, file) => camera.take(row, file, sheetOf().nameOf(row)),
  };
}

async function begin() {
  const who = await whoTypes();
  const rows = new Rows(data.rows ?? []);
  for (const row of rows.list) row.photos = photographsOf(row);
  let sheet;
  const sync = new Sync(rows, who ?? {}, {
    shell,
    kept: { rows: new Set(), photos: 0, fails: !(await keeps()) },
    changed: (row) => {
      if (row) sheet?.draw(row);
      tell(sync);
      if (!row) camera.send();
      if (!row) pictured.send();
    },
  });
  const pictured = pictures(rows, sync, { said: (note) => acts.said(note), tell: () => tell(sync) });
  sync.kept.regions = () => pictured.waiting;
  const camera = new Camera(rows, sync, { said: (note) => acts.said(note), shown: (photo) => pictured.add(photo) });
  const acts = actsOf(rows, sync, camera, pictured, () => sheet);
  const back = who ? await restored(rows, sync) : [];
  await camera.restore();
  await pictured.restore();
  if (!rows.list.length && who) rows.list.push(first(rows));
  sheet = new Sheet(document.getElementById("sheet"), rows, sync, acts);
  const keys = new Keys(sheet, acts);
  for (const [row, draft] of back) {
    if (draft) rows.type(row, draft.field, draft.text);
    sync.due(row);
  }
  pictured.link(sheet, acts);
  equip(rows, sync, sheet, keys, acts);
  beginReadings(sheet);
  beginTemplate({ rows, sheet, sync, acts });
  const names = who ? await others(who.user).catch(() => []) : [];
  state.other = names.map((name) => say("others", { NAME: name })).join(" ");
  tell(sync);
  if (!shell) camera.send();
  if (!shell) pictured.send();
  bench.dataset.ready = "yes";
}

function first(rows) {
  const row = newRow();
  rows.byId.set(row.id, row);
  row.depth = 0;
  return row;
}

// Buttons, events of the photographs, the reason of an amendment, coming and going of the connection.
function equip(rows, sync, sheet, keys, acts) {
  const fresh = () => sheet.go(acts.fresh(), "designator");
  find("[data-do=new]").addEventListener("click", fresh);
  find("[data-do=undo]").addEventListener("click", () => acts.back(false));
  find("[data-do=redo]").addEventListener("click", () => acts.back(true));
  splitting(find(".bench-split"));
  amending(sync);
  addEventListener("pagehide", () => {
    if (sheet.editor.typing) sheet.commit();
    sync.leave();
  });
  addEventListener("pageshow", ({ persisted }) => persisted && returned());
  document.addEventListener("visibilitychange", () => document.hidden && keys.away());
  new BroadcastChannel("bench").onmessage = () => "leaving" in document.documentElement.dataset || location.reload();
  if (sheet.rows.list.length) sheet.go(rows.list.at(-1), "designator");
  navigator.serviceWorker?.register(data.urls.worker, { scope: data.urls.scope }).catch(() => {});
  if (shell) reconnecting(sheet);
}

// A reviewed specimen is amended for a reason, asked once for this page's session.
function amending(sync) {
  if (!data.reviewed) return;
  const form = find("[data-reason]");
  const key = `bench-reason:${data.specimen}`;
  sync.reason = sessionStorage.getItem(key) ?? "";
  form.hidden = Boolean(sync.reason);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sync.reason = form.querySelector("input").value.trim();
    if (!sync.reason) return;
    sessionStorage.setItem(key, sync.reason);
    form.hidden = true;
    for (const row of sync.kept.rows) sync.due(row);
    sync.changed(); // photographs and regions go out too
  });
}

// Without a connection this is the shell: when the catalogue answers again, its page takes over.
function reconnecting(sheet) {
  const attempt = async () => {
    if (!sheet.editor.typing) {
      const answer = await fetch("/api/v1/health/", { cache: "no-store", signal: AbortSignal.timeout(5000) }).catch(() => null);
      if (answer?.ok && !sheet.editor.typing) return location.reload();
    }
    setTimeout(attempt, 3000);
  };
  addEventListener("online", attempt, { once: true });
  setTimeout(attempt, 3000);
}

begin();
