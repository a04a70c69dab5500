"""On whose word a claim is: said once for all claims that name the same voices, while these hold the same offices."""

import datetime
from functools import cached_property

from briefing.link.site import LinkedClaim
from briefing.model.addresses import page_path
from briefing.model.claim import Attribution
from briefing.views import words
from briefing.views.phrases import Phrase, phrase, unmarked
from briefing.views.values import AttributionView
from briefing.views.views import Views

# So many are kept: a desk cites the same people again and again.
MOST = 4096


class Voices:
    """The voices that claims name, one citing the other, or their source where they name none."""

    def __init__(self, linked: LinkedClaim, views: Views) -> None:
        record = linked.article.record
        voices = [(voice, _named(voice, linked.published, views)) for voice in linked.claim.attribution]
        source = words.VoiceName(views.source_name(record.source), page_path("sources", record.source))
        if voices and views.is_own(record):
            voices = [(words.REPORTED, source), *(voice for voice in voices if voice[0].by != record.source)]
        self._voices, self._source, self._wording = voices, source, views.wording

    @cached_property
    def attribution(self) -> AttributionView:
        """Who says it, on whose word."""
        return AttributionView(words.attribution_parts(self._voices, self._source, self._wording))

    @cached_property
    def who(self) -> Phrase:
        """On whose word it is: names alone, without a verb."""
        return phrase(*(part for part, _ in words.chain_parts(self._voices, self._source, self._wording)))


def voices_of(linked: LinkedClaim, views: Views) -> Voices:
    """The voices of a claim; `views` shows them and its source."""
    voices, scope, day = linked.claim.attribution, views.scope, linked.published
    entries = [scope.find(voice.by) if voice.by else None for voice in voices]
    key = voices, tuple([one.role_on(day) if one else None for one in entries]), linked.article.record.source
    found: Voices | None = scope.shared.get(key)
    if found is None:
        if len(scope.shared) >= MOST:
            scope.shared.clear()
        found = scope.shared[key] = Voices(linked, views)
    return found


def who_of(linked: LinkedClaim, views: Views) -> Phrase:
    """On whose word a claim is; and that it is for the desk alone, if it is."""
    who = voices_of(linked, views).who
    return phrase(who, unmarked(" · "), views.say("site.for_desk")) if is_internal(linked) else who


def is_internal(linked: LinkedClaim) -> bool:
    """Whether a claim is for the desk alone."""
    return "internal" in (linked.claim.visibility, linked.article.record.visibility)


def _named(voice: Attribution, day: datetime.date, views: Views) -> words.VoiceName:
    found = views.scope.named(voice.by) if voice.by else None
    if found is None or voice.by is None:
        return words.VoiceName(views.own(voice.described_as or ""))
    return words.VoiceName(views.own(found.entity.name), page_path(found.kind, voice.by), views.office(found, day))
