"""Pages to bytes: templates, fragments that many pages show, and the check of links. Pure."""
