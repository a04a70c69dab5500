"""One module a command, with a function of the same name; `program.py` finds them. Heavy imports stand in functions."""
