"""A site of odd content: what no editor means to write, and some editor will."""

from pathlib import Path
from typing import Any

import yaml

from tests.sites.desks import Paper, built

# Markup, quotes of all kinds, an emoji of several parts, and words that run from right to left.
ODD = (
    '<b>"Summit" of O\'Neill & <script>alert(1)</script></b> „Treffen“ «rencontre» 👩🏽‍🚀🇯🇵 '
    "قمة الرياض والدوحة في الدوحة שלום עולם "
)
TITLE = (ODD + "and what the ministers of all countries that take part in it are expected to agree on there " * 3)[
    :300
].rstrip()
LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2
TOPICS = {f"topic-{number}": f"Topic {number}" for number in range(1, 12)} | {"trade": f"Trade and {LONG_WORD}"}


def _summit(**fields: Any) -> str:
    head = yaml.safe_dump({"status": "held", **fields}, allow_unicode=True, sort_keys=False)
    return f"---\n{head}---\n\nThe overview, with a {LONG_WORD}.\n"


def _claim(topic: str, number: int) -> dict[str, Any]:
    return {
        "topics": [topic],
        "modality": "commitment",
        "summit": "many",
        "text": f"{TITLE} {number}",
        "label": f"{LONG_WORD[:60]} {number}",
        "resolution": f"Fulfilled if {LONG_WORD} says so.",
        "hedge": "ends",
        "figure": {"measure": "money", "value": "1234567890123", "as_of": "2025-02-07"},
    }


def odd_site(folder: Path) -> Path:
    """Meetings with no claims, with one, and with a dozen topics; one to come; an odd title; people without office."""
    many = {f"many-{number}": _claim(topic, number) for number, topic in enumerate(TOPICS)}
    papers = {
        "alone": Paper("2025-02-06", {"alone": {"topics": ["trade"], "modality": "expectation", "summit": "one"}}),
        "many": Paper("2025-02-07", many),
    }
    agenda = [{"topic": topic, "items": [f"{label} of {LONG_WORD}"]} for topic, label in TOPICS.items()]
    agenda[0]["items"] = [{"item": TITLE, "claims": ["many#many-0", "many#many-1"], "now": "many#many-2"}]
    files = {
        "config.yaml": yaml.safe_dump({"title": "Desk", "topics": TOPICS}, allow_unicode=True, sort_keys=False),
        "content/people.yaml": yaml.safe_dump(
            {"brandt": {"name": "Ilse Brandt"}, "odd": {"name": TITLE[:120]}}, allow_unicode=True
        ),
        "content/summits/none.md": _summit(title=TITLE, start="2025-02-05", participants=[{"person": "odd"}]),
        "content/summits/one.md": _summit(title="One", start="2025-02-07", participants=[{"person": "brandt"}]),
        "content/summits/many.md": _summit(
            title=TITLE[:200] + " of many",
            start="2025-02-07",
            participants=[{"person": "brandt", "role": LONG_WORD[:70]}, {"person": "odd"}],
            agenda=agenda,
            documents=["many"],
        ),
        "content/summits/planned.md": _summit(
            title=f"Planned {LONG_WORD}", start="2026-02-07", status="planned", agenda=agenda[1:]
        ),
    }
    return built(folder, papers, files)
