"""Voices: on whose word a sentence says what it says, as far as its own words tell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.suggest.cues import ANONYMOUS, DECLARING, SAYING
from briefing.suggest.names import Name

_ACCORDING = re.compile(r"\b(according to|in the words of|in the view of|citing|quoting)\s+", re.IGNORECASE)
_SAYS = re.compile(rf"\b(?:(?:has|have|had|also|recently) ){{0,2}}({SAYING})\b")
_DECLARES = re.compile(rf"\b(?:(?:has|have|also) ){{0,2}}({SAYING}|{DECLARING})\b")
_DESCRIBED = re.compile(
    r"(?:\b(?:an?|the|two|three|four|five|several|some|many|other|unnamed|senior|former|top|US|U\.S\.|"
    r"[A-Z]\w+(?:’s|'s)?)\s+){0,4}"
    rf"(?:\b[a-z-]+\s+)?\b(?i:{ANONYMOUS})\b"
    r"(?:\s+(?:to|at|in|from|of|with|close to|familiar with)\s+(?:the\s+)?(?:[A-Z][\w.’'-]*\s?){1,6})?",
)
# Two or three words in capitals may be a person whom the registries have not; not so what has one of these in it.
_OTHERS = re.compile(r"\b[A-Z][\w’'-]+ (?:(?:de|van|von|al|bin) )?[A-Z][\w.’'-]+(?: [A-Z][\w’'-]+)?")
_NOBODY = re.compile(
    r"\b(?:Act|Action|Agreement|Article|Deal|Declaration|Executive|Framework|Initiative|Memorandum|Minister|Order|Plan|President|"
    r"Program|Project|Statement|Summit|Treaty|The|This|In|On|At|But|And|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
# What may stand between somebody's name and what they say: an apposition, where they work, a word or two.
_BETWEEN = re.compile(
    r"(?:['’]s)?(?:,? (?:newspaper|daily|news agency|agency|magazine|broadcaster|side|government|administration))?"
    r"(?:,? (?:of|at|from|for|with) [^,;:.]{2,60})?(?:, [^;:]{2,90},)?"
    r"(?:,? (?:also|too|has|have|had|then|later|recently|again|now|itself|separately|however|who))*,?\s*\Z"
)
_HE = re.compile(r"\b(?:[Hh]e|[Ss]he)\s+\Z")
# Those who speak in a document of several sides: their word is the document's own.
_COLLECTIVE = re.compile(
    r"\b(?:[Ww]e|[Tt]hey|(?:[Tt]he|[Tt]he two|[Bb]oth) (?:leaders|sides|governments|countries|nations))\s+\Z"
)
_CLAUSE_END = re.compile(r"[,;:]|\.[”\"]")
_AND = re.compile(r" and (?:the |President |Prime Minister |Mr\. |Ms\. )?\Z")
# What stands before the verb where the speaker follows it: `..., said Mara Lind`.
_INVERTED = (",", "”", '"', "’", "?", "!")
_RANKS = {"people": 1, "sources": 1, "organizations": 3, "places": 4}
_IS_ANONYMOUS = re.compile(rf"\b(?i:{ANONYMOUS})\b")


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody on whose word it is: an entry (`by`) or the text's own words for them; the word for the saying."""

    by: str | None
    described_as: str | None
    cue: str
    basis: str

    def fields(self) -> dict[str, str]:
        """As the entry of an attribution."""
        named = {"by": self.by} if self.by else {"described_as": self.described_as or ""}
        return {**named, "cue": self.cue, "basis": self.basis}


@dataclass(frozen=True, slots=True)
class _Speaker:
    start: int
    end: int
    name: Name | None
    words: str


def voices_in(
    text: str, names: Sequence[Name], source_kinds: Mapping[str, str], joint: bool, before: str | None = None
) -> list[Voice]:
    """Who says it, nearest the reader first: an outlet that somebody told it, and whoever told it.

    `names` are those in the text; `source_kinds` the kinds of sources. In a `joint` document what one of its sides
    declares is that side's word. `before` is the person that the sentence before spoke of, for "he said".
    """
    speakers = _speakers(text, names)
    found = _according(text, speakers) or _saying(text, speakers, joint, before)
    if found is None:
        return []
    speaker, cue, told = found
    return [_voice(one, cue, source_kinds) for one in (told, speaker) if one]


