"""/api/v1/markings/read/"""

from django.http import JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view

from catalogue.actions.refusals import Refused
from catalogue.markings.reading import Reading, read_marking

from .service import of_texts, refuse_parameters

MOST = 1_000
LONGEST = 10_000  # characters of one marking
MOST_CHARACTERS = 250_000  # of all: what is read in some seconds at worst

DATE_READING = of_texts("scheme", "first", "last")
DATE_READING["properties"] |= {
    "scheme": {"type": "string", "enum": ["YYWW", "YYMM", "MMYY", "YYYY", "YWW"]},
    "first": {"type": "string", "format": "date", "description": "First day it can mean."},
    "last": {"type": "string", "format": "date", "description": "Last day it can mean."},
    "chosen": {"type": "boolean", "description": "The reading that is believed; at most one."},
}
DATE_READING["required"].append("chosen")
READING = of_texts("maker", "mpn", "base_part", "date_code", "lot", "marked_country")
READING["properties"] |= {
    "mpn": {
        "type": "string",
        "description": "Part number as its maker spells it; empty when only the family is known.",
    },
    "base_part": {"type": "string", "description": "Family without package, temperature and packing."},
    "score": {"type": "number", "minimum": 0, "maximum": 1, "description": "Belief; from 0.9 confident."},
    "date_readings": {"type": "array", "items": DATE_READING},
    "marked_country": {"type": "string", "description": "Country printed on the part, ISO 3166; not the maker's seat."},
    "leftover": {"type": "array", "items": {"type": "string"}, "description": "What no rule explains."},
    "reasons": {"type": "array", "items": {"type": "string"}, "description": "Why, in words."},
}
READING["required"] += ["score", "date_readings", "leftover", "reasons"]
ASKED = {
    "type": "object",
    "properties": {
        "markings": {
            "type": "array",
            "maxItems": MOST,
            "items": {
                "type": "object",
                "properties": {"marking": {"type": "string", "maxLength": LONGEST}, "maker": {"type": "string"}},
                "required": ["marking"],
            },
        }
    },
    "required": ["markings"],
}
ANSWER = {
    "type": "object",
    "properties": {
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"readings": {"type": "array", "items": READING}},
                "required": ["readings"],
            },
        }
    },
    "required": ["results"],
}


@extend_schema(
    operation_id="markings_read",
    tags=["markings"],
    request={"application/json": ASKED},
    responses={200: ANSWER},
)
@api_view(["POST"])
def read(request):
    """What each marking may be, best first, in the order sent. Nothing is looked up and nothing recorded.

    A reading without a number says in its reasons why nothing is plausible.
    """
    refuse_parameters(request)
    results = [
        {"readings": [told(reading) for reading in read_marking(marking, maker)]}
        for marking, maker in checked(request.data)
    ]
    return JsonResponse({"results": results}, json_dumps_params={"ensure_ascii": False})


def checked(body) -> list[tuple[str, str]]:
    """Markings and makers as sent. Raises Refused with one sentence that names the first fault."""
    markings = body.get("markings") if isinstance(body, dict) else None
    if not isinstance(markings, list) or set(body) != {"markings"}:
        raise Refused('Send {"markings": [{"marking": "…", "maker": "…"}]} and nothing else.', "markings")
    if len(markings) > MOST:
        raise Refused(f"Send {MOST:,} markings at most at once; these are {len(markings):,}.", "markings")
    pairs = [one(number, item) for number, item in enumerate(markings, 1)]
    if sum(len(marking) for marking, _ in pairs) > MOST_CHARACTERS:
        raise Refused(f"Send markings of {MOST_CHARACTERS:,} characters at most in all.", "markings")
    return pairs


def one(number: int, item) -> tuple[str, str]:
    """One marking and its maker."""
    if not isinstance(item, dict) or not isinstance(item.get("marking"), str):
        raise Refused(f"Marking {number} needs a text “marking”.", "markings")
    unknown = next((name for name in item if name not in ("marking", "maker")), None)
    if unknown is not None:
        raise Refused(f"Marking {number} has an unknown key {unknown[:40]!r}; it takes marking and maker.", "markings")
    maker = item.get("maker") or ""
    if not isinstance(maker, str) or len(maker) > 300:
        raise Refused(f"The maker of marking {number} must be a text of 300 characters at most.", "markings")
    if len(item["marking"]) > LONGEST:
        raise Refused(f"Marking {number} is longer than {LONGEST:,} characters; send what is printed.", "markings")
    return item["marking"], maker


def told(reading: Reading) -> dict:
    """A reading as it is sent."""
    return {
        "maker": reading.maker,
        "mpn": reading.mpn,
        "base_part": reading.base_part,
        "score": reading.score,
        "date_code": reading.date_code,
        "date_readings": [
            {"scheme": date.scheme, "first": date.first, "last": date.last, "chosen": date.chosen}
            for date in reading.date_readings
        ],
        "lot": reading.lot,
        "marked_country": reading.marked_country,
        "leftover": list(reading.leftover),
        "reasons": list(reading.reasons),
    }
