"""Fact to letter: text, buttons and wording in each language. Pure: no clock, no network."""
