"""How the installation does: versions, what has to work for it to work, jobs, the last backup."""

import os
import platform
import shutil
import tomllib
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from allauth import __version__ as sign_in
from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.queries import administration as asked
from catalogue.security.check import catalogue_models, findings

SILENT = timedelta(minutes=2)  # a worker gives a sign of life every ten seconds
LITTLE = 2 * 1024**3  # bytes; below that photographs and backups soon find no room
OLD = timedelta(days=2)


def versions():
    """(what, version) of the catalogue and what it stands on."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [
        (_("Catalogue"), project["version"]),
        ("PostgreSQL", asked.database()[0]),
        ("Python", platform.python_version()),
        ("Django", version("django")),
        ("django-allauth", sign_in),
        ("procrastinate", version("procrastinate")),
    ]


def health(now=None):
    """(what, whether it is well, one sentence) for each thing that has to work."""
    now = now or timezone.now()
    return [database(), media(), *map(room, places()), worker(now), backup(now)]


def database():
    size = asked.database()[1]
    return _("Database"), True, _("Answers; it takes %(size)s.") % {"size": sized(size)}


def media():
    folder = settings.MEDIA_ROOT
    well = os.access(folder if os.path.exists(folder) else folder.parent, os.W_OK)
    if well:
        return _("Photographs"), True, _("The folder can be written.")
    return (
        _("Photographs"),
        False,
        _("The folder %(folder)s cannot be written: give it to the server.") % {"folder": folder},
    )


def places():
    """The folders whose disks fill up, one for each disk."""
    disks = {}
    for folder in (settings.MEDIA_ROOT, settings.STATE):
        existing = next(place for place in (folder, *folder.parents) if place.exists())
        disks.setdefault(existing.stat().st_dev, existing)
    return disks.values()


def room(folder):
    usage = shutil.disk_usage(folder)
    said = _("%(free)s of %(total)s free where %(folder)s lies.")
    said %= {"free": sized(usage.free), "total": sized(usage.total), "folder": folder}
    return _("Disk"), usage.free >= LITTLE, said


def worker(now):
    alive = [at for at in asked.workers() if now - at < SILENT]
    if alive:
        said = ngettext("%(n)s worker at work.", "%(n)s workers at work.", len(alive)) % {"n": len(alive)}
        return _("Jobs in the background"), True, said
    return (
        _("Jobs in the background"),
        False,
        _("No worker gave a sign of life for two minutes: start the catalogue."),
    )


def last_backup():
    """(name, when, bytes) of the newest backup in STATE/backups; None when there is none."""
    folder = settings.STATE / "backups"
    found = max(folder.glob("catalogue-*.tar"), key=lambda file: file.stat().st_mtime, default=None)
    if found is None:
        return None
    status = found.stat()
    return found.name, datetime.fromtimestamp(status.st_mtime, UTC), status.st_size


def backup(now):
    found = last_backup()
    if found is None:
        return (
            _("Backup"),
            False,
            _("There is none in %(folder)s yet: run make backup.") % {"folder": settings.STATE / "backups"},
        )
    name, at, size = found
    said = _("%(name)s of %(at)s, %(size)s.") % {"name": name, "at": f"{at:%Y-%m-%d %H:%M} UTC", "size": sized(size)}
    return _("Backup"), now - at < OLD, said


def access():
    """(what forbids serving, what only makes it slower): the look at the locks that every start begins with."""
    return findings(catalogue_models(apps))


def sized(size):
    """A number of bytes as people say it."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if size >= 10 or unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
