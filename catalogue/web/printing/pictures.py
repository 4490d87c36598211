"""Pictures in printed documents: a thumbnail of each photograph, and of a component the part that shows it."""

from catalogue.actions.photos import file_of
from catalogue.exports.pictures import small
from catalogue.models import Photo, PhotoRegion, RegionPurpose


class Pictures:
    """Made once, gathered by name; at most `most` of them."""

    def __init__(self, most, masks=None):
        self.most, self.masks, self.made = most, masks or {}, {}

    def of(self, photo, region=None):
        """The name of the picture of `photo`, or of its part in `region`; None where there is no file or too many."""
        name = f"{photo.pk.hex}{'-' + region.pk.hex if region else ''}.jpg"
        if name in self.made:
            return name
        if len(self.made) >= self.most:
            return None
        try:
            path, _media_type = file_of(photo, "view")
            self.made[name] = small(
                path,
                full=(photo.width, photo.height),
                region=region.points if region else None,
                masks=self.masks.get(photo.pk, ()),
            )
        except (OSError, ValueError, TypeError):  # no file, or points that are none
            return None
        return name


def masks_of(specimen):
    """{photograph's id: [points]} of what is masked in the photographs of a specimen for wider audiences."""
    found = {}
    regions = PhotoRegion.objects.filter(photo__specimen=specimen, purpose=RegionPurpose.MASK, voided_at=None)
    for photo, points in regions.values_list("photo_id", "points"):
        found.setdefault(photo, []).append(points)
    return found


def shown_by(components):
    """{component's id: (photograph, region or None)}: the first region that shows it, else its first photograph."""
    found = {}
    photos = Photo.objects.filter(component__in=components, voided_at=None).order_by("position", "id")
    for photo in photos:
        found.setdefault(photo.component_id, (photo, None))
    regions = PhotoRegion.objects.filter(
        component__in=components, purpose=RegionPurpose.SHOWS, voided_at=None, photo__voided_at=None
    )
    first = {}
    for region in regions.select_related("photo").order_by("id"):
        first.setdefault(region.component_id, (region.photo, region))
    return found | first
