"""What a program read off regions of photographs, for whoever may see them; as the database decides."""

from django.db.models import F, Func, JSONField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from catalogue.models import ReadingState, RegionReading

from .shape import Field, code, decimal, text

# As json, which is read as it is written; what was erased is an object.
LINES = Func(
    F("lines"),
    template="CASE WHEN jsonb_typeof(%(expressions)s) = 'array' THEN %(expressions)s::json END",
    output_field=JSONField(),
)


def of_region(expression):
    """A correlated query for one value of a region's reading."""
    found = RegionReading.objects.filter(region=OuterRef("pk"), voided_at=None).order_by("id")
    return Subquery(found.annotate(wanted_=expression).values("wanted_")[:1])


def fields():
    """The fields of a region's release shape that tell of its reading."""
    return {
        "readings": Field(
            "json",
            Coalesce(of_region(LINES), Func(template="'[]'::json", output_field=JSONField())),
            "Lines that a program read off it, from the top: an offer to a person; no marking, and no evidence.",
            null=False,
            items={
                "text": text("text", "The line as the program read it.", null=False),
                "score": decimal("score", "The program's own estimate from 0 to 1; no probability.", null=False),
            },
            of=RegionReading,
        ),
        "reading": code(
            of_region(F("state")),
            "How far the reading is: waiting, read, failed or unread (moved since); null where nobody asked for one.",
            null=True,
            choices=tuple(ReadingState.values),
        ),
    }


def with_readings(regions):
    """A query for regions that brings their readings along: as `told`, {state, lines, said, at (epoch)} or None."""
    parts = "'state', state, 'lines', lines, 'said', said, 'at', extract(epoch FROM updated_at)"
    return regions.annotate(told=of_region(Func(template=f"jsonb_build_object({parts})", output_field=JSONField())))


def offers(told):
    """[{text, score}] of what `with_readings` brought along for one region."""
    lines = told["lines"] if told and told["state"] == ReadingState.READ else []
    return lines if isinstance(lines, list) else []
