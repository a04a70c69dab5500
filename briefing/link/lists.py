"""The lists of a site: what pages show in some order, each put together when somebody first asks for it."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from briefing.link.changes import Changes, changes_of
from briefing.link.differences import Difference, differences
from briefing.link.figures import MeasureValues, figures_by_measure
from briefing.link.mentions import Mentions, mentions_of
from briefing.link.site import LinkedClaim, Site
from briefing.link.timeline import Timeline, timeline
from briefing.link.voices import Voice, voices_of


class Lists:
    """The lists of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @cached_property
    def timeline(self) -> Timeline:
        """All events."""
        return timeline(self.site)

    @cached_property
    def changes(self) -> Changes:
        """What changed."""
        return changes_of(self.site)

    @cached_property
    def voices(self) -> Mapping[str, Voice]:
        """The claims of every entry of a registry that has any."""
        return voices_of(self.site.claims.values())

    @cached_property
    def figures(self) -> Mapping[str, MeasureValues]:
        """The values of every measure that has any, in the order of the registry."""
        return figures_by_measure(self.site)

    @cached_property
    def mentions(self) -> Mentions:
        """What names the entries of registries."""
        return mentions_of(self.site)

    @cached_property
    def differences(self) -> Mapping[str, tuple[Difference, ...]]:
        """Where accounts of a summit differ."""
        return differences(self.site)

    @cached_property
    def ledger(self) -> Sequence[LinkedClaim]:
        """The claims that look ahead."""
        return [linked for linked in self.site.claims.values() if linked.is_forward]
