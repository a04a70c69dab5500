"""The words of the theme, for what is tested without a build."""

from functools import cache

from briefing.model.words import Words, words_for
from briefing.read.theme import read_theme
from briefing.views.wording import Wording
from tests.commands import REPOSITORY


@cache
def theme_words(language: str = "en") -> Words:
    theme, _ = read_theme(REPOSITORY)
    return words_for(language, theme.words)


def wording(locale: str = "en", language: str = "en") -> Wording:
    return Wording(locale, theme_words(language))
