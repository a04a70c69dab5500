"""What belongs together on both sides of a place in a text: the rules by which a quote cuts a word or number.

A rule is a pair of patterns: for the characters that end before the place, and for those that begin after it. They see
no combining marks and no invisible characters. Each group of rules begins with what it is for. Where a character is
now a part of what follows and now the end of a word, as 無 in 無条件 and 有無, the words that it ends are left out.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

_IDEOGRAPH = r"々〻\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_KANA = r"ぁ-ゖゝゞァ-ヺーヽヾ\u31f0-\u31ff\uff66-\uff9f"
# Thai, Lao, Myanmar, Khmer, Tai and the scripts of Java and Bali; then Chinese and Japanese.
WITHOUT_SPACES = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9ff\uaa60-\uaadf"
    rf"\u3100-\u312f{_IDEOGRAPH}{_KANA}]"
)


_compiled = cache(re.compile)


@dataclass(frozen=True)
class Rules:
    """Pairs of patterns, compiled when a text first asks for them. Most places match none of the second ones: so
    those are asked all at once before each is."""

    pairs: tuple[tuple[str, str], ...]

    @cached_property
    def _any_tail(self) -> re.Pattern[str]:
        return re.compile("|".join(tail for _, tail in self.pairs))

    def match(self, before: str, after: str) -> bool:
        """Whether one of them says that what ends here and what begins here belong together."""
        return self._any_tail.match(after) is not None and any(
            _compiled(tail).match(after) and _compiled(rf"(?:{head})\Z").search(before) for head, tail in self.pairs
        )


def _rules(*pairs: tuple[str, str]) -> Rules:
    return Rules(pairs)


_WORD = r"[^\W_]"
_DIGIT = r"[\d¼-¾⅐-⅞↉]"
_HYPHEN = r"[-‐‑‒–−֊־－﹣]"  # a dash that touches the words on both sides joins them; the em dash parts them
_JOINER = rf"(?:{_HYPHEN}|[/⁄∕／&＆_])"
_OPENED = r"[\"'“‘«(\[]?"  # non-“binding”
_APOSTROPHE = r"['’‘ʼʻ＇`´՚-՞׳״]"
_CURRENCY = r"[$¢£¤¥֏؋৲৳৻૱௹฿៛₠-⃀﷼﹩＄￠￡￥￦]"
_SIGN = r"[-‐‑‒–−+±∓~≈≃≅<>≤≥＋－＜＞▲△]"
_COMPARED = r"[±∓~≈≃≅<>≤≥＜＞]"
_UNIT = r"[%‰‱٪％﹪°℃℉′″]"
_BETWEEN_DIGITS = r"[.,:/'’·⋅×*^⁄∕٫٬˙．，：／＇+~〜～—―–‒−‐‑－-]"
_RANGE = r"[-‐‑‒–—―−~〜～－]"
_NO_BREAK = r"[\u00a0\u2007-\u200a\u202f]"
_SPACE = r"[^\S\n]"  # a line feed may part two cells of a table
_GROUPS = r"(?<![\d.,])\d{1,3}(?: \d{3})*"
_NUMBERS = _rules(
    # A decimal mark, a separator of thousands, a range, a time, a fraction: 1.5, 1’500, 5–10, 14:30, 1/7
    (_DIGIT, rf"{_BETWEEN_DIGITS}{_DIGIT}"),
    (rf"{_DIGIT}{_BETWEEN_DIGITS}", _DIGIT),
    (r"(?:^|[^\w.])\.", r"\d"),
    # A range of percentages or prices: 5%–10%, $5-$10
    (rf"{_DIGIT}{_UNIT}?", rf"{_RANGE}{_CURRENCY}?{_DIGIT}"),
    (rf"{_DIGIT}{_UNIT}?{_RANGE}", rf"{_CURRENCY}?{_DIGIT}"),
    # Thousands parted by a space: of a plain one only where three digits follow, and no more than three stand before
    (_DIGIT, rf"{_NO_BREAK}{_DIGIT}"),
    (rf"{_DIGIT}{_NO_BREAK}", _DIGIT),
    (_GROUPS, r" \d{3}(?!\d)"),
    (rf"{_GROUPS} ", r"\d{3}(?!\d)"),
    # One and a half: 1 ½, 1 1/2
    (r"\d", rf"{_SPACE}[¼-¾⅐-⅞]"),
    (rf"\d{_SPACE}", r"[¼-¾⅐-⅞]"),
    (r"(?<!\d)\d{1,3}", rf"{_SPACE}[1-9][/⁄]\d{{1,2}}(?!\d)"),
    (rf"(?<!\d)\d{{1,3}}{_SPACE}", r"[1-9][/⁄]\d{1,2}(?!\d)"),
    # Raised and lowered signs: 10⁻⁶
    (_WORD, r"[⁺⁻⁽₊₋₍]"),
    (r"[⁺⁻⁽₊₋₍]", _WORD),
    # A sign: −5, +5, ±5, ~5, < 5, -$5, 500+
    (rf"(?<!{_WORD}){_SIGN}", rf"\.?{_DIGIT}|{_CURRENCY}{_SPACE}?{_DIGIT}"),
    (rf"{_COMPARED}", rf"{_SPACE}{_CURRENCY}?{_DIGIT}"),
    (rf"{_COMPARED}{_SPACE}", rf"{_CURRENCY}?{_DIGIT}"),
    (r"\d", r"[+＋](?!\d)"),
    # A currency: $5, € 5, US$5, 5 €
    (rf"(?<!\d)(?<!\d{_SPACE}){_CURRENCY}{_SPACE}?", _DIGIT),
    (rf"(?<!\d)(?<!\d{_SPACE}){_CURRENCY}", rf"{_SPACE}{_DIGIT}"),
    (r"[^\W\d_]", rf"{_CURRENCY}{_SPACE}?{_DIGIT}"),
    (_DIGIT, rf"{_SPACE}?{_CURRENCY}(?!{_SPACE}?\d)"),
    (rf"{_DIGIT}{_SPACE}", rf"{_CURRENCY}(?!{_SPACE}?\d)"),
    # A percentage or a degree: 5%, 5 %, %5
    (_DIGIT, rf"{_SPACE}?{_UNIT}(?!\d)"),
    (rf"{_DIGIT}{_SPACE}", rf"{_UNIT}(?!\d)"),
    (rf"(?<!\d)(?<!\d{_SPACE})[%٪％]", _DIGIT),
    (rf"\d{_SPACE}?°", "[CFK]"),
    # Korean ten thousands, which are parted from the rest: 5억 3000만
    (rf"[만억조]{_SPACE}", r"\d"),
    (r"[만억조]", rf"{_SPACE}\d"),
)
_WORDS = _rules(
    # A hyphen, a slash, an ampersand: non-binding, COVID-19, km/h, R&D
    (_WORD, rf"{_JOINER}{_OPENED}{_WORD}"),
    (rf"{_WORD}{_JOINER}", rf"{_OPENED}{_WORD}"),
    (rf"{_WORD}{_HYPHEN}[\"'“‘«(\[]", _WORD),
    # One half of a pair: short- and long-term
    (r"[^\W\d_]", r"[-‐‑](?=[\s,;/])(?!\s*[-‐‑–—])"),
    # An apostrophe: can’t, O’Brien
    (_WORD, rf"{_APOSTROPHE}{_WORD}"),
    (rf"{_WORD}{_APOSTROPHE}", _WORD),
    (r"[א-ת]", r'"[א-ת]'),
    (r'[א-ת]"', r"[א-ת]"),
    (r"[lL]", r"·[lL]"),
    (r"[lL]·", r"[lL]"),
    # Korean names of states in one syllable: 한·미
    (r"(?<![가-힣])[가-힣]", r"[·ㆍ‧・][가-힣]"),
    (r"(?<![가-힣])[가-힣][·ㆍ‧・]", r"[가-힣]"),
    # Initials: U.S., a.m.
    (r"(?<![^\W_])[^\W\d_]", r"\.[^\W\d_]"),
    (r"(?<![^\W_])[^\W\d_]\.", r"[^\W\d_]"),
)
NUMBERS_AND_WORDS = Rules(_NUMBERS.pairs + _WORDS.pairs)
# French and Italian articles and the like, which are words of their own: l’accord, dell’accordo. Not the `n` of n’est.
ELIDED = re.compile(
    rf"(?<!{_WORD})(?:[ldjmtsc]|(?:jus|lors|puis|quoi)?qu|(?:[dn]e|a|su|da|co|que|be)ll|un|quest|gl){_APOSTROPHE}\Z",
    re.IGNORECASE,
)

# The raised number of a note, behind a word that is longer than a unit: pact¹. Not km².
NOTED = re.compile(r"[^\W\d_]{4}\Z")
NOTE = re.compile(rf"[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹,]*(?!{_WORD})")

_NUMERAL = "〇零一二三四五六七八九十百千万萬億亿兆壱壹弐貳贰叁肆柒捌玖拾佰仟阡廿卅卌"
_BIG = "十百千万萬億亿兆拾佰仟阡"
_FORMAL = "壱壹弐貳贰参參叁肆伍陸陆柒捌玖"
# A numeral, but not the end of a word such as 統一.
_ENDS_NUMBER = rf"[{_NUMERAL.replace('一', '')}]|(?<![統统唯同均単单随隨專専画])一"
_TITLE = (
    "首相|大統領|总统|總統|総統|総理|总理|總理|主席|大臣|[外財防法農総内]相|長官|长官|部長|部长|議長|议长|議員|议员"
    "|総裁|总裁|代表|知事|市長|市长|会長|会长|社長|国務|国防|外交|外務|財務|防衛"
)
CHINESE_AND_JAPANESE = _rules(
    # Numbers: 三十五億, 3億, 数百, 二十余, 三・五, 三分の一, 2億～3億, 第三
    (_ENDS_NUMBER, rf"[{_NUMERAL}]"),
    (_ENDS_NUMBER, r"\d"),
    (r"\d", rf"[{_BIG}〇零]"),
    (r"[数數几幾何两兩]", rf"[{_BIG}]"),
    (rf"[{_BIG}]", r"[数數几幾](?![学學字値值式])"),
    (rf"[{_BIG}]", r"[余餘]|多(?=[个個名人年万萬億亿家次天种種项項])"),
    (rf"[{_FORMAL}]", rf"[{_BIG}{_FORMAL}]"),
    (rf"[{_BIG}{_FORMAL}]", rf"[{_FORMAL}]"),
    (rf"[{_NUMERAL}]", rf"[・．点點][{_NUMERAL}]"),
    (rf"[{_NUMERAL}][・．点點]", rf"[{_NUMERAL}]"),
    (rf"[{_NUMERAL}\d]", rf"分[の之ノ][{_NUMERAL}\d]"),
    (rf"[{_NUMERAL}\d]分", rf"[の之ノ][{_NUMERAL}\d]"),
    (rf"[{_NUMERAL}\d]分[の之ノ]", rf"[{_NUMERAL}\d]"),
    (rf"[{_NUMERAL}\d%％][円元]?", rf"[~〜～][{_NUMERAL}\d]"),
    (rf"[{_NUMERAL}\d%％][円元]?[~〜～]", rf"[{_NUMERAL}\d]"),
    (r"(?<!次)第", rf"[{_NUMERAL}\d]"),
    (r"(?<![勝胜担擔抱])[負负]", rf"[{_NUMERAL}\d]"),
    # Negations, but not the end of a word such as 有無, 南非, 沈没, 違反, 離脱: 不拡散, 無条件, 非公式, 反ダンピング
    (r"[不勿毋]|(?<![有皆絶绝虚虛])[無无]|(?<![己癸乙丁辛])未", _WORD),
    (r"(?<![是南西东東北中亚亞莫对對援访訪赴驻駐])非", _WORD),
    (r"(?<![日出沈沉埋淹陥病戦隐隱湮吞鬼])[没沒]", _WORD),
    (r"(?<![違违相謀谋造離离平策背往正減减])反|(?<![離离逸剥虚洒解摆擺挣掙])[脱脫]", _WORD),
    # Offices: 副大統領, 前首相
    (r"副|(?<![以直事午目談谈選选])前|(?<![地次])元", _TITLE),
)

# What stands for a sign or a prefix in Japanese, with what it stands before: マイナス5, ノンバンク.
SPELLED_PREFIX = re.compile(rf"(?:マイナス|ﾏｲﾅｽ|零下)[{_NUMERAL}\d]|(?<![ァ-ヺー])(?:ノン|アンチ)[ァ-ヺA-Z]")
# A Japanese negation, which follows what it negates: していない, ではなく, しません, せず. Not ないし, はず, ずっと.
NEGATION = re.compile(
    r"(?<=\w)[しさせてでいきれらえ得]{0,6}(?:"
    r"(?:は|も|が)?(?:なら|あり|おり|いけ)?(?:ない(?!し|が[しろ])|なかった|なく(?!な[るっりろれ]|[すさしせそ])|なければ|ませんでした|ません)"
    r"|(?:なら)?(?:ず(?![っつれらさるす]|いぶ)|ぬ(?![いるくけぐりれ])))"
)

# Letters of scripts without spaces that are a part of the letter before them or after them.
FOLLOWS = re.compile(
    r"[ะ-ำๅ-ๆฯະາຳຽໆຯៗ]"  # vowels written after their consonant, marks of repetition and abbreviation
    r"|[\u1000-\u102a\u103f\u104e\uaa60-\uaa7f]\u1037?[\u1039\u103a]"  # what ends a syllable
    r"|[ゃゅょゎぁぃぅぇぉっャュョヮァィゥェォッンーゝゞヽヾ々〻ｧ-ｰﾞﾟ]"
)
LEADS = re.compile(r"[เ-ไເ-ໄ\u17d2\u1039\u1a60\ua9c0\u1b44]\Z")  # vowels written first, letters that stack the next
