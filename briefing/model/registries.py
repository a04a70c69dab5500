"""The registries: what each holds, a record for each of its ids."""

from briefing.model.base import Record
from briefing.model.entity import Organization, Person, Place, Source
from briefing.model.measure import Measure

REGISTRIES: dict[str, type[Record]] = {
    "people": Person,
    "organizations": Organization,
    "places": Place,
    "sources": Source,
    "measures": Measure,
}
# Those whose ids share one namespace, because claims name them all alike.
ENTITIES = ("people", "organizations", "places", "sources")
