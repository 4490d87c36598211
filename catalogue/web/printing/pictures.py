"""Pictures in printed documents: a thumbnail of each photograph, and of a component the part that shows it."""

from catalogue.actions.renditions import file_of, sight
from catalogue.exports.pictures import small
from catalogue.imaging import ExaminerFailed
from catalogue.models import Photo, PhotoRegion, RegionPurpose


class Pictures:
    """Made once, gathered by name; at most `most` of them. As `viewer` sees them, or as `released`, masked."""

    def __init__(self, most, viewer, *, released):
        self.most, self.viewer, self.released, self.made = most, viewer, released, {}

    def of(self, photo, region=None):
        """The name of the picture of `photo`, or of its part in `region`; None where there is no file or too many."""
        name = f"{photo.pk.hex}{'-' + region.pk.hex if region else ''}.jpg"
        if name in self.made:
            return name
        if len(self.made) >= self.most:
            return None
        try:
            path, _media_type = file_of(photo, "view", sight(photo, self.viewer, released=self.released))
            points = region.points if region else None
            self.made[name] = small(path, full=(photo.width, photo.height), region=points)
        except (OSError, ValueError, TypeError, ExaminerFailed):  # no file, or points that are none
            return None
        return name


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