# Who says it, by which word, and the outlet that they told it.
Found = tuple[_Speaker, str, _Speaker | None]


def _according(text: str, speakers: Sequence[_Speaker]) -> Found | None:
    match = _ACCORDING.search(text)
    if match is None:
        return None
    end = _CLAUSE_END.search(text, match.end())
    last = min(end.start() if end else len(text), match.end() + 60)
    near = [one for one in speakers if match.end() <= one.start < last]
    best = min(near, key=lambda one: (_rank(one), one.start), default=None)
    return (best, match[1], None) if best else None


def _saying(text: str, speakers: Sequence[_Speaker], joint: bool, before: str | None) -> Found | None:
    for match in _DECLARES.finditer(text):
        cue, declares = match[1], _SAYS.fullmatch(match.group()) is None
        if _COLLECTIVE.search(text[max(0, match.start() - 40) : match.start()]):
            return None
        subject = next((one for one in speakers if _leads_to(one, text, match.start())), None)
        after = next((one for one in speakers if 0 <= one.start - match.end() <= 5), None)
        if after and cue.startswith(("quote", "cite")):
            return after, cue, None
        if declares and not joint and not (subject and subject.name and subject.name.kind == "organizations"):
            continue
        if subject:
            told = after if cue.startswith("t") and after and after.name and after.name.kind == "sources" else None
            return _with_others(text, subject, speakers), cue, told
        if before and _HE.search(text[max(0, match.start() - 8) : match.start()]):
            return _Speaker(0, 0, Name(0, 0, before, "people"), ""), cue, None
        if after and text[max(0, match.start() - 4) : match.start()].rstrip().endswith(_INVERTED):
            return after, cue, None
    return None


def _leads_to(speaker: _Speaker, text: str, verb: int) -> bool:
    """Whether somebody stands before a verb, with no more between them than belongs to a name."""
    return speaker.end <= verb and _BETWEEN.match(text[speaker.end : verb]) is not None


def _with_others(text: str, speaker: _Speaker, speakers: Sequence[_Speaker]) -> _Speaker:
    """Somebody together with whoever is named before them: "the United States and Japan"."""
    before = _AND.search(text[max(0, speaker.start - 24) : speaker.start])
    cut = speaker.start - len(before.group()) if before else -1
    first = next((one for one in speakers if one.end == cut), None)
    if first is None:
        return speaker
    return _Speaker(first.start, speaker.end, None, text[first.start : speaker.end])


def _speakers(text: str, names: Sequence[Name]) -> list[_Speaker]:
    """Everybody who might say something, in the order of the text: those with names first."""
    found = [_Speaker(one.start, one.end, one, text[one.start : one.end]) for one in names]
    for pattern in (_DESCRIBED, _OTHERS):
        for match in pattern.finditer(text):
            words = match.group().rstrip()
            if pattern is _OTHERS and _NOBODY.search(words):
                continue
            inside = [one for one in found if one.start < match.start() + len(words) and match.start() < one.end]
            if pattern is _OTHERS and inside:
                continue
            found.append(_Speaker(match.start(), match.start() + len(words), None, words))
    return sorted(found, key=lambda one: (one.start, one.name is not None, -one.end))


def _rank(speaker: _Speaker) -> int:
    """Who of several is likelier to be meant by "according to": 0 is the likeliest."""
    if speaker.name is None:
        return 0 if _IS_ANONYMOUS.search(speaker.words) else 2
    return _RANKS[speaker.name.kind]


def _voice(speaker: _Speaker, cue: str, source_kinds: Mapping[str, str]) -> Voice:
    name, words = speaker.name, " ".join(speaker.words.split())
    if name is None:
        return Voice(None, words, cue, "anonymous" if _IS_ANONYMOUS.search(words) else "named")
    if name.kind == "places":  # a country speaks, and is no voice of the registries
        return Voice(None, words, cue, "named")
    is_report = name.kind == "sources" and source_kinds.get(name.id) not in ("government", "company", "think-tank")
    return Voice(name.id, None, cue, "report" if is_report else "named")
