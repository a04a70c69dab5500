"""The same function over many items in several processes, here or elsewhere."""
