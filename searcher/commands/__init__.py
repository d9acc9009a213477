"""The commands of `searcher`: how each is typed, and what it does.

Strategy: a command reads its options, asks the public API, and hands values to a screen or
writes them as JSON. Each stands in a module of its own; `app` hangs them together. A plain
search is run without loading what the others are built with; see `typed` and `run_search`.
"""
