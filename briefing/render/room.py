"""Room for what is made once and shown on several pages: all of it in a small site, in a large one the latest."""

from itertools import islice
from typing import Any

# A site of more claims than this keeps so many things of each kind: pages are made in the order of their days, and what
# was shown some weeks before is hardly shown again. More would be a hundred megabytes for every ten thousand claims.
SMALL, KEPT = 10_000, 400


def room_for(claims: int) -> int:
    """How many things of each kind a site of so many claims keeps: some stand in two places of a page or a record."""
    return max(2 * claims, KEPT) if claims <= SMALL else KEPT


def make_room(made: dict[Any, Any], most: int) -> None:
    """Where there are `most` things, forget a quarter of them, those made first."""
    if len(made) >= most:
        for key in list(islice(made, most // 4)):
            del made[key]
