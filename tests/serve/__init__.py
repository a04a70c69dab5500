"""Tests of the site served while it is edited."""
