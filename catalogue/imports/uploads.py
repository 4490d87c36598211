"""Files that wait for their import: each in a private folder under STATE, with what came of reading it.

Web server and worker are processes of their own and meet here; progress stands here too, because what a job writes
into the database is seen by nobody before it ends.
"""

import json
import os
import shutil

from django.conf import settings

from .rejects import write_rejects

STEPS = 6  # sentences that `import_published` says on its way


class Upload:
    """The folder of one import, by its id."""

    def __init__(self, run):
        self.folder = settings.STATE / "imports" / str(run)
        self.file = self.folder / "file.csv"
        self.rejected = self.folder / "rejected.csv"
        self.steps = 0

    def keep(self, chunks):
        """Keep the bytes that were sent."""
        self.make()
        with open(os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in chunks:
                out.write(chunk)

    def make(self):
        """The folder, which nobody else on the machine may look into."""
        self.folder.parent.mkdir(mode=0o700, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def discard(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget_file(self):
        """After the run the file is needed no longer; rejected rows are kept."""
        for path in (self.file, self.folder / "preview.json", self.folder / "progress.json"):
            path.unlink(missing_ok=True)

    def begin(self):
        """A job begins: what an earlier one left is out of date."""
        self.make()
        self.write("progress.json", {"step": 0, "of": STEPS})

    def step(self, _sentence=""):
        """A job is one step further."""
        self.steps += 1
        self.write("progress.json", {"step": min(self.steps, STEPS), "of": STEPS})

    @property
    def progress(self):
        """{step, of} of the job that runs, or None."""
        return self.read("progress.json")

    @property
    def preview(self):
        """{counts, rows: the first as they will be}, or None."""
        return self.read("preview.json")

    def keep_preview(self, counts, rows):
        self.write("preview.json", {"counts": counts, "rows": rows})

    def forget_preview(self):
        (self.folder / "preview.json").unlink(missing_ok=True)

    def keep_rejected(self, rows):
        if rows:
            write_rejects(self.rejected, rows)

    @property
    def undone(self):
        """[{noun, name, why}] of what stayed when the import was undone."""
        return self.read("undone.json") or []

    def keep_undone(self, rows):
        self.write("undone.json", rows)

    def write(self, name, content):
        """All of it or nothing is ever read."""
        new = self.folder / f"{name}.new"
        new.write_text(json.dumps(content), encoding="utf-8")
        new.replace(self.folder / name)

    def read(self, name):
        try:
            return json.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
