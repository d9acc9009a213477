"""How what was found looks, on a terminal and as plain text.

Strategy: each value becomes lines of `searcher.screens.styled`, wrapped to the cell, and
painted when they are written. Text of articles is made printable when a line is made of it.
"""
