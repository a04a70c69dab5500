"""Threads, processes, clusters and other machines: the same bytes."""
