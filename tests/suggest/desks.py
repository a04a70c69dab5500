"""The desk of these tests: an article with something of everything, in a site of its own."""

from pathlib import Path

ID = "2026-03-02-times"
ARTICLE = f"content/articles/{ID}.md"
ANNOTATIONS = f"content/annotations/{ID}.yaml"
HEAD = "---\ntitle: Gas deal in sight\nsource: harbor-times\npublished: 2026-03-02\n---\n\n"
BODY = """\
# Leaders meet

Prime Minister Ilse Brandt of Estmark will receive President Tomas Vale in Port Sel on Friday. It was a fine day.

According to two officials who asked not to be named, the leaders are likely to announce a contract for natural gas.
Meridian reported on Sunday that the contract would run for 20 years.

Estmark buys about 12 billion cubic meters of gas a year. Mara Lind called such a contract "a win for both".
"""
SITE = {
    "config.yaml": "title: Desk\ntimezone: UTC\ntopics: {energy: Energy, trade: Trade}\n",
    "content/sources.yaml": (
        "harbor-times: {name: The Harbor Times, kind: newspaper}\nmeridian: {name: Meridian, kind: newspaper}\n"
    ),
    "content/people.yaml": (
        "ilse-brandt: {name: Ilse Brandt}\ntomas-vale: {name: Tomas Vale}\nmara-lind: {name: Mara Lind}\n"
    ),
    "content/places.yaml": "estmark: {name: Estmark}\n",
    "content/measures.yaml": (
        "gas-imports:\n  label: Gas that Estmark imports in a year\n  unit: cubic meters\n"
        "  about: [estmark]\n  topics: [energy]\n"
    ),
    ARTICLE: HEAD + BODY,
}


def desk(root: Path, **files: str) -> Path:
    """A site with that article; `files` are other files of it, `__` in their names for `/`."""
    for name, text in {**SITE, **{name.replace("__", "/"): text for name, text in files.items()}}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root
