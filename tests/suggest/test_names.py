"""Names of the registries in a text: whole words, the longest, and none that two entries share."""

import pytest

from briefing.read.content import read_records
from briefing.suggest.names import Names, names_of

REGISTRIES = {
    "config.yaml": "title: Desk\n",
    "content/people.yaml": (
        "ilse-brandt: {name: Ilse Brandt, names: {ja: イルゼ・ブラント}, aliases: [Prime Minister Brandt]}\n"
        "tomas-vale: {name: Tomas Vale}\nrosa-vale: {name: Rosa Vale}\nkim: {name: Kim Min-ji, names: {ko: 김민지}}\n"
    ),
    "content/places.yaml": (
        "estmark: {name: Estmark, names: {ja: エストマルク, de: Estmark}}\n"
        "us: {name: United States, aliases: [US, U.S.]}\n"
    ),
    "content/organizations.yaml": "us-steel: {name: U.S. Steel}\n",
    "content/sources.yaml": "harbor-times: {name: The Harbor Times}\n",
}


@pytest.fixture(name="names", scope="module")
def names_fixture(tmp_path_factory: pytest.TempPathFactory) -> Names:
    root = tmp_path_factory.mktemp("names")
    for name, text in REGISTRIES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return names_of(read_records(root)[0])


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Ilse Brandt and Brandt met Prime Minister Brandt", ["ilse-brandt"] * 3),
        ("Brandt's plan for Estmark’s coast", ["ilse-brandt", "estmark"]),
        ("Mr. Vale spoke", []),  # there are two of that name
        ("Tomas Vale spoke", ["tomas-vale"]),
        ("a bid for U.S. Steel in the U.S.", ["us-steel", "us"]),
        ("the Harbor Times reports", ["harbor-times"]),
        ("Estmarkish Brandts", []),
        ("USA and us", []),
        ("エストマルクのイルゼ・ブラント首相は", ["estmark", "ilse-brandt"]),
        ("김민지는 말했다", ["kim"]),
        ("United\nStates", ["us"]),
    ],
)
def test_names_are_found_as_whole_words(names: Names, text: str, ids: list[str]) -> None:
    found = names.found_in(text)
    assert [name.id for name in found] == ids
    assert all(text[name.start : name.end].strip() for name in found)
