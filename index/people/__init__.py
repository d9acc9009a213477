"""Article in, the persons in it by full name out."""

from index.people.find import find_people, people_of, read_people, with_people

__all__ = ["find_people", "people_of", "read_people", "with_people"]
