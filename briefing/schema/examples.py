"""Examples of what may stand in a field, by record and key: where its type and its description leave that open."""

EXAMPLES: dict[str, dict[str, tuple[str, ...]]] = {
    "Article": {"language": ("en", "ja"), "url": ("https://example.org/2025/02/07/talks",)},
    "Attribution": {"described_as": ("two officials who asked not to be named",), "cue": ("said", "told reporters")},
    "Claim": {
        "label": ("steel tariffs",),
        "hedge": ("is likely to", "would consider"),
        "resolution": ("met if both governments publish a signed text by the due date",),
    },
    "Config": {
        "base_url": ("https://example.org/briefing/",),
        "domain": ("desk.example.org",),
        "robots": ("User-agent: *\nDisallow: /data/",),
        "language": ("en", "ja", "pt-BR"),
        "timezone": ("America/New_York", "Asia/Tokyo", "UTC"),
    },
    "ExternalIds": {"wikidata": ("Q17",)},
    "Figure": {"value": ("14.9", "54000"), "currency": ("USD", "JPY"), "unit": ("people",)},
    "Gone": {"address": ("articles/2025-02-07-talks.html", "articles/2025-02-07-talks.html#steel")},
    "Measure": {"unit": ("ships", "cubic meters"), "currency": ("USD", "JPY")},
    "Organization": {"url": ("https://example.org/",)},
    "Place": {"timezone": ("Asia/Tokyo", "America/New_York")},
    "Role": {"post": ("Prime Minister",)},
    "Source": {"language": ("en", "ja"), "url": ("https://example.org/",)},
}
