"""All vocabularies: those that grow (rows) and those that are fixed (constants)."""

from catalogue import models
from catalogue.models import VOCABULARIES
from catalogue.models.agencies import Level
from catalogue.models.base import NameKind
from catalogue.models.sources import Credibility, Reliability, Stance

FIXED = {
    "authenticity": models.Authenticity,
    "claim-kinds": models.ClaimKind,
    "component-kinds": models.ComponentKind,
    "conditions": models.Condition,
    "confidence": models.Confidence,
    "control-classes": models.ControlClass,
    "credibility": Credibility,
    "custody-kinds": models.CustodyKind,
    "evidence-status": models.EvidenceStatus,
    "examination-stages": models.Stage,
    "file-kinds": models.FileKind,
    "goods-kinds": models.GoodsKind,
    "grades": models.Grade,
    "identification-states": models.IdentificationState,
    "leg-kinds": models.LegKind,
    "marking-states": models.MarkingState,
    "name-kinds": NameKind,
    "number-kinds": models.NumberKind,
    "reading-states": models.ReadingState,
    "region-purposes": models.RegionPurpose,
    "region-shapes": models.RegionShape,
    "reliability": Reliability,
    "review": models.Review,
    "searched-nouns": models.SearchedNoun,
    "specimen-kinds": models.SpecimenKind,
    "specimen-number-kinds": models.SpecimenNumberKind,
    "stance": Stance,
    "upload-states": models.UploadState,
}


def everything():
    """[{name, grows, terms: [{code, label_en, label_uk, …}]}], by name."""
    found = [{"name": name, "grows": True, "terms": grown(model)} for name, model in VOCABULARIES.items()]
    found += [{"name": name, "grows": False, "terms": fixed(words)} for name, words in FIXED.items()]
    found.append(
        {
            "name": "handling",
            "grows": False,
            "terms": [
                {"code": level.label, "label_en": f"TLP:{level.label}", "label_uk": f"TLP:{level.label}"}
                for level in Level
            ],
        }
    )
    return sorted(found, key=lambda vocabulary: vocabulary["name"])


def grown(model):
    columns = ["code", "label_en", "label_uk", "description"]
    if hasattr(model, "parent_id"):
        columns.append("parent_id")
    return [
        {name.removesuffix("_id"): value for name, value in row.items() if name != "deprecated_at"}
        | {"deprecated": row["deprecated_at"] is not None}
        for row in model.objects.values(*columns, "deprecated_at")
    ]


def fixed(words):
    return [{"code": w.value, "label_en": str(w.label), "label_uk": w.ukrainian, "deprecated": False} for w in words]


def terms_of(vocabulary):
    """[(code, English, Ukrainian)] of a vocabulary."""
    if vocabulary in FIXED:
        return [(word.value, str(word.label), word.ukrainian) for word in FIXED[vocabulary]]
    return list(VOCABULARIES[vocabulary].objects.values_list("code", "label_en", "label_uk"))
