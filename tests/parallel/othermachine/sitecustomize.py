"""What Python does first when it is started with this folder in its path: act as on another machine."""

import locale
import os
import random
from collections.abc import Callable
from typing import Any

if "SHUFFLED" in os.environ:
    dice = random.Random(os.environ["SHUFFLED"])
    listdir, scandir = os.listdir, os.scandir

    class Shuffled:
        """The entries of a folder in another order."""

        def __init__(self, *arguments: Any) -> None:
            with scandir(*arguments) as entries:
                self._entries = dice.sample(found := list(entries), len(found))

        def __iter__(self) -> "Shuffled":
            return self

        def __next__(self) -> Any:
            if not self._entries:
                raise StopIteration
            return self._entries.pop()

        def __enter__(self) -> "Shuffled":
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

        def close(self) -> None:
            """There is nothing to close any more."""

    def shuffled(names: Callable[..., list[Any]]) -> Any:
        return lambda *arguments: dice.sample(found := names(*arguments), len(found))

    os.listdir, os.scandir = shuffled(listdir), Shuffled  # type: ignore[assignment]

if "FULL_LOCALE" in os.environ:
    locale.setlocale(locale.LC_ALL, "")
