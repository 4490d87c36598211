"""Regions of a photograph as W3C Web Annotations (Web Annotation Data Model, 23 February 2017)."""

from html import escape

from catalogue.models import RegionPurpose, RegionShape

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATION = {
    RegionPurpose.SHOWS: "identifying",
    RegionPurpose.MARKING: "describing",
    RegionPurpose.MASK: "moderating",
    RegionPurpose.SCALE: "describing",
}


def page(photo, regions, here):
    """The AnnotationPage of a photograph; `here` is the host, before every address."""
    address = f"{here}/api/v1/photos/{photo.pk}/annotations/"
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationPage",
        "items": [annotation(photo, region, here) for region in regions],
    }


def annotation(photo, region, here):
    """One region. The target is the photograph in full size, upright, which its points are pixels of."""
    return {
        "id": f"{here}/api/v1/regions/{region.pk}/",
        "type": "Annotation",
        "motivation": MOTIVATION[region.purpose],
        "created": region.created_at.isoformat(),
        "modified": region.updated_at.isoformat(),
        "body": list(bodies(region, here)),
        "target": {
            "source": {
                "id": f"{here}/api/v1/photos/{photo.pk}/original/",
                "type": "Image",
                "format": photo.media_type,
                "width": photo.width,
                "height": photo.height,
            },
            "selector": selector(photo, region),
        },
    }


def bodies(region, here):
    yield {"type": "TextualBody", "purpose": "classifying", "value": region.purpose}
    if region.component is not None:
        yield {
            "type": "SpecificResource",
            "purpose": "identifying",
            "source": f"{here}/api/v1/components/{region.component.reference}/",
        }
    if region.note:
        yield {"type": "TextualBody", "purpose": "commenting", "value": region.note}
    if region.length_mm:
        yield {"type": "TextualBody", "purpose": "describing", "value": f"{region.length_mm:g} mm"}


def selector(photo, region):
    """A rectangle as a media fragment in pixels, anything else as SVG."""
    if region.shape == RegionShape.RECTANGLE:
        (x1, y1), (x2, y2) = region.points
        left, top, width, height = min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2)
        value = f"xywh=pixel:{left:g},{top:g},{width:g},{height:g}"
        return {"type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/", "value": value}
    points = " ".join(f"{x:g},{y:g}" for x, y in region.points)
    form = "polyline" if region.shape == RegionShape.LINE else "polygon"
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {photo.width} {photo.height}">'
    return {"type": "SvgSelector", "value": f'{drawn}<{form} points="{escape(points)}"/></svg>'}
