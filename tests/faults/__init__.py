"""Disks that fail, signals, links that others plant, outputs of others: what a build leaves whole."""
