"""Time zones of the IANA database, from the pinned `tzdata` package: the same on every machine."""

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo


@cache
def zone_names() -> frozenset[str]:
    """All names of the database."""
    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of that name, which must be one of `zone_names()`."""
    resource = files("tzdata") / "zoneinfo"
    for part in name.split("/"):
        resource /= part
    with resource.open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def day_in(name: str, instant: datetime) -> date:
    """The day that it is in that zone at an instant."""
    return instant.astimezone(zone(name)).date()
