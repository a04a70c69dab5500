"""A site of moderate size in which every kind of record depends on others in every way that there is.

Claims have the ids c1, c2, ... in every article, so that files can change names and references still lead somewhere.
`No. 1234` stands in most texts: a number that an edit can replace without changing a file's size.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

Data = dict[str, Any]

CONFIG: Data = {
    "title": "Two Coasts No. 1001",
    "description": "What the two coasts promise each other, No. 1002.",
    "publisher": "The desk",
    "base_url": "https://example.org/coasts/",
    "language": "en",
    "timezone": "Europe/Lisbon",
    "topics": {"trade": "Trade", "fishing": "Fishing", "energy": "Energy"},
    "nav": ["about", "method"],
    "lead": ["north-text#c1", "preview#c1"],
    "exclude": ["radio#c3"],
}

REGISTRIES: dict[str, Data] = {
    "people": {
        "brandt": {
            "name": "Ilse Brandt",
            "names": {"ja": "イルゼ・ブラント"},
            "aliases": ["Prime Minister Brandt"],
            "country": "northland",
            "roles": [
                {"post": "Minister of Fishing", "organization": "cabinet", "start": "2020", "end": "2023-12-31"},
                {"post": "Prime Minister", "start": "2024-01-01"},
            ],
        },
        "okafor": {
            "name": "Daniel Okafor",
            "country": "southland",
            "roles": [
                {"post": "President", "start": "2019-03-01", "end": "2025-06-30"},
                {"post": "former President", "start": "2025-07-01"},
            ],
        },
        "lindqvist": {
            "name": "Maja Lindqvist",
            "summary": "She counts fish, No. 1003.",
            "roles": [{"post": "Analyst", "organization": "sea-institute"}],
        },
        "ito": {"name": "Ken Ito", "names": {"ja": "伊藤健"}},
    },
    "organizations": {
        "cabinet": {"name": "The Cabinet", "kind": "government", "country": "northland"},
        "sea-institute": {"name": "Sea Institute", "kind": "think-tank", "url": "https://example.org/sea"},
        "pike": {"name": "Pike and Sons", "kind": "company", "country": "southland", "summary": "Boats, No. 1004."},
    },
    "places": {
        "northland": {"name": "Northland", "kind": "country", "timezone": "Europe/Oslo"},
        "southland": {"name": "Southland", "kind": "country", "timezone": "Africa/Lagos"},
        "harbor": {"name": "Harbor City", "kind": "city", "country": "northland", "timezone": "Europe/Oslo"},
        "delta": {"name": "Delta", "kind": "city", "country": "southland"},
    },
    "sources": {
        "gazette": {"name": "The Gazette", "kind": "newspaper", "country": "northland", "reliability": "B"},
        "wire": {"name": "Coast Wire", "kind": "wire", "reliability": "A", "reliability_note": "Note No. 1005."},
        "radio": {"name": "Radio Delta", "kind": "broadcaster", "country": "southland", "language": "fr"},
        "north-office": {"name": "Northland's government", "kind": "government", "country": "northland"},
        "south-office": {"name": "Southland's government", "kind": "government", "country": "southland"},
        "desk": {"name": "The desk", "kind": "other"},
    },
    "measures": {
        "catch": {"label": "Cod caught in a year", "unit": "tons", "topics": ["fishing"], "stale_after": "P3Y"},
        "gas": {"label": "Gas through the pipe", "unit": "cubic meters", "about": ["northland"], "topics": ["energy"]},
        "fund": {"label": "The coast fund", "currency": "EUR", "about": ["northland", "pike"], "topics": ["trade"]},
        "boats": {"label": "Boats laid up", "unit": "boats", "summary": "Counted in May, No. 1006."},
    },
}

SUMMITS: dict[str, Data] = {
    "harbor-2024": {
        "title": "Harbor meeting No. 1007",
        "start": "2024-05-02",
        "end": "2024-05-03",
        "status": "held",
        "venue": {"site": "Fish Hall", "city": "harbor", "country": "northland"},
        "participants": [
            {"person": "brandt", "side": "northland", "role": "host"},
            {"person": "okafor", "side": "southland", "role": "guest"},
        ],
        "agenda": [
            {
                "topic": "fishing",
                "items": [
                    {"item": "Quotas", "claims": ["old-text#c1", "year-later#c1"], "now": "year-later#c1"},
                    "Nets No. 1008",
                ],
            },
            {"topic": "trade"},
        ],
        "verdict": {"text": "A third of the quota is gone, No. 1027.", "written": "2025-06-15"},
        "documents": ["old-text"],
        "window": {"from": "2024-05-02", "final": "2027"},
        "lead": ["old-text#c1"],
    },
    "delta-2025": {
        "title": "Delta meeting No. 1009",
        "start": "2025-02-07T11:30+01:00",
        "status": "held",
        "summary": "The second meeting, No. 1010.",
        "venue": {"city": "delta", "country": "southland"},
        "participants": [
            {"person": "okafor", "side": "southland", "office": "President"},
            {"person": "brandt", "side": "northland"},
        ],
        "agenda": [
            {
                "topic": "trade",
                "items": [
                    {
                        "item": "The coast fund",
                        "claims": ["preview#c1", "north-text#c1", "south-text#c1"],
                        "now": "preview#c1",
                    }
                ],
            },
            {"topic": "energy", "items": [{"item": "The pipe", "claims": ["north-text#c2"]}]},
        ],
        "verdict": {"text": "The fund is there and the gas is not, No. 1028.", "written": "2025-02"},
        "documents": ["north-text", "south-text"],
        "follows": "harbor-2024",
        "lead": ["north-text#c2", "south-text#c1"],
        "exclude": ["radio#c2"],
        "aliases": ["delta-meeting"],
        "written": "2025-02-09",
    },
    "harbor-2026": {
        "title": "Next harbor meeting No. 1011",
        "start": "2026-09",
        "kind": "multilateral",
        "venue": {"city": "harbor"},
        "participants": [{"person": "ito"}, {"person": "brandt", "side": "northland"}],
        "follows": "delta-2025",
    },
}

TOPICS: dict[str, Data] = {
    "fishing": {
        "title": "Fishing and cod",
        "synonyms": ["cod"],
        "summary": "Who may fish, No. 1012.",
        "lead": ["old-text#c2"],
        "aliases": ["cod"],
        "written": "2025-01-05",
    },
    "energy": {"exclude": ["preview#c4"]},
}

PAGES: dict[str, Data] = {
    "about": {"title": "About No. 1013", "aliases": ["who-we-are", "us"]},
    "method": {"title": "Method", "summary": "How it is done, No. 1014.", "written": "2025-03-01"},
}

# By article: front matter, and the claims without their quotes.
ARTICLES: dict[str, tuple[Data, list[Data]]] = {
    "old-text": (
        {"source": "north-office", "published": "2024-05-03", "summits": ["harbor-2024"], "issued_by": ["northland"]},
        [
            {
                "modality": "commitment",
                "topics": ["fishing", "trade"],
                "level": "agreed-in-principle",
                "due": "2025-12-31",
                "resolution": "Fulfilled if the quota is halved.",
                "history": [
                    {"status": "in-progress", "on": "2025-02-08", "why": "Half done.", "evidence": ["south-text#c2"]},
                    {"status": "partly", "on": "2026-01-10", "why": "A third.", "evidence": ["year-later#c1"]},
                ],
            },
            {"topics": ["fishing"], "figure": {"measure": "catch", "value": "41000", "as_of": "2023"}},
            {
                "modality": "commitment",
                "topics": ["energy"],
                "label": "A third boat",
                "weight": "minor",
                "about": ["pike"],
                "due": "2026-06",
                "level": "signed",
            },
        ],
    ),
    "old-letter": (
        {"source": "gazette", "published": "2024-06-20", "summits": ["harbor-2024"], "rights": "passages"},
        [
            {
                "topics": ["trade"],
                "modality": "opinion",
                "attribution": [{"by": "lindqvist", "cue": "thinks"}],
                "history": [{"status": "unratable", "on": "2024-06-20", "why": "A view."}],
            },
            {"topics": ["fishing"], "relations": [{"type": "disputes", "to": "old-text#c2"}]},
        ],
    ),
    "preview": (
        {
            "source": "wire",
            "published": "2025-01-30T08:00+01:00",
            "authors": ["Ana Reyes"],
            "summits": ["delta-2025"],
            "summary": "What to expect, No. 1015.",
            "aliases": ["eve", "evening"],
            "dateline": "Delta",
            "url": "https://example.org/preview",
            "corrections": [{"on": "2025-02-01", "text": "The sum was wrong, No. 1016."}],
        },
        [
            {
                "modality": "expectation",
                "topics": ["trade"],
                "label": "The coast fund",
                "hedge": "will probably",
                "likelihood": "likely",
                "attribution": [{"by": "brandt", "cue": "told reporters"}],
                "about": ["southland", "brandt"],
                "due": "2025-02-07",
                "history": [
                    {
                        "status": "fulfilled",
                        "on": "2025-02-08",
                        "since": "2025-02-07",
                        "why": "It is in the text.",
                        "evidence": ["north-text#c1", "south-text#c1"],
                    }
                ],
            },
            {
                "modality": "expectation",
                "topics": ["energy", "trade"],
                "attribution": [{"described_as": "two officials", "basis": "anonymous"}],
                "review_by": "2025-06-01",
            },
            {
                "topics": ["trade"],
                "figure": {"measure": "fund", "value": "2", "scale": "billion", "as_of": "2025-02", "target": "true"},
            },
            {
                "topics": ["energy"],
                "modality": "proposal",
                "attribution": [{"by": "pike"}],
                "origin": "pike-2025-01-28",
            },
        ],
    ),
    "letter": (
        {"source": "gazette", "published": "2025-02-02", "summits": ["delta-2025"], "aliases": ["post", "mail"]},
        [
            {
                "modality": "expectation",
                "topics": ["trade"],
                "attribution": [{"by": "lindqvist", "basis": "report"}],
                "relations": [{"type": "confirms", "to": "preview#c1"}],
                "history": [{"status": "pending", "on": "2025-02-02", "why": "Too early."}],
            },
            {
                "topics": ["energy"],
                "figure": {
                    "measure": "gas",
                    "value": "5",
                    "scale": "million",
                    "qualifier": "about",
                    "as_of": "2025-01",
                },
            },
            {"topics": ["fishing"], "modality": "opinion", "relations": [{"type": "qualifies", "to": "old-text#c1"}]},
        ],
    ),
    "radio": (
        {"source": "radio", "published": "2025-02-03", "language": "fr", "rights": "link"},
        [
            {
                "topics": ["trade"],
                "modality": "expectation",
                "summit": "delta-2025",
                "attribution": [{"by": "wire", "basis": "report"}],
                "relations": [{"type": "repeats", "to": "preview#c1"}],
            },
            {
                "topics": ["energy"],
                "summit": "delta-2025",
                "figure": {"measure": "gas", "value": "7", "scale": "million", "as_of": "2025-01"},
            },
            {"topics": ["fishing"], "about": ["ito"], "recorded": "2025-03-02"},
        ],
    ),
    "north-text": (
        {"source": "north-office", "published": "2025-02-07", "summits": ["delta-2025"], "issued_by": ["northland"]},
        [
            {
                "modality": "commitment",
                "topics": ["trade"],
                "level": "committed",
                "about": ["southland"],
                "history": [{"status": "pending", "on": "2025-02-08", "why": "No step."}],
                "review_by": "2026-02-07",
            },
            {
                "modality": "commitment",
                "topics": ["energy"],
                "level": "signed",
                "due": "2026-12",
                "figure": {"measure": "gas", "value": "9", "scale": "million", "as_of": "2026", "target": "true"},
            },
            {"topics": ["trade"], "attribution": [{"by": "brandt", "cue": "says"}]},
        ],
    ),
    "south-text": (
        {"source": "south-office", "published": "2025-02-08", "summits": ["delta-2025"], "issued_by": ["southland"]},
        [
            {
                "modality": "commitment",
                "topics": ["trade"],
                "level": "welcomed",
                "relations": [{"type": "repeats", "to": "north-text#c1"}],
            },
            {"topics": ["fishing"], "relations": [{"type": "refutes", "to": "letter#c3"}]},
            {"modality": "proposal", "topics": ["trade", "fishing"], "attribution": [{"by": "okafor"}]},
        ],
    ),
    "analysis": (
        {
            "source": "gazette",
            "published": "2025-02-12",
            "updated": "2025-02-14",
            "summits": ["delta-2025", "harbor-2024"],
            "accessed": "2025-02-15",
        },
        [
            {
                "topics": ["trade"],
                "summit": "delta-2025",
                "figure": {"measure": "fund", "value": "1.5", "scale": "billion", "as_of": "2025-02"},
                "relations": [{"type": "corrects", "to": "preview#c3"}],
            },
            {
                "topics": ["energy"],
                "summit": "harbor-2024",
                "modality": "opinion",
                "attribution": [{"by": "lindqvist"}, {"by": "sea-institute"}],
            },
            {"topics": ["energy"], "modality": "expectation", "summit": "harbor-2026", "due": "2026-09"},
        ],
    ),
    "wire-report": (
        {"source": "wire", "published": "2025-05-20"},
        [
            {
                "topics": ["fishing"],
                "figure": {"measure": "boats", "value": "12", "high": "15", "qualifier": "range", "as_of": "2025-05"},
                "history": [
                    {"status": "disputed", "on": "2025-06-01", "why": "Others count.", "evidence": ["notes#c1"]}
                ],
            },
            {"topics": ["fishing"], "relations": [{"type": "updates", "to": "old-text#c2"}]},
        ],
    ),
    "notes": (
        {"source": "desk", "published": "2025-05-31", "title": "Notes on boats, No. 1017"},
        [{"topics": ["fishing"], "figure": {"measure": "boats", "value": "20", "as_of": "2025-05"}}],
    ),
    "year-later": (
        {"source": "wire", "published": "2026-01-09", "summits": ["delta-2025"]},
        [
            {
                "topics": ["fishing"],
                "summit": "harbor-2024",
                "figure": {"measure": "catch", "value": "27000", "as_of": "2025"},
                "relations": [{"type": "updates", "to": "old-text#c2"}],
                "history": [
                    {"status": "confirmed", "on": "2026-01-10", "why": "Counted.", "evidence": ["year-notes#c1"]}
                ],
            },
            {
                "topics": ["trade"],
                "modality": "commitment",
                "summit": "harbor-2026",
                "attribution": [{"by": "cabinet"}],
            },
        ],
    ),
    "year-notes": (
        {"source": "desk", "published": "2026-01-10"},
        [
            {"topics": ["fishing"], "relations": [{"type": "confirms", "to": "year-later#c1"}]},
            {"topics": ["energy"], "modality": "expectation", "draft": "true", "likelihood": "unlikely"},
        ],
    ),
    "half-written": (
        {"source": "desk", "published": "2026-01-11", "draft": "true"},
        [{"topics": ["trade"], "modality": "expectation", "relations": [{"type": "updates", "to": "preview#c2"}]}],
    ),
    "unread": ({"source": "radio", "published": "2026-01-05", "title": "Nobody has read this, No. 1018"}, []),
}

BODIES = {
    "preview": "\n## What is new\n\nSee [the old text](old-text.md#c1), ![a map](../media/map.png) and [more][1].\n\n"
    "- one, No. 1019\n- two[^n]\n\n[^n]: A note.\n\n[1]: https://example.org/more\n",
    "analysis": "\nThe numbers are [here](../media/numbers.csv), the meeting [there](../summits/delta-2025.md).\n",
    "unread": "\nNot a word, No. 1020.\n",
}
PAGE_BODIES = {
    "about": "We are the desk, No. 1021. Read [the method](method.md) and [a promise](../articles/north-text.md#c2).",
    "method": "We count, No. 1022. A [topic](../topics/fishing.md) has articles.",
}
MEDIA = {
    "map.png": b"\x89PNG\r\n\x1a\nmap",
    "numbers.csv": b"year,tons\n2023,41000\n",
    "tides.txt": b"high, No. 1023\n",
}
# The site's own theme: a page that is put together from parts, one of them named only while it is rendered, one absent.
TEMPLATES = {
    "page.html": """{% extends "base.html" %}
{% from "_own.html" import signed %}
{% block main %}
<article class="prose own">
<h1>{{ page.title }}</h1>
{% if summary %}
<p>{{ summary }}</p>
{% endif %}
{{ html }}
{{ signed(site.title) }}
{% for name in ["first", "second"] %}
{% include "_own-" ~ name ~ ".html" ignore missing %}
{% endfor %}
</article>
{% endblock %}
""",
    "_own.html": "{% macro signed(name) %}\n<p>Signed by {{ name }}, No. 1024</p>\n{% endmacro %}\n",
    "_own-first.html": "<p>First part, No. 1025</p>\n",
    "assets/own.css": "p { margin: 0 } /* No. 1026 */\n",
}


def quote_of(claim: str, article: str) -> str:
    return f"the words {claim} of {article.replace('-', ' ')} stand"


def write_rich_site(root: Path) -> Path:
    """The site, in a folder of its own."""
    write_yaml(root / "config.yaml", CONFIG)
    for name, entries in REGISTRIES.items():
        write_yaml(root / f"content/{name}.yaml", entries)
    for folder, records, bodies in (("summits", SUMMITS, {}), ("topics", TOPICS, {}), ("pages", PAGES, PAGE_BODIES)):
        for number, (id, record) in enumerate(records.items()):
            body = bodies.get(
                id, f"Background of {id}, No. {1100 + number}, with [an article](../articles/preview.md)."
            )
            write_front_matter(root / f"content/{folder}/{id}.md", record, f"\n{body}\n")
    for id, (front, claims) in ARTICLES.items():
        write_article(root, id, {"title": f"Report {id}, No. 1200", **front}, claims, BODIES.get(id, ""))
    for folder, files in (("content/media", MEDIA), ("templates", TEMPLATES)):
        for name, data in files.items():
            (root / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (root / folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


def write_titled_site(root: Path, title: str, page: str) -> Path:
    """The site and sixty more articles, under a title and with one more page that all pages link to.

    Two of them differ in every page. It can be written over another.
    """
    write_rich_site(root)
    write_yaml(root / "config.yaml", {**CONFIG, "title": title, "nav": [*CONFIG["nav"], page]})
    write_front_matter(root / f"content/pages/{page}.md", {"title": f"Page {page}"}, "\nOne more.\n")
    for number in range(60):
        id, day = f"more-{number:02}", f"{2016 + number % 10}-03-{1 + number % 28:02}"
        head = {"title": f"More {number}", "source": "gazette", "published": day, "summits": ["delta-2025"]}
        write_article(
            root, id, head, [{"topics": ["trade"], "attribution": [{"by": "brandt"}]}, {"topics": ["energy"]}]
        )
    return root


def write_article(root: Path, id: str, front: Mapping[str, Any], claims: list[Data], more: str = "") -> None:
    """An article with the words of each claim once in its text; an annotation file only if there are claims."""
    names = [f"c{number}" for number in range(1, len(claims) + 1)]
    said = [f"In paragraph No. {1300 + number} {quote_of(name, id)}.\n" for number, name in enumerate(names)]
    write_front_matter(root / f"content/articles/{id}.md", front, "\n" + "\n".join(said) + more)
    if claims:
        quoted = [
            {"id": name, "quote": quote_of(name, id), "text": f"Claim {name} of {id}, No. 1400.", **claim}
            for name, claim in zip(names, claims, strict=True)
        ]
        write_yaml(root / f"content/annotations/{id}.yaml", {"claims": quoted})


def write_yaml(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dumped(data), encoding="utf-8")


def write_front_matter(path: Path, front: Mapping[str, Any], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{dumped(dict(front))}---\n{body}", encoding="utf-8")


def dumped(data: Any) -> str:
    return yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120)
