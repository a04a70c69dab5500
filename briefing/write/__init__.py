"""Every write, rename and delete of the program: staged, checked, then moved in behind a journal."""
