"""Tests of `briefing`; README.md says what is where."""
