"""Cues: the English words by which a sentence shows what kind of statement it is, how sure, and on whose word.

A table each; in other languages a sentence has none of these, and numbers, quotations and names remain.
"""

import re
from collections.abc import Iterable
from typing import Literal

Modality = Literal["fact", "expectation", "proposal", "commitment", "opinion", "background"]


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


# The article's own hedges, those that say most first: the first that stands in the sentence is the claim's.
HEDGES: tuple[re.Pattern[str], ...] = (
    _any(
        r"(?:is|are|was|were|be) (?:still |also |now |widely )?(?:not )?(?:very |highly |most )?"
        r"(?:expected|likely|unlikely|set|poised|scheduled|projected|due|believed|thought|forecast|anticipated) to",
        r"(?:very |highly |most |un)?likely to",
        r"(?<!un)expected to",
    ),
    _any(
        r"(?:is|are) (?:working|aiming|seeking|planning|hoping|looking) (?:to(?:ward|wards)?|for)",
        r"(?:is|are) (?:considering|exploring|weighing)",
        r"(?:intends?|plans?|aims?|hopes?|seeks?|expects?|wants?|proposes?) to(?: (?:consider|explore|discuss|work towards?))?",
        r"looks? forward to",
        r"will (?:also )?(?:seek|consider|explore|work|aim|try|endeavou?r)(?: (?:to(?:wards?)?|with|together))?",
        r"working towards?",
    ),
    _any(r"may(?! \d)(?: not)?", r"might(?: not)?", r"could(?: not)?(?! be (?:certified|denied))"),
    _any(r"probably", r"possibly", r"perhaps", r"apparently", r"reportedly", r"allegedly", r"presumably", r"potential(?:ly)?"),
    _any(r"would(?: not)?", r"(?<!un)likely", r"unlikely", r"should(?: not)?"),
    _any(
        r"subject to", r"contingent on", r"depend(?:s|ing)? on", r"in principle", r"letters? of intent", r"as soon as possible",
        r"intentions?", r"goals?", r"plans?(?= for| of| that|,|;)",
    ),
    _any(r"(?:suggest|indicate)s?(?= that)", r"it is (?:unclear|uncertain)", r"speculation"),
)  # fmt: skip
# Terms of ICD 203 that a hedge may hold, the longer ones first.
LIKELIHOODS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_any(r"almost certain(?:ly)?", r"nearly certain(?:ly)?"), "almost certain"),
    (_any(r"(?:very|highly|most) unlikely"), "very unlikely"),
    (_any(r"(?:very|highly) likely"), "very likely"),
    (_any(r"unlikely"), "unlikely"),
    (_any(r"likely"), "likely"),
    (_any(r"probably", r"probable"), "probable"),
)
# What somebody binds themselves to, demands, thinks or expects; what has been so for long.
COMMITMENTS = _any(
    r"commit(?:s|ted|ting)?(?: (?:itself|themselves))? to", r"commitments?", r"pledg(?:e|es|ed|ing)", r"promis(?:e|es|ed|ing)", r"vow(?:s|ed)?",
    r"agree(?:s|d)? (?:to|on|that)", r"undertak(?:e|es|ing)", r"undertook", r"guarante(?:e|es|ed)", r"resolved? to", r"best efforts",
)  # fmt: skip
INTENTIONS = _any(
    r"will(?! be (?:closely )?(?:watched|remembered))", r"shall", r"intends?", r"plans?", r"aims?", r"seeks? to", r"is working to(?:ward|wards)?",
    r"intentions?", r"looks? forward to", r"decided to", r"goals?",
)  # fmt: skip
EXPECTATIONS = _any(
    r"(?:is|are|was|were|be) (?:also |still |now |widely )?(?:not )?(?:very |highly )?"
    r"(?:expected|likely|unlikely|set|poised|scheduled|projected|due|forecast|anticipated)",
    r"likely", r"unlikely", r"expect(?:s|ed)?", r"forecasts?", r"predict(?:s|ed)?", r"may", r"might", r"could", r"will", r"would",
    r"probably", r"is to", r"are to",
)  # fmt: skip
PROPOSALS = _any(
    r"propos(?:e|es|ed|al|als)", r"call(?:s|ed)? (?:on|for|upon)", r"urg(?:e|es|ed)", r"demand(?:s|ed)?", r"ask(?:s|ed)?", r"suggest(?:s|ed)? (?:that )?\w+ing",
    r"should", r"consider(?:s|ed|ing)?", r"explor(?:e|es|ing)", r"recommend(?:s|ed)?", r"requests?",
)  # fmt: skip
OPINIONS = _any(
    r"believ(?:e|es|ed)", r"think(?:s)?", r"thought", r"in (?:his|her|its|their|my|our) view", r"win-win", r"pivotal", r"crucial",
    r"contentious", r"prais(?:e|es|ed)", r"critici[sz](?:e|es|ed)", r"fondness", r"historic", r"important", r"disappoint\w*",
    r"unfortunate\w*", r"concerned", r"would (?:show|reflect|be a|present)", r"win for",
)  # fmt: skip
BACKGROUND = _any(
    r"has (?:long |always )?been", r"have (?:long |always )?been", r"since (?:19|20)\d\d", r"historically", r"for (?:years|decades)", r"in the past",
    r"during (?:his|her|its|their) (?:first|previous)", r"recurring", r"traditionally", r"is the (?:top|largest|second|third|world's)",
)  # fmt: skip
# That something was done: what a fact is made of.
ACTS = _any(
    r"announc(?:e|es|ed)", r"sign(?:s|ed)", r"approv(?:e|es|ed)", r"block(?:s|ed)", r"impos(?:e|es|ed|ing)", r"launch(?:es|ed)?", r"remov(?:e|es|ed|ing)",
    r"rais(?:e|es|ed|ing)", r"lower(?:s|ed|ing)?", r"reduc(?:e|es|ed|ing)", r"cut(?:s|ting)?", r"increas(?:e|es|ed|ing)", r"purchas(?:e|es|ed|ing)", r"bought",
    r"buy(?:s)?", r"sell(?:s)?", r"sold", r"invest(?:s|ed|ing)?", r"order(?:s|ed)", r"accept(?:s|ed)?", r"suspend(?:s|ed)?", r"suspension", r"terminat(?:e|es|ed)",
    r"eliminat(?:e|es|ed|ing)", r"prohibit(?:s|ed)?", r"appl(?:y|ies|ied)", r"expand(?:s|ed|ing)?", r"establish(?:es|ed)?", r"exempt(?:s|ed)?", r"extend(?:s|ed)?",
    r"renew(?:s|ed)?", r"reopen(?:s|ed)?", r"reject(?:s|ed)?", r"withdr(?:aw|aws|ew)", r"met", r"employ(?:s|ed)?", r"supply", r"suppl(?:y|ies|ied)", r"deliver(?:s|ed|ies|y)?",
    r"directed", r"found", r"affirmed", r"submitted", r"received", r"grant(?:s|ed)?", r"support(?:s|ed)?", r"welcom(?:e|es|ed)", r"reaffirm(?:s|ed)?",
    r"reiterat(?:e|es|ed)", r"underscor(?:e|es|ed)", r"emphasi[sz](?:e|es|ed)", r"stress(?:es|ed)?", r"oppos(?:e|es|ed)", r"restat(?:e|es|ed)", r"set up",
    r"finali[sz](?:e|es|ed)", r"conclud(?:e|es|ed)", r"address(?:es)?", r"open(?:s|ed)?", r"develop(?:s|ed)?", r"work(?:s)? (?:together|with)", r"cooperat(?:e|es|ed)",
)  # fmt: skip
# The saying of something, by whoever stands beside it.
SAYING = (
    r"said|says|say|told|tells|stated|states|noted|notes|added|adds|reported|reports|report|argued|argues|warned|warns|claimed|claims|"
    r"predicted|predicts|suggested|suggests|suggest|indicated|indicates|indicate|explained|explains|insisted|insists|maintains|"
    r"emphasi[sz]ed|emphasi[sz]es|stressed|stresses|called|calls|described|describes|acknowledged|confirmed|confirms|denied|denies|"
    r"declared|declares|wrote|writes|recalled|recalls|observed|observes|remarked|quoted|quotes|cites|estimated|estimates|believes|believe|expects|expect|"
    r"thinks|think|according to|has said|has reported|has told|had said|is quoted as saying|urged|urges|asked|promised"
)
# What sides of a meeting do in their own documents, which is their word for it.
DECLARING = (
    r"restated|renewed|underscored|underscores|reaffirmed|reaffirms|reiterated|reiterates|committed|commits|pledged|pledges|welcomed|welcomes|expressed|expresses|"
    r"affirmed|affirms|shared|announced|announces|agreed|agrees|intends|supports|supported|accepted|accepts|looks forward"
)
ANONYMOUS = (
    r"officials?|sources?|advis[eo]rs?|aides?|diplomats?|analysts?|experts?|observers?|economists?|insiders?|people|persons?|lawmakers?|"
    r"executives?|spokes(?:man|woman|person|people)|reports|media reports|media|critics"
)
# Words in quotation marks, of whatever language: at least two of them, or as many characters where no spaces are.
QUOTATION = re.compile(r"“[^”]{6,}”|\"[^\"]{6,}\"|«[^»]{6,}»|„[^“”]{6,}[“”]|「[^」]{3,}」|『[^』]{3,}』|‘[^’]{8,}’(?!\w)")
DATES = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}\b|\b\d{1,2} (?:January|February|"
    r"March|April|June|July|August|September|October|November|December)\b|\b(?:by|in|since|through|until|from) (?:19|20)\d\d\b|\d+月\d+日"
)
# Words that praise or announce the subject and say nothing of it; and the writer, of what is written.
FLOURISHES = _any(
    r"underscores? (?:the|its|their)", r"serves? as", r"marks? (?:a|an|the)", r"paramount", r"shap(?:e|es|ing) the", r"closely watched",
    r"aligns? with", r"showcas(?:e|es|ing)", r"reflects? the (?:strong|enduring)", r"builds? (?:up)?on", r"new (?:era|chapter)", r"landscapes?",
    r"opportunity for", r"at the core of", r"this is why", r"more important than ever", r"as partners", r"dealmaker", r"delivering (?:for|on)",
)  # fmt: skip
OF_ITSELF = _any(r"this (?:desk|note|article|paper|newsletter)", r"our (?:copy|readers|sources)", r"we cite", r"as cited")


def first_of(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    """The first pattern that stands in a text, where it first does."""
    return next((match for pattern in patterns if (match := pattern.search(text))), None)


def likelihood_of(hedge: str) -> str | None:
    """The term of ICD 203 in a hedge."""
    return next((term for words, term in LIKELIHOODS if words.search(hedge)), None)

