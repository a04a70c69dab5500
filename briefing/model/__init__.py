"""The nouns, as the editor writes them: frozen pydantic records without behaviour beyond their own values."""
