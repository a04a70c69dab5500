"""Records to one checked site: what is known only once every file is read."""
