"""The documents for people: what they say is so."""
