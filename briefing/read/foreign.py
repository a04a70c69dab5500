"""Keys that other tools give to what has another name here, or no place."""

import re
from collections.abc import Collection

# What a key may mean, the likeliest first: which of these the record has is what is meant.
_MEANT: dict[str, tuple[str, ...]] = {
    "title": ("headline", "name", "heading", "subject"),
    "name": ("title", "label", "full_name", "display_name"),
    "label": ("name", "title"),
    "source": ("publisher", "publication", "outlet", "newspaper", "site_name", "medium"),
    "published": ("date", "pubdate", "publish_date", "published_at", "published_on", "date_published",
                  "publication_date", "created", "created_at", "posted", "issued"),
    "updated": ("lastmod", "modified", "last_modified", "updated_at", "date_modified", "last_updated", "edited"),
    "authors": ("author", "byline", "by", "writer", "writers", "creator"),
    "dateline": ("location", "place", "city"),
    "language": ("lang", "locale", "language_code"),
    "summary": ("description", "excerpt", "abstract", "subtitle", "teaser", "dek", "standfirst", "bio", "notes"),
    "url": ("source_url", "link", "canonical", "canonical_url", "original_url", "website", "homepage", "external_url"),
    "archive_url": ("archive", "archived", "archived_url", "wayback"),
    "accessed": ("retrieved", "access_date", "date_accessed"),
    "rights": ("license", "licence", "copyright"),
    "summits": ("summit", "event", "events", "meeting"),
    "corrections": ("correction", "errata", "erratum"),
    "aliases": ("former_ids", "redirect_from", "redirects", "old_urls", "aka", "also_known_as", "other_names"),
    "former_ids": ("redirect_from", "redirects", "old_ids", "previous_ids"),
    "start": ("date", "begin", "begins", "start_date", "starts", "from"),
    "end": ("end_date", "ends", "until", "to"),
    "venue": ("location", "place"),
    "participants": ("attendees", "leaders", "delegates", "people"),
    "written": ("date", "published", "updated", "lastmod"),
    "quote": ("words", "exact", "snippet", "highlight", "excerpt", "passage"),
    "text": ("claim", "statement", "paraphrase", "content", "description"),
    "topics": ("tags", "tag", "topic", "categories", "category", "keywords"),
    "modality": ("type", "kind"),
    "attribution": ("speaker", "source", "by", "said_by", "voice", "voices"),
    "likelihood": ("confidence", "probability", "certainty"),
    "due": ("deadline", "due_date", "expires"),
    "history": ("status", "outcome", "updates"),
    "resolution": ("resolves", "criteria", "rule"),
    "kind": ("type", "category"),
    "roles": ("role", "position", "positions", "office", "offices", "job", "party"),
    "timezone": ("tz", "time_zone", "zone"),
    "currency": ("currency_code",),
    "unit": ("units",),
    "base_url": ("url", "baseurl", "site_url", "siteurl", "address"),
    "publisher": ("author", "owner", "organization"),
    "nav": ("menu", "menus", "navigation"),
}  # fmt: skip
_NO_TOPICS = "an article has no topics of its own: give them to its claims, in content/annotations/"
_NAMED_BY_FILE = "remove it: the name of the file makes the address, and `aliases` keep old ones"
# What a key is about that has no place, and what to do instead.
_NO_PLACE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("tags", "tag", "topic", "topics", "categories", "category", "keywords"), _NO_TOPICS),
    (("slug", "permalink", "id", "uid", "guid", "path", "url_path"), _NAMED_BY_FILE),
    (("layout", "template", "theme", "css", "class"), "remove it: what pages look like is in templates/"),
    (("image", "images", "cover", "thumbnail", "hero", "banner"),
     "show images in the text: `![what it shows](../media/x.jpg)`"),
    (("weight", "order", "nav_order", "menu", "toc", "comments", "pin", "featured", "sitemap", "math"),
     "remove it: nothing is made from it; `nav` in config.yaml names the pages of the menu"),
    (("status", "state", "hidden", "private", "publish"),
     "write `draft: true` to keep it out of the site, or remove it"),
)  # fmt: skip


def meant_by(key: str, known: Collection[str]) -> str | None:
    """The known key that another tool calls by that name."""
    plain = _plain(key)
    same = (name for name in known if _plain(name) == plain and name != key)
    return next(same, None) or next(
        (name for name, keys in _MEANT.items() if name in known and any(_plain(one) == plain for one in keys)), None
    )


def advice_for(key: str, known: Collection[str]) -> str | None:
    """What to do with a key of another tool that has no place in the record."""
    of_article = "issued_by" in known
    for keys, advice in _NO_PLACE:
        if any(_plain(one) == _plain(key) for one in keys) and (of_article or advice is not _NO_TOPICS):
            return advice if "aliases" in known or advice is not _NAMED_BY_FILE else None
    return None


def _plain(key: str) -> str:
    """`publishDate`, `publish_date` and `Publish-Date` are one."""
    return re.sub(r"[-_ ]", "", key).casefold()
