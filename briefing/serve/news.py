"""What browsers are told of a site that is edited, the newest always."""

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class News:
    """The state of the site by its name, and what is wrong with it: as the terminal shows it, and in a few words.

    `is_checked`: whether that is all that `briefing check` says.
    """

    version: str = ""
    problems: str = ""
    counts: str = ""
    has_errors: bool = False
    is_checked: bool = False


class Board:
    """Where the newest stand. Whoever comes late misses only what is no news any more."""

    def __init__(self) -> None:
        self._news, self._number = News(), 0
        self._posted = threading.Condition()

    def post(self, news: News) -> None:
        """Put up the newest, if they are any."""
        with self._posted:
            if news != self._news:
                self._news, self._number = news, self._number + 1
                self._posted.notify_all()

    @property
    def newest(self) -> News:
        """How things stand."""
        return self._news

    def after(self, number: int, seconds: float) -> tuple[int, News] | None:
        """News with another number than that, and theirs; None if there are none within so many seconds."""
        with self._posted:
            if not self._posted.wait_for(lambda: self._number != number, seconds):
                return None
            return self._number, self._news
