// Brings the photographs and the sheet together: a row that is gone to is shown on its photograph, a region that is
// pressed leads to its row, what is drawn is linked with the row one is in, and its crop stands for the row.
import { data, say } from "./bench_fields.js";
import { Link } from "./bench_link.js";
import { Photos } from "./bench_photos.js";
import { Regions, readOff } from "./bench_regions.js";

const PAUSE = 160; // milliseconds on a row before the picture goes to it: whoever walks on sees the rows alone

/** {photos, regions, link()}: `link(sheet, acts)` is called once there is a sheet. */
export function pictures(rows, sync, { said, tell }) {
  const pane = document.getElementById("viewer");
  const regions = new Regions(rows, sync, data.regions ?? [], { said, tell });
  const photos = new Photos(pane, data.photographs ?? [], { regions, sync, said });
  const of = new Map(); // reference → its first photograph
  for (const photo of photos.list) if (!of.has(photo.component?.reference)) of.set(photo.component?.reference, photo);

  /** What the row shows of itself: the crop of a region, else a photograph of its own. */
  const seen = (row) => {
    const drawn = regions.of(row);
    const crop = drawn.find((one) => one.saved && one.purpose === "shows") ?? drawn.find((one) => one.saved);
    const photo = (row.reference && of.get(row.reference)) ?? photos.ofRow(row);
    row.seen = drawn.length;
    row.thumb = crop ? Regions.cropOf(crop) : photo ? new URL(photo.renditions.thumbnail, location).pathname : "";
    row.read = readOff(regions, row);
  };
  for (const row of rows.list) seen(row);

  function goTo(row) {
    const { viewer, current } = photos;
    if (!viewer || viewer.draft) return;
    if (regions.byId.get(viewer.chosen)?.row === row) return;
    const drawn = regions.of(row);
    const here = drawn.findLast((one) => one.photo === current.id);
    if (here) return void viewer.select(here.id);
    const own = current.component?.reference && current.component.reference === row.reference;
    const there = own ? undefined : (drawn.find((one) => one.purpose === "shows") ?? drawn[0]);
    const photo = own ? current : there ? photos.list.find(({ id }) => id === there.photo) : photos.ofRow(row);
    if (photo && photo !== current) photos.show(photo, there?.id);
    else if (viewer.chosen) viewer.select(null);
  }

  let going;
  document.addEventListener("component-chosen", ({ detail: { id } }) => {
    clearTimeout(going);
    going = setTimeout(() => rows.byId.has(id) && goTo(rows.byId.get(id)), PAUSE);
  });

  return {
    photos,
    regions,
    get waiting() {
      return regions.waiting;
    },
    async restore() {
      await regions.restore();
      await photos.restore();
      for (const row of rows.list) seen(row);
    },
    send() {
      regions.again();
      photos.send();
    },
    /** A further photograph of a component. */
    add(photo) {
      photos.add(photo);
      const row = rows.list.find((one) => one.reference === photo.component?.reference);
      if (row) regions.dispatchEvent(new CustomEvent("seen", { detail: { row } }));
    },
    link(sheet, acts) {
      const link = new Link(pane, {
        rows,
        regions,
        photos,
        nameOf: (row) => sheet.nameOf(row),
        acts: {
          row: () => (rows.list.includes(sheet.at.row) ? sheet.at.row : null),
          fresh: () => acts.fresh(),
          back: () => sheet.focus(),
          go: (row) => {
            if (sheet.at.row === row) return sheet.focus();
            sheet.commit();
            sheet.go(row, sheet.at.field);
          },
          unmake: (row) => rows.isEmpty(row) && rows.list.length > 1 && rows.list.includes(row) && rows.remove(row, say("undone_reason")),
        },
      });
      regions.addEventListener("seen", ({ detail: { row } }) => {
        if (row) {
          seen(row);
          sheet.draw(row);
        }
        photos.again();
      });
      rows.addEventListener("changed", ({ detail: { row } }) => link.region?.row === row && link.show(link.region));
      photos.addEventListener("pointed", ({ detail: { photo } }) => {
        const row = photo.component && rows.list.find(({ reference }) => reference === photo.component.reference);
        if (row) sheet.go(row, sheet.at.field);
      });
      return link;
    },
  };
}
