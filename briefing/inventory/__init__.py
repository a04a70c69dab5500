"""What a site has, as values to be shown in a terminal or read by programs: lists of records, and all about a claim."""
