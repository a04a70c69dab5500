"""On whose word a sentence is: what the words around the saying tell."""

import re

import pytest

from briefing.suggest.names import Name
from briefing.suggest.voices import voices_in

ENTRIES = {
    "Mara Lind": ("mara-lind", "people"),
    "Brandt": ("ilse-brandt", "people"),
    "Meridian": ("meridian", "sources"),
    "White House": ("white-house", "sources"),
    "Port Institute": ("port-institute", "organizations"),
    "Japan": ("japan", "places"),
    "United States": ("united-states", "places"),
    "Steelworks": ("steelworks", "organizations"),
}
KINDS = {"meridian": "newspaper", "white-house": "government"}


def names(text: str) -> list[Name]:
    found = [Name(m.start(), m.end(), *ENTRIES[m.group()]) for m in re.finditer("|".join(ENTRIES), text)]
    return sorted(found, key=lambda name: name.start)


def told(text: str, joint: bool = False, before: str | None = None) -> list[tuple[str | None, str, str]]:
    voices = voices_in(text, names(text), KINDS, joint, before)
    return [(voice.by or voice.described_as, voice.cue, voice.basis) for voice in voices]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Mara Lind called such a contract "a win".', [("mara-lind", "called", "named")]),
        ("Mara Lind of the Port Institute said it would rain.", [("mara-lind", "said", "named")]),
        ("Senior fellow Mara Lind, who knows both, noted that it may.", [("mara-lind", "noted", "named")]),
        ("According to two officials who asked, it may.", [("two officials", "According to", "anonymous")]),
        ("According to Japan’s Meridian newspaper, it may.", [("meridian", "According to", "report")]),
        ("The Meridian newspaper has reported that it may.", [("meridian", "reported", "report")]),
        ("Media reports suggest that they will meet.", [("Media reports", "suggest", "anonymous")]),
        ("It may happen, said Mara Lind.", [("mara-lind", "said", "named")]),
        ("It may happen, the White House says.", [("white-house", "says", "named")]),
        (
            "An adviser to Mr. Vale told Meridian that it may.",
            [("meridian", "told", "report"), ("An adviser to Mr. Vale", "told", "anonymous")],
        ),
        ("Anton Berg said that he would come.", [("Anton Berg", "said", "named")]),
        ("Steelworks pledged to invest $3 billion.", [("steelworks", "pledged", "named")]),
        ("The leaders said that they would meet.", []),
        ("The United States pledged to help.", []),
        ("The price of gas rose.", []),
        ("The Action Plan says nothing.", []),
    ],
)  # fmt: skip
def test_the_voice_is_who_stands_by_the_saying(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


def test_in_a_document_of_several_sides_a_side_declares_in_its_own_name() -> None:
    assert told("The United States underscored its commitment.", joint=True) == [
        ("United States", "underscored", "named")
    ]
    assert told("The United States and Japan reaffirmed it.", joint=True) == [
        ("United States and Japan", "reaffirmed", "named")
    ]


def test_a_pronoun_is_the_one_person_of_the_sentence_before() -> None:
    assert told("She said that it may.", before="mara-lind") == [("mara-lind", "said", "named")]
    assert told("She said that it may.") == []
