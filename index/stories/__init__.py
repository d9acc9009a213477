"""Which articles are one story: copies, parts and updates of one text."""
