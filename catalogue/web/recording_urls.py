"""Addresses of the pages that record, change and void; they stand before the pages of single records."""

from django.urls import path

from .bench import bench, shell, worker
from .bench_expected import beside, earlier
from .candidates import accept
from .candidates_asked import readings
from .choose import choose, dates
from .custody import new_custody
from .examinations import specimen_examination
from .files import decide, files, upload_thumbnail
from .handling import handling
from .merging import merging_page, proposed, separate
from .proposals import proposed as proposals
from .recording import edit, new, void_record
from .recording_components import identification, move, split_row, tree
from .recording_nouns import NOUNS
from .recording_photos import photographs
from .review import specimen_review
from .uploads import upload_new, upload_part

urlpatterns = [
    path("choose/<str:noun>/", choose, name="choose"),
    path("duplicates/<str:noun>/", proposed, name="duplicates"),
    path("proposals/", proposals, name="proposals"),
    path("merge/<str:noun>/", merging_page, name="merging"),
    path("merge/<str:noun>/back/", separate, name="separate"),
    path("dates/", dates, name="dates"),
    path("readings/", readings, name="readings"),
    path("bench/shell/", shell, name="bench-shell"),
    path("bench-worker.js", worker, name="bench-worker"),  # stable, and above the pages it serves
    path("specimens/<str:name>/bench/", bench, name="specimen-bench"),
    path("specimens/<str:name>/bench/earlier/", earlier, name="specimen-bench-earlier"),
    path("specimens/<str:name>/bench/beside/", beside, name="specimen-bench-beside"),
    path("specimens/<str:name>/inventory/", tree, name="specimen-inventory"),
    path("specimens/<str:name>/files/", files, name="specimen-files"),
    path("specimens/<str:name>/files/decide/", decide, name="specimen-files-decide"),
    path("uploads/", upload_new, name="uploads"),
    path("uploads/<uuid:pk>/", upload_part, name="upload"),
    path("uploads/<uuid:pk>/thumbnail/", upload_thumbnail, name="upload-thumbnail"),
    path("specimens/<str:name>/review/", specimen_review, name="specimen-review"),
    path("specimens/<str:name>/examination/", specimen_examination, name="specimen-examination"),
    path("components/<str:name>/move/", move, name="component-move"),
    path("components/<str:name>/split/", split_row, name="component-split"),
    path("components/<str:name>/identify/", identification, name="component-identify"),
    path("components/<str:name>/readings/", accept, name="component-readings-accept"),
]
for noun in ("specimens", "components"):
    name = f"{NOUNS[noun].name}-photographs"
    urlpatterns.append(path(f"{noun}/<str:name>/photographs/", photographs, {"noun": noun}, name=name))
    name = f"{NOUNS[noun].name}-custody"
    urlpatterns.append(path(f"{noun}/<str:name>/custody/new/", new_custody, {"noun": noun}, name=name))
for noun, what in NOUNS.items():
    if what.record is not None:
        urlpatterns.append(path(f"{noun}/new/", new, {"noun": noun}, name=f"{what.name}-new"))
    if what.amend is not None:
        urlpatterns.append(path(f"{noun}/<str:name>/edit/", edit, {"noun": noun}, name=f"{what.name}-edit"))
    if what.handled:
        urlpatterns.append(path(f"{noun}/<str:name>/handling/", handling, {"noun": noun}, name=f"{what.name}-handling"))
    urlpatterns.append(path(f"{noun}/<str:name>/void/", void_record, {"noun": noun}, name=f"{what.name}-void"))
