"""Recording organisations together with what they are to each other."""

from catalogue.models import Organisation, OrganisationRelation

from .lines import moving
from .organisations import amend_organisation, record_organisation
from .record import spread
from .refusals import Refused
from .settle import once, settle


def record_related(*, relations=None, actor, **facts):
    """Record an organisation, and its `relations` (object, kind, since, until, share, note) as their subject."""
    found = record_organisation(actor=actor, **facts)
    relate(found, relations, actor=actor)
    return found


def amend_related(organisation, changes, *, actor, **seen):
    """Change an organisation; relations, when sent, are all it has as their subject from now on."""
    relations = changes.pop("relations", None)
    with moving(Organisation, [organisation.pk]):
        amend_organisation(organisation, changes, actor=actor, **seen)
        relate(organisation, relations, actor=actor)


def relate(organisation, relations, *, actor):
    """Make `relations` those of the organisation; None leaves them as they are."""
    if relations is None:
        return
    for relation in relations:
        if relation["object"].pk == organisation.pk:
            raise Refused("An organisation has no relation to itself; name the other one.", "relations")
    rows = once([spread(relation) for relation in relations], "kind_id", "object", "since", "until")
    settle(OrganisationRelation, {"subject": organisation}, rows, actor=actor)
