"""The sources of published records: one for each host that publishes them."""

from catalogue.models import Source

from .undo import bring_back


def slug_of(host):
    return host.replace(".", "-") or "published-without-address"


def find_sources(rows):
    """{host: id of the source, None for one that is not known yet}; the oldest of several."""
    hosts = dict.fromkeys(row["host"] for row in rows)
    known = Source.objects.filter(slug__in=map(slug_of, hosts), voided_at=None).order_by("-created_at")
    found = dict(known.values_list("slug", "id"))
    return {host: found.get(slug_of(host)) for host in hosts}


def make_sources(publication):
    """Each row has a source: a host that is not known yet becomes one of unjudged reliability."""
    new = {slug_of(host): host for host, pk in publication.sources.items() if pk is None}
    made = bring_back(Source, new, actor=publication.actor, declared=publication.declared)
    rows = [
        {
            "slug": slug,
            "title": f"Component records published at {host}" if host else "Component records without address",
            "publisher": host,
            "kind_id": "portal",
            "url": f"https://{host}/" if host else "",
            "reliability": "F",
        }
        for slug, host in new.items()
        if slug not in made
    ]
    made |= dict(zip((row["slug"] for row in rows), publication.load_named(Source, rows), strict=True))
    publication.counts["sources"] = len(new)
    publication.sources |= {host: made[slug] for slug, host in new.items()}
    for row in publication.rows:
        row["source"] = publication.sources[row["host"]]
