"""Everything about one claim: its words, on whose word it is, what became of it, and where it is shown."""

from collections.abc import Iterable, Sequence
from typing import Any

from briefing.diagnostics import Pointer
from briefing.incremental.page_cache import PageCache
from briefing.link.site import LinkedClaim, Site
from briefing.model.addresses import page_path
from briefing.model.claim import Attribution, Figure, StatusEntry
from briefing.read.places import Locator
from briefing.read.records import nearest
from briefing.wording import first_of

Json = dict[str, Any]
MOST_NAMED = 5


class UnknownClaim(LookupError):
    """There is no such claim, or more than one: what is wrong and what to write."""


def found_claim(site: Site, wanted: str) -> LinkedClaim:
    """The claim of a reference, of the address of its passage, or of an id that only one claim has."""
    ref = wanted.rpartition("/")[2].replace(".html#", "#")
    if ref in site.claims:
        return site.claims[ref]
    if site.content.is_internal("claims", ref):
        raise UnknownClaim(f"the claim `{ref}` is internal; write `--internal` too")
    article, mark, id = ref.partition("#")
    called = [linked for linked in site.claims.values() if linked.anchored.id == (id if mark else article)]
    if not mark and len(called) == 1:
        return called[0]
    refs = [linked.ref for linked in called]
    if refs and not mark:
        raise UnknownClaim(f"`{ref}` is the id of {len(refs)} claims; write one of: {first_of(refs, MOST_NAMED)}")
    meant = next(
        (one.ref for one in site.claims.values() if id in one.claim.former_ids and one.article.id == article), None
    )
    meant = meant or (refs[0] if len(refs) == 1 else nearest(ref, list(site.claims)))
    raise UnknownClaim(f"there is no claim `{ref}`; " + (f"write `{meant}`" if meant else "write `<article>#<claim>`"))


def claim_data(site: Site, linked: LinkedClaim, pages: Sequence[str] | None, locator: Locator) -> Json:
    """All there is to say, by name; of what there is nothing, None or an empty list. `pages` are the paths of the pages
    that show it, where they are known."""
    claim, article = linked.claim, linked.article
    assert article.annotations is not None
    place = locator.place(Pointer(article.annotations, ("claims", linked.anchored.index)))
    return {
        "claim": linked.ref,
        "text": claim.text,
        "words": linked.anchored.words,
        "modality": claim.modality,
        "level": claim.level,
        "hedge": claim.hedge,
        "likelihood": claim.likelihood,
        "voices": [_voice(site, voice) for voice in claim.attribution],
        "origin": claim.origin,
        "source": _named(site, article.record.source),
        "article": {"title": article.record.title, "published": str(article.published), "path": article.path},
        "topics": [site.config.topics.get(id, id) for id in claim.topics],
        "about": [_named(site, id) for id in claim.about],
        "summit": linked.summit,
        "figure": _figure(site, claim.figure) if claim.figure else None,
        "due": _text(claim.due),
        "resolution": claim.resolution,
        "review_by": _text(claim.review_by),
        "recorded": _text(claim.recorded),
        "status": linked.status,
        "overdue": linked.is_overdue,
        "draft": claim.draft,
        "visibility": article.record.visibility if claim.visibility == "public" else claim.visibility,
        "history": [_step(site, entry) for entry in claim.history],
        "relations": [
            {"type": one.type, "from_other": one.is_from_other, **_other(site, one.other)} for one in linked.related
        ],
        "pages": None if pages is None else list(pages),
        "path": place.path,
        "line": place.line,
        "column": place.column,
    }


def pages_of(linked: LinkedClaim, made: PageCache) -> list[str]:
    """The pages that show a claim: that of its article, and all that link to its passage there."""
    own = page_path("articles", linked.article.id)
    target = f"{own}#{linked.anchored.id}"
    number = made.targets.index(target) if target in made.targets else -1
    others = [path for path in made.paths() if path != own and number in made.targets_of(path)]
    return [target, *others]


