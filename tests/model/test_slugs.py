"""Words of titles as parts of addresses: short, plain and always an id."""

import pytest
from hypothesis import given
from hypothesis.strategies import text

from briefing.model.ids import is_id
from briefing.model.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Gas deal in sight", "gas-deal-in-sight"),
        ("  “Golden age”: U.S.–Japan, 2025  ", "golden-age-u-s-japan-2025"),
        ("Brandt’s visit, don't", "brandts-visit-dont"),
        ("Straße nach Łódź; œuvre", "strasse-nach-lodz-oeuvre"),
        ("Über uns", "uber-uns"),
        ("首脳会談の共同声明", "首脳会談の共同声明"),
        ("日米首脳会談 joint statement", "日米首脳会談-joint-statement"),
        ("हिन्दी", "हनद"),  # an id holds no vowel signs
        ("Доклад о переговорах", "доклад-о-переговорах"),
        ("gas_deal", "gas-deal"),
        ("con", "con-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("...", ""),
        ("", ""),
        ("word " * 40, "-".join(["word"] * 14)),
        ("w" * 200, "w" * 70),
        ("会" * 100, "会" * 23),
    ],
)
def test_a_title_has_this_slug(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(text())
def test_a_slug_is_an_id_with_a_day_before_it_too(title: str) -> None:
    slug = slug_of(title)
    assert not slug or (is_id(slug) and is_id(f"2026-03-02-{slug}") and slug_of(slug) == slug)
    assert "--" not in slug
