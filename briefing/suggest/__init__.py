"""Suggestions: the sentences of an article that are likely claims, ranked, each with the fields of a claim guessed."""
