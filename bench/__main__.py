"""`python -m bench [--little N] [--large N] [--only pages,server,…]`: measure, and print one table."""

import argparse
import platform
import sys
import timeit
from datetime import date
from os import getloadavg

from forensics import env, postgres

PARTS = (
    "pages", "depths", "growth", "views", "search", "server", "streams", "import",
    "photographs", "workbench", "research",
)  # fmt: skip
OF_THEIR_OWN = {"import", "photographs", "workbench"}  # parts that make what they measure


def main(arguments):
    """Exit code 1 when a limit is missed."""
    asked = parsed(arguments)
    if not postgres.embedded():
        raise SystemExit("make bench makes databases of its own in the embedded PostgreSQL: unset DATABASE_URL.")
    env.give(FORENSICS_ROLE="catalogue_app", FORENSICS_PERSISTENT=1, DJANGO_SETTINGS_MODULE="forensics.settings")
    with postgres.serving():
        import django

        django.setup()
        from django.conf import settings

        # Pages asked for in this process name their files as they are: none are collected for it.
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        from .figures import table

        found = list(measured(asked))
        print(head())
    print(table(found))
    return 1 if any(figure.held is False for figure in found) else 0


def parsed(arguments):
    """Sizes and parts."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--little", type=int, default=10_000, help="components of the little catalogue")
    parser.add_argument("--large", type=int, default=1_000_000, help="components of the large catalogue")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    asked = parser.parse_args(arguments)
    asked.only = asked.only.split(",")
    if unknown := set(asked.only) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; write some of {', '.join(PARTS)}")
    return asked


def measured(asked):
    """All figures that were asked for, as they come."""
    from . import imported, load, pages, photographs, research, search, server, views, workbench

    steps = {
        "pages": lambda: pages.against_sql(large),
        "depths": lambda: pages.depths(large),
        "growth": lambda: pages.growth(little, large),
        "views": lambda: views.times(large),
        "search": lambda: search.figures(large),
        "server": lambda: server.requests_a_second(large),
        "streams": lambda: server.streams(large),
        "import": imported.against_sql,
        "photographs": photographs.ingest,
        "workbench": workbench.figures,
        "research": lambda: research.figures(large),
    }
    little = load.ready(asked.little) if "growth" in asked.only else None
    large = load.ready(asked.large) if set(asked.only) - OF_THEIR_OWN else None
    for name in asked.only:
        for figure in steps[name]():
            load.say("  " + "  ".join(cell for cell in figure.cells() if cell))
            yield figure


def head():
    """When and where this was measured."""
    import psycopg
    from psutil import cpu_count, virtual_memory

    with psycopg.connect(**postgres.parameters("catalogue_app")) as database:
        release = database.info.server_version // 10000
    return (
        f"{date.today().isoformat()}, {cpu_count()} cores, {virtual_memory().total / 1e9:.0f} GB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, PostgreSQL {release}; "
        f"ten million turns of an empty loop: {yardstick():.2f} s, other load {getloadavg()[0]:.1f}\n"
    )


def yardstick():
    """Seconds of an empty loop, the best of three: tells a slow or busy machine from a slow program."""
    return min(timeit.repeat("for _ in range(10_000_000): pass", number=1, repeat=3))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
