"""New sites, and new records in one: their files, made from those of the package or from what an editor typed."""
