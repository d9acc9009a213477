"""English words that say nothing of what a text is about.

They are in the index like all others, so that phrases are exact. A query does without those
that stand among other words: each is in most articles, and in those it is not in, it is missed
by nobody.
"""

from __future__ import annotations

__all__ = ["STOP_WORDS"]

ARTICLES_AND_PRONOUNS = """
a an the this that these those there here i me my myself we us our ours ourselves you your yours
yourself yourselves he him his himself she her hers herself it its itself they them their theirs
themselves one ones some any each other others such same own all both
"""
QUESTIONS_AND_RELATIVES = "who whom whose what which when where why how whether while"
VERBS = """
am is are was were be been being do does did doing have has had having will would shall should can
could may might must get got let
"""
CONJUNCTIONS_AND_PREPOSITIONS = """
and but if or nor because as until of at by for with without within about against between into
through during before after above below to from up down in out on off over under upon than so then
once
"""
ADVERBS = "not no only very too just also more most ever further however else again few yet like"
# What is left of don't, we'll, I've, he'd, I'm, they're where the apostrophe parts them.
SHORT_FORMS = """
s t d m ll ve re don didn doesn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn cannot
"""

STOP_WORDS = frozenset(
    word
    for words in (
        ARTICLES_AND_PRONOUNS,
        QUESTIONS_AND_RELATIVES,
        VERBS,
        CONJUNCTIONS_AND_PREPOSITIONS,
        ADVERBS,
        SHORT_FORMS,
    )
    for word in words.split()
)
