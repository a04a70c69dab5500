"""Cues: the English words by which a sentence shows what kind of statement it is, how sure, and on whose word.

A table each; in other languages a sentence has none of these, and numbers, quotations and names remain.
"""

import re
from collections.abc import Iterable
from typing import Literal

Modality = Literal["fact", "expectation", "proposal", "commitment", "opinion", "background"]


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


# Of what is to come: somebody expects it of somebody.
_EXPECTED = (
    "(?:is|are|was|were|be) (?:still |also |now |widely )?(?:not )?(?:very |highly |most )?"
    "(?:expected|likely|unlikely|set|poised|scheduled|projected|due|believed|thought|forecast|anticipated)"
)

# The article's own hedges, those that say most first: the first that stands in the sentence is the claim's.
HEDGES: tuple[re.Pattern[str], ...] = (
    _any(
        f"{_EXPECTED} to",
        "(?:very |highly |most |un)?likely to|(?<!un)expected to",
    ),
    _any(
        "(?:is|are) (?:working|aiming|seeking|planning|hoping|looking) (?:to(?:ward|wards)?|for)",
        "(?:is|are) (?:considering|exploring|weighing)",
        "(?:intends?|plans?|aims?|hopes?|seeks?|expects?|wants?|proposes?) to"
        "(?: (?:consider|explore|discuss|work towards?))?",
        "looks? forward to",
        "will (?:also )?(?:seek|consider|explore|work|aim|try|endeavou?r)(?: (?:to(?:wards?)?|with|together))?",
        "working towards?",
    ),
    _any(r"may(?! \d)(?: not)?|might(?: not)?|could(?: not)?"),
    _any("probably|possibly|perhaps|apparently|reportedly|allegedly|presumably|potential(?:ly)?"),
    _any("would(?: not)?|(?<!un)likely|unlikely|should(?: not)?"),
    _any(
        "subject to|contingent on|depend(?:s|ing)? on|in principle|letters? of intent|as soon as possible",
        "intentions?|goals?|plans?(?= for| of| that|,|;)",
    ),
    _any("(?:suggest|indicate)s?(?= that)|it is (?:unclear|uncertain)|speculation"),
)
# Terms of ICD 203 that a hedge may hold, the longer ones first.
LIKELIHOODS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_any("almost certain(?:ly)?|nearly certain(?:ly)?"), "almost certain"),
    (_any("(?:very|highly|most) unlikely"), "very unlikely"),
    (_any("(?:very|highly) likely"), "very likely"),
    (_any("unlikely"), "unlikely"),
    (_any("likely"), "likely"),
    (_any("probably|probable"), "probable"),
)
# What somebody binds themselves to, demands, thinks or expects; what has been so for long.
COMMITMENTS = _any(
    "commit(?:s|ted|ting)?(?: (?:itself|themselves))? to|commitments?|pledg(?:e|es|ed|ing)",
    "promis(?:e|es|ed|ing)|vow(?:s|ed)?|agree(?:s|d)? (?:to|on|that)|undertak(?:e|es|ing)|undertook",
    "guarante(?:e|es|ed)|resolved? to|best efforts",
)
INTENTIONS = _any(
    "will(?! be (?:closely )?(?:watched|remembered))|shall|intends?|plans?|aims?|seeks? to",
    "is working to(?:ward|wards)?|intentions?|looks? forward to|decided to|goals?",
)
EXPECTATIONS = _any(
    _EXPECTED,
    "likely|unlikely|expect(?:s|ed)?|forecasts?|predict(?:s|ed)?|may|might|could|will|would|probably|is to",
    "are to",
)
PROPOSALS = _any(
    "propos(?:e|es|ed|al|als)|call(?:s|ed)? (?:on|for|upon)|urg(?:e|es|ed)|demand(?:s|ed)?|ask(?:s|ed)?",
    r"suggest(?:s|ed)? (?:that )?\w+ing|should|consider(?:s|ed|ing)?|explor(?:e|es|ing)|recommend(?:s|ed)?",
    "requests?",
)
OPINIONS = _any(
    "believ(?:e|es|ed)|think(?:s)?|thought|in (?:his|her|its|their|my|our) view|win-win|pivotal|crucial",
    r"contentious|prais(?:e|es|ed)|critici[sz](?:e|es|ed)|historic|important|disappoint\w*",
    r"unfortunate\w*|concerned|would (?:show|reflect|be a|present)|win for",
)
BACKGROUND = _any(
    r"has (?:long |always )?been|have (?:long |always )?been|since (?:19|20)\d\d|historically",
    "for (?:years|decades)|in the past|during (?:his|her|its|their) (?:first|previous)|recurring|traditionally",
    "is the (?:top|largest|second|third|world's)",
)
# That something was done: what a fact is made of.
ACTS = _any(
    "announc(?:e|es|ed)|sign(?:s|ed)|approv(?:e|es|ed)|block(?:s|ed)|impos(?:e|es|ed|ing)|launch(?:es|ed)?",
    "remov(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|lower(?:s|ed|ing)?|reduc(?:e|es|ed|ing)|cut(?:s|ting)?",
    "increas(?:e|es|ed|ing)|purchas(?:e|es|ed|ing)|bought|buy(?:s)?|sell(?:s)?|sold|invest(?:s|ed|ing)?",
    "order(?:s|ed)|accept(?:s|ed)?|suspend(?:s|ed)?|suspension|terminat(?:e|es|ed)|eliminat(?:e|es|ed|ing)",
    "prohibit(?:s|ed)?|appl(?:y|ies|ied)|expand(?:s|ed|ing)?|establish(?:es|ed)?|exempt(?:s|ed)?",
    "extend(?:s|ed)?|renew(?:s|ed)?|reopen(?:s|ed)?|reject(?:s|ed)?|withdr(?:aw|aws|ew)|met|employ(?:s|ed)?",
    "supply|suppl(?:y|ies|ied)|deliver(?:s|ed|ies|y)?|directed|found|affirmed|submitted|received|grant(?:s|ed)?",
    "support(?:s|ed)?|welcom(?:e|es|ed)|reaffirm(?:s|ed)?|reiterat(?:e|es|ed)|underscor(?:e|es|ed)",
    "emphasi[sz](?:e|es|ed)|stress(?:es|ed)?|oppos(?:e|es|ed)|restat(?:e|es|ed)|set up|finali[sz](?:e|es|ed)",
    "conclud(?:e|es|ed)|address(?:es)?|open(?:s|ed)?|develop(?:s|ed)?|work(?:s)? (?:together|with)",
    "cooperat(?:e|es|ed)",
)
# The saying of something, by whoever stands beside it.
SAYING = (
    r"said|says|say|told|tells|stated|states|noted|notes|added|adds|reported|reports|report|argued|argues|warned|warns|"
    r"claimed|claims|predicted|predicts|suggested|suggests|suggest|indicated|indicates|indicate|explained|explains|"
    r"insisted|insists|maintains|emphasi[sz]ed|emphasi[sz]es|stressed|stresses|called|calls|described|describes|"
    r"acknowledged|confirmed|confirms|denied|denies|declared|declares|wrote|writes|recalled|recalls|observed|observes|"
    r"remarked|quoted|quotes|cites|estimated|estimates|believes|believe|expects|expect|thinks|think|urged|urges|asked|"
    r"promised"
)
# What sides of a meeting do in their own documents, which is their word for it.
DECLARING = (
    r"restated|renewed|underscored|underscores|reaffirmed|reaffirms|reiterated|reiterates|committed|commits|pledged|"
    r"pledges|welcomed|welcomes|expressed|expresses|affirmed|affirms|shared|announced|announces|agreed|agrees|intends|"
    r"supports|supported|accepted|accepts|looks forward"
)
ANONYMOUS = (
    r"officials?|sources?|advis[eo]rs?|aides?|diplomats?|analysts?|experts?|observers?|economists?|insiders?|people|"
    r"persons?|lawmakers?|executives?|spokes(?:man|woman|person|people)|reports|media reports|media|critics"
)
# Words in quotation marks, of whatever language: at least two of them, or as many characters where no spaces are.
QUOTATION = re.compile(
    r"“[^”]{6,}”|\"[^\"]{6,}\"|«[^»]{6,}»|„[^“”]{6,}[“”]|「[^」]{3,}」|『[^』]{3,}』|‘[^’]{8,}’(?!\w)"
)
# Words that praise or announce the subject and say nothing of it; and the writer, of what is written.
FLOURISHES = _any(
    "underscores? (?:the|its|their)|serves? as|marks? (?:a|an|the)|paramount|shap(?:e|es|ing) the",
    "closely watched|aligns? with|showcas(?:e|es|ing)|reflects? the (?:strong|enduring)|builds? (?:up)?on",
    "new (?:era|chapter)|landscapes?|opportunity for|at the core of|this is why|more important than ever",
    "as partners|dealmaker|delivering (?:for|on)",
)
OF_ITSELF = _any("this (?:desk|note|article|paper|newsletter)|our (?:copy|readers|sources)|we cite|as cited")


def first_of(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    """The first pattern that stands in a text, where it first does."""
    return next((match for pattern in patterns if (match := pattern.search(text))), None)


def likelihood_of(hedge: str) -> str | None:
    """The term of ICD 203 in a hedge."""
    return next((term for words, term in LIKELIHOODS if words.search(hedge)), None)
