"""What happened and what was recorded, as the YAML of the demonstration dates it."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator

from tests.demo.reading import Claim, claims, config, front_matter

# The status that a claim has before anything is recorded of it.
FIRST = {"fact": "unverified", "background": "unverified", "opinion": "unratable"}
SUMMITS = sorted(front_matter("summits"))
TOPICS = list(config()["topics"])
# Those who have a timeline: the site, the summits and the topics.
LISTS = ["site", *(f"summit {id}" for id in SUMMITS), *(f"topic {id}" for id in TOPICS)]

Change = tuple[str, ...]
# A date, a kind, and what it is about.
Entry = tuple[str, str, str]


def day_of(written: str) -> str:
    """The day, month or year of a date or a time, without how sure it is."""
    return written.partition("T")[0].rstrip("~?%")


def last_day(day: str) -> str:
    year, month, number = [*(int(part) for part in day_of(day).split("-")), 12, 0][:3]
    return f"{year:04}-{month:02}-{number or monthrange(year, month)[1]:02}"


def moves(claim: Claim) -> list[tuple[str, str, str]]:
    """Date, status before and status of every entry that is not what the one before it was."""
    before, found = FIRST.get(claim.modality, "pending"), []
    for entry in claim.history:
        if entry["status"] != before:
            found.append((entry["on"], before, entry["status"]))
        before = entry["status"]
    return found


def known_since(claim: Claim) -> str:
    """The words of a version that was revised can have been read since that day."""
    days = [claim.article["published"], claim.article.get("revised", ""), claim.fields.get("recorded", "")]
    return str(max(day.partition("T")[0] for day in days))


def claims_of(which: str) -> list[Claim]:
    """The claims of the site, a summit or a topic, without those an editor keeps off its page."""
    kind, _, id = which.partition(" ")
    excluded = front_matter(f"{kind}s").get(id, {}).get("exclude", []) if id else []
    return [one for one in claims().values() if one.ref not in excluded and belongs(one, which)]


def belongs(claim: Claim, which: str) -> bool:
    kind, _, id = which.partition(" ")
    return kind == "site" or (claim.summit == id if kind == "summit" else id in claim.fields["topics"])


def articles_of(which: str) -> list[str]:
    """The articles that have a claim there, or name the summit."""
    id, own = which.partition(" ")[2], {one.of for one in claims().values() if belongs(one, which)}
    return [
        name
        for name, article in front_matter("articles").items()
        if not id or name in own or id in article.get("summits", [])
    ]


def meetings_of(which: str) -> list[str]:
    """The summit itself, or those that have the topic on their agenda or in a claim."""
    kind, _, id = which.partition(" ")
    if kind == "summit":
        return [id]
    agendas = {name: {item["topic"] for item in one.get("agenda", [])} for name, one in front_matter("summits").items()}
    for claim in claims().values():
        if claim.summit:
            agendas[claim.summit] |= set(claim.fields["topics"])
    return [name for name in SUMMITS if not id or id in agendas[name]]


def changes(which: str) -> Counter[Change]:
    """Every change of a list: what it is, about what, when, and from what to what or how many."""
    here = claims_of(which)
    found: Counter[Change] = Counter(("status", one.ref, *move) for one in here for move in moves(one))
    found.update(
        ("claims", article, day, str(count))
        for (article, day), count in Counter((one.of, known_since(one)) for one in here).items()
    )
    for name in articles_of(which):
        for one in front_matter("articles")[name].get("corrections", []):
            found["correction", name, one["on"]] += 1
    for claim in here:
        for type, to in claim.relations:
            new, old = claim.fields.get("figure"), claims()[to].fields.get("figure")
            if type in ("updates", "corrects") and new and old and new["measure"] == old["measure"]:
                values = [
                    [figure.get(key, "") for key in ("value", "high", "scale", "target")] for figure in (old, new)
                ]
                if values[0][:3] != values[1][:3] and values[0][3] == values[1][3]:
                    found["figure", claim.ref, known_since(claim), to] += 1
    return found


def entries(which: str) -> Counter[Entry]:
    """Every entry of a timeline. Claims that came on the day of their article are of its entry."""
    found: Counter[Entry] = Counter()
    for what, about, on, *more in changes(which).elements():
        is_unrated = what == "status" and more[1] == "unratable"
        if what != "claims":
            found[day_of(on), "unrated" if is_unrated else what, "" if is_unrated else about] += 1
        elif day_of(on) != published(about):
            found[day_of(on), "added", about] += 1
    found.update((published(id), "publication", id) for id in articles_of(which))
    found.update((day_of(front_matter("summits")[id]["start"]), "meeting", id) for id in meetings_of(which))
    found.update((day_of(one.fields["due"]), "due", one.ref) for one in claims_of(which) if is_due(one))
    return found


def published(article: str) -> str:
    return day_of(front_matter("articles")[article]["published"])


def is_due(claim: Claim) -> bool:
    return "due" in claim.fields and claim.is_open


def newest_day() -> str:
    """The newest day on which anything is recorded."""
    return max(recorded_days())


def recorded_days() -> Iterator[str]:
    for article in front_matter("articles").values():
        yield from (day_of(article[key]) for key in ("published", "updated", "revised") if key in article)
    for claim in claims().values():
        yield from (f"{day_of(step['on'])}-01-01"[:10] for step in claim.history)
