"""What the words of vocabularies mean, by record and key, as `docs/curating.md` has it."""

from briefing.model.claim import LIKELIHOOD_RANGES

_FORWARD = {
    "pending": "nothing is known yet (open)",
    "in-progress": "it is under way (open)",
    "stalled": "it was under way and has stopped (open)",
    "fulfilled": "it came true",
    "partly": "it came true in part, or with changes",
    "not-fulfilled": "it did not come true",
    "overtaken": "events have made it meaningless",
    "superseded": "a later claim has taken its place",
    "unratable": "it cannot be decided; `why` says for what reason",
}
_FACTUAL = {
    "unverified": "looked into, and neither confirmed nor refuted",
    "confirmed": "another source shows it",
    "disputed": "another source denies it",
    "corrected": "the source took it back or changed it",
}

MEANINGS: dict[str, dict[str, dict[str, str]]] = {
    "Claim": {
        "modality": {
            "fact": "that something is so or was so",
            "expectation": "that something will, may or is likely to happen",
            "proposal": "that somebody suggests or demands it",
            "commitment": "that somebody binds themselves to it",
            "opinion": "what somebody thinks of it",
            "background": "a standing circumstance, for context",
        },
        "level": {
            "mentioned": "names the matter",
            "welcomed": "greets a step of somebody else",
            "expressed-willingness": "says that a side is willing",
            "will-consider": "says that a side will look at it",
            "agreed-in-principle": "agrees, with the terms still open",
            "committed": 'binds a side: it "will"',
            "signed": "is a signed instrument",
            "funded": "sets the money aside",
            "delivered": "reports it done",
        },
        "likelihood": {word: f"{least} to {most} percent" for word, (least, most) in LIKELIHOOD_RANGES.items()},
    },
    "Relation": {
        "type": {
            "confirms": "says the same from an origin of its own",
            "disputes": "says otherwise",
            "refutes": "shows the other to be wrong",
            "qualifies": "limits it",
            "updates": "is the newer state of it",
            "corrects": "puts it right",
            "repeats": "says the same from the same origin",
        },
    },
    "StatusEntry": {"status": {**_FORWARD, **_FACTUAL}},
}
