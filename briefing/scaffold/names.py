"""What is meant by words that were typed: an id or a title, and the title that an id gives."""

from briefing.model.ids import is_id


def is_like_an_id(words: str) -> bool:
    """Whether somebody who typed this meant an id: one word without capitals."""
    return is_id(words) and words == words.lower()


def title_of(id: str) -> str:
    """The words of an id, as the configuration makes them of a topic's: `gas-deal` is `Gas deal`."""
    return id.replace("-", " ").replace("_", " ").capitalize()
