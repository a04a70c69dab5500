"""What programs read of a site, read by other programs."""
