"""What a site's records are taken away as, beside what it publishes."""