def _voice(site: Site, voice: Attribution) -> Json:
    name = _named(site, voice.by) if voice.by else voice.described_as
    return {"voice": name, "by": voice.by, "cue": voice.cue, "basis": voice.basis}


def _named(site: Site, id: str) -> str:
    entity = site.content.entity(id)
    return entity.name if entity else id


def _figure(site: Site, figure: Figure) -> Json:
    measure = site.content.measures.get(figure.measure)
    unit = figure.unit or figure.currency or (measure and (measure.unit or measure.currency))
    told = (figure.qualifier, figure.value, "to" if figure.high is not None else None, figure.high, figure.scale, unit)
    value = " ".join(_digits(part) for part in told if part not in (None, "exact", "range"))
    return {"measure": figure.measure, "label": measure.label if measure else figure.measure, "value": value}


def _digits(part: object) -> str:
    return f"{part:f}" if not isinstance(part, str) else part


def _step(site: Site, entry: StatusEntry) -> Json:
    evidence = [_other(site, ref) for ref in entry.evidence]
    return {
        "on": str(entry.on),
        "status": entry.status,
        "since": _text(entry.since),
        "why": entry.why,
        "evidence": evidence,
    }


def _other(site: Site, ref: str) -> Json:
    linked = site.claims.get(ref)
    return {"claim": ref, "text": (linked.claim.text or linked.anchored.words) if linked else None}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def claim_lines(data: Json) -> Iterable[str]:
    """The same for people: a line for each thing that there is, with its name before it."""
    parts: list[tuple[str, Iterable[str]]] = [
        ("claim", [data["claim"]]),
        ("text", [data["text"]]),
        ("words", [f"“{data['words']}”"]),
        ("kind", [", ".join(filter(None, (data["modality"], data["level"], data["likelihood"])))]),
        ("hedge", [data["hedge"]]),
        ("who", [_who(voice) for voice in data["voices"]] or [data["source"]]),
        ("origin", [data["origin"]]),
        ("article", ["{published}: {title} ({path})".format(**data["article"])]),
        ("topics", [", ".join(data["topics"])]),
        ("about", [", ".join(data["about"])]),
        ("summit", [data["summit"]]),
        ("figure", ["{label}: {value}".format(**data["figure"])] if data["figure"] else []),
        ("due", [data["due"]]),
        ("resolution", [data["resolution"]]),
        ("review by", [data["review_by"]]),
        ("status", [f"{data['status']}, overdue" if data["overdue"] else data["status"]]),
        ("history", [line for step in data["history"] for line in _step_lines(step)]),
        ("relations", [_relation_line(one) for one in data["relations"]]),
        ("draft", ["yes"] if data["draft"] else []),
        ("visibility", ["internal"] if data["visibility"] == "internal" else []),
        ("pages", ["not known: `briefing build` finds out"] if data["pages"] is None else data["pages"]),
        ("file", [f"{data['path']}:{data['line']}:{data['column']}"]),
    ]
    for name, lines in parts:
        for number, line in enumerate(line for line in lines if line):
            yield f"{name if number == 0 else '':11}{line}"


def _who(voice: Json) -> str:
    return f"{voice['voice']} ({', '.join(filter(None, (voice['cue'], voice['basis'])))})"


def _step_lines(step: Json) -> Iterable[str]:
    since = f" (since {step['since']})" if step["since"] else ""
    yield f"{step['on']} {step['status']}{since}: {step['why']}"
    yield from (f"  {_other_line(one)}" for one in step["evidence"])


def _relation_line(one: Json) -> str:
    return (
        f"{one['claim']} {one['type']} it: {one['text']}" if one["from_other"] else f"{one['type']} {_other_line(one)}"
    )


def _other_line(one: Json) -> str:
    return f"{one['claim']}: {one['text']}" if one["text"] else str(one["claim"])
