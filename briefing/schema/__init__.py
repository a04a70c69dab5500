"""JSON Schemas of a site's files, for editors: what each field takes, with the ids that the site has now."""
