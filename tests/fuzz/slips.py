"""Slips of the hand: texts changed as editors change them by mistake."""

import random


def mutated(text: str, dice: random.Random) -> str:
    """A text as a slip of the hand leaves it."""
    for _ in range(dice.randint(1, 4)):
        at, length = dice.randrange(len(text)), dice.choice([1, 1, 1, 2, 5, 40])
        piece = text[at : at + length]
        lines = text.split("\n")
        row = dice.randrange(len(lines))
        match dice.randrange(6):
            case 0:
                text = text[:at] + text[at + length :]
            case 1:
                text = text[:at] + piece * 2 + text[at + length :]
            case 2:
                text = text[:at] + dice.choice("'\"{}[]:#&*!|>%@-\t\n ,?~\\é日0") + text[at:]
            case 3:
                text = "\n".join([*lines[:row], lines[row][dice.randint(1, 4) :], *lines[row + 1 :]])
            case 4:
                text = "\n".join([*lines[:row], *lines[row + 1 :], lines[row]])
            case _:
                other = dice.randrange(len(text))
                text = text[:other] + piece + text[other:]
    return text
