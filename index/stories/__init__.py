"""Which articles are one: today the same page and the same text, exactly."""

from index.stories.exact import find_same_article, find_same_content, with_free_id

__all__ = ["find_same_article", "find_same_content", "with_free_id"]
