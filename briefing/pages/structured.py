"""What pages tell search engines of themselves, in the words of schema.org: the site and its data, a meeting as an
event, the desk's articles, those that rest on the articles of others, and what the desk found of their claims.

The desk is never told to be the author of what others have written.
"""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from briefing.link.site import LinkedArticle, LinkedClaim, LinkedSummit
from briefing.machines.citation import Dataset
from briefing.machines.json_ld import Node, in_page, node, reference
from briefing.model.addresses import page_path
from briefing.model.claim import StatusEntry
from briefing.model.summit import Summit
from briefing.pages.linked_data import (
    Addresses,
    Publication,
    desk,
    original,
    original_address,
    speaker,
    statement,
    statement_path,
    written,
)
from briefing.views.phrases import Phrase, plain
from briefing.views.summits import office_of
from briefing.views.views import Views

CONTEXT = "https://schema.org"
_EVENT_STATUS = {"postponed": "EventPostponed", "cancelled": "EventCancelled"}
# What the desk has settled, with how far it came true from 1 to 5. Of what was corrected, overtaken or replaced nobody
# has found that; the last two are no finding on the claim at all.
# The best is 5 and the worst 1, as everybody takes it to be who is not told otherwise.
RATINGS: dict[str, int | None] = {
    "fulfilled": 5,
    "confirmed": 5,
    "partly": 3,
    "not-fulfilled": 1,
    "corrected": None,
}


def _structured(nodes: Sequence[Node]) -> Markup:
    """Nodes as the content of a `script` element, with the context that all search engines know."""
    told = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    return Markup(in_page({"@context": CONTEXT, **told}))  # noqa: S704 - escaped there


def of_site(publication: Publication, description: str | None) -> Markup:
    """The site, on its first page: search engines take its name from there."""
    title, base, language = publication.title, publication.base, publication.language
    about = {"name": title, "url": base, "description": description, "inLanguage": language}
    return _structured([node("WebSite", id=f"{base}#site", **about, publisher=desk(publication))])


def of_data(dataset: Dataset, lede: Phrase, page: str, package: str, publication: Publication) -> Markup:
    """The records as a dataset, for those who search for such: their page, and what describes all tables."""
    addresses, license = Addresses(publication.base or ""), dataset.license
    files = node("DataDownload", encodingFormat="application/json", contentUrl=addresses.of(package))
    told = node(
        "Dataset",
        name=dataset.title,
        description=" ".join(filter(None, (dataset.description, plain(lede)))),
        url=addresses.of(page),
        dateModified=str(dataset.day) if dataset.day else None,
        license=license.url or license.name if license else None,
        isAccessibleForFree=True,
        creator=desk(publication),
        distribution=files,
    )
    return _structured([told])


def of_article(article: LinkedArticle, publication: Publication, image: str | None = None) -> Markup:
    """What the page of an article is, for search engines: the desk's own article, or one that rests on another's; and
    the desk's findings on its claims. `image` is the path of the page's image, if it has one."""
    views, record = Views(article.scope), article.record
    path = page_path("articles", article.id)
    addresses = Addresses(publication.base or "")
    theirs = original(article.headline, views, addresses)
    if views.is_own(record):
        told = theirs | {"@id": addresses.of(path), "url": addresses.of(path)}
        told |= {"publisher": desk(publication), "description": record.summary or record.title}
        told |= {"image": addresses.of(image)} if image else {}
        return _structured([told])
    language, publisher = publication.language, desk(publication)
    about = {"url": addresses.of(path), "image": addresses.of(image) if image else None, "inLanguage": language}
    page = node("WebPage", **about, publisher=publisher, isBasedOn=theirs)
    return _structured([page, *_told_once(_reviews(article, publisher, addresses), theirs["publisher"])])


def _reviews(article: LinkedArticle, publisher: Node, addresses: Addresses) -> Iterator[Node]:
    for linked in article.claims:
        step = linked.claim.history[-1] if linked.claim.history else None
        if step and step.status in RATINGS:
            yield _review(linked, step, publisher, addresses)


def _review(linked: LinkedClaim, step: StatusEntry, publisher: Node, addresses: Addresses) -> Node:
    """What the desk found of a claim of others: what search engines call a fact check."""
    views, address = Views(linked.scope), addresses.of(statement_path(linked))
    found = plain(views.say(f"status.{step.status}"))
    appearance = reference(original_address(linked.article, addresses))
    return node(
        "ClaimReview",
        url=address,
        datePublished=step.on.iso,
        author=reference(publisher["@id"]),
        claimReviewed=statement(linked),
        itemReviewed=node(
            "Claim",
            author=speaker(linked, views, addresses),
            datePublished=written(linked.article.record.published),
            appearance=appearance,
        ),
        reviewRating=node("Rating", ratingValue=RATINGS[step.status], alternateName=found),
    )


def _told_once(reviews: Iterable[Node], known: Node) -> Iterator[Node]:
    """Reviews in which those whose claims they are have names only where they have not been told of yet."""
    told = {known["@id"]}
    for review in reviews:
        author = review["itemReviewed"].get("author")
        if author and author["@id"] in told:
            review["itemReviewed"]["author"] = reference(author["@id"])
        elif author:
            told.add(author["@id"])
        yield review


def of_meeting(summit: LinkedSummit, publication: Publication, image: str | None = None) -> Markup:
    """A summit as an event, with the image of its page, if it has one."""
    record, views = summit.record, Views(summit.scope)
    addresses = Addresses(publication.base or "")
    status = _EVENT_STATUS.get(record.status, "EventScheduled")
    event = node(
        "Event",
        name=record.title,
        description=record.verdict.text if record.verdict else record.summary,
        url=addresses.of(page_path("summits", summit.id)),
        image=addresses.of(image) if image else None,
        startDate=written(record.start),
        endDate=written(record.end) if record.end else None,
        eventStatus=f"{CONTEXT}/{status}",
        location=_venue(record, views),
        attendee=list(_attendees(record, views)),
    )
    return _structured([event])


def _venue(record: Summit, views: Views) -> Node | None:
    if record.venue is None:
        return None
    named = {kind: getattr(record.venue, kind) for kind in ("city", "country")}
    names = {kind: views.scope.entity(id).name for kind, id in named.items() if id}
    address = node("PostalAddress", addressLocality=names.get("city"), addressCountry=names.get("country"))
    name = record.venue.site or names.get("city") or names.get("country")
    return node("Place", name=name, address=address if names else None) if name else None


def _attendees(record: Summit, views: Views) -> Iterator[Node]:
    for participant in record.participants:
        office = office_of(participant, record, views)
        name = plain(views.entity_link(participant.person).title)
        yield node("Person", name=name, jobTitle=plain(office) if office else None)
