"""The demonstration: what content/ says, against an independent reading of it."""
