"""New articles join the stories of those known, one after the other.

Strategy: look up who holds the fingerprints of an article, weigh them, compare with the few
that share most, and join the story of the best match. An article without one founds a story.

Rule 1: A fingerprint weighs 1 where one cluster holds it, and 1.5 / c where c do. Clusters are
    copies of one text, so a story told ten times is no template. Footers and templates, which
    many clusters hold, fade by themselves.
Rule 2: Only the best match is joined. Another story that resembles the article becomes one with
    it only at `BRIDGE`: a roundup must not tie what it rounds up.
Rule 3: A story grows by copies without end, but by parts and updates only to `MAX_LOOSE`
    articles, and two become one only below that. So no chain of likenesses swallows an archive.
Rule 4: What is like nothing else joins the story of the article at its address, if there is one.
Rule 5: Of a cluster `MAX_CLUSTER` articles keep fingerprints: copies of a million pages take the
    space of eight. All of them stay close to those eight, so a cluster does not drift either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from index.codec.blocks import changes
from index.documents import StoryPlace
from index.stories.comparison import (
    MIN_SCORE,
    MIN_SHARED,
    Match,
    Weights,
    alike_titles,
    compare,
    is_same_story,
    may_be_same_story,
)
from index.stories.fingerprints import Hashes, Prints, prints_of
from index.stories.growing import GrowingArticles
from index.stories.known import MAX_HOLDERS, Clusters, Documents, Holders
from index.stories.profile import Profile

__all__ = ["Incomer", "group"]

FULL_WEIGHT_CLUSTERS = 1.5
TIGHT = 0.6  # resemblance from which on two articles are copies of one text
BRIDGE = 0.45
PART_TITLES = 0.6
PART_SCORE = 0.5
TITLE_BONUS = 0.1
MAX_CLUSTER = 8
MAX_LOOSE = 500
FINALISTS = 8
# What the fingerprints of a match weigh at least: with less, nobody need look closer.
MIN_WEIGHT = MIN_SHARED * MIN_SCORE
CLUSTER_BITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomer:
    """An article that is to join a story.

    Attributes:
        id: Its id.
        profile: What is compared of it.
        before: The number of the article that it is a new state of, which is no longer
            among those that hold fingerprints; None: it is new.
        same_address: The number of an article before it that has its address; None: none has.
    """

    id: str
    profile: Profile
    before: int | None = None
    same_address: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rival:
    """An article of the same story, as far as the texts tell."""

    document: int
    story: int
    cluster: int
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """Who holds the fingerprints of an article.

    Attributes:
        places: For each pair of a fingerprint and a holder the place of the fingerprint.
        documents: The holder.
        clusters: The cluster of the holder.
        weights: What each fingerprint weighs: shape (n,).
    """

    places: npt.NDArray[np.int64]
    documents: Documents
    clusters: Clusters
    weights: Weights


def group(articles: GrowingArticles, incomers: Sequence[Incomer]) -> list[StoryPlace]:
    """Give each incomer its story, in order, and add it to the articles.

    Looking up is done for all at once: some hundred are fastest, and how many changes nothing.
    """
    if not incomers:
        return []
    prints = [prints_of(incomer.profile.sketch.hashes) for incomer in incomers]
    every, is_unknown = articles.open_batch(prints)
    ends = np.cumsum([len(own) for own in prints]).tolist()
    pairs = np.append(0, np.cumsum(every.listed)).tolist()
    placed = []
    for incomer, own, end in zip(incomers, prints, ends, strict=True):
        start = end - len(own)
        if is_unknown[start:end].any():
            holders = articles.holders(own)
        else:
            counts, documents = every.counts[start:end], every.documents[pairs[start] : pairs[end]]
            holders = articles.visible(Holders(counts=counts, documents=documents))
        place = _placed(articles, incomer, own, holders)
        articles.append(incomer.profile, place)
        placed.append(place)
    articles.close_batch()
    return placed


def _placed(
    articles: GrowingArticles, incomer: Incomer, prints: Prints, holders: Holders
) -> StoryPlace:
    kept = prints[holders.counts <= MAX_HOLDERS]
    held = _weighed(articles, holders)
    story, cluster = _own_numbers(articles, incomer, held)
    rivals = _rivals(articles, incomer.profile, held)
    best = _best(articles, rivals)
    if best is None:
        return StoryPlace(_story_at_address(articles, incomer, held) or story, cluster, kept)
    _bridge(articles, best, rivals)
    closest = max(rivals, key=lambda rival: rival.match.resemblance)
    if closest.match.resemblance >= TIGHT:
        cluster = closest.cluster
        if len(np.unique(held.documents[held.clusters == cluster])) >= MAX_CLUSTER:
            kept = kept[:0]
    return StoryPlace(articles.current(best.story), cluster, kept)


def _story_at_address(articles: GrowingArticles, incomer: Incomer, held: _Held) -> int | None:
    """Return the story of an article that was rewritten where it stands; None: it was not.

    Careless sites give one address to all their pages, so that the headline must be alike, or
    something of the text the same.
    """
    if incomer.same_address is None:
        return None
    story = articles.current(articles.story(incomer.same_address))
    known = articles.profile(incomer.same_address)
    is_rewritten = alike_titles(incomer.profile, known) or compare(
        incomer.profile, held.weights, known, lambda hashes: _weights(articles, hashes)
    )
    return story if is_rewritten and articles.story_size(story) < MAX_LOOSE else None


def _own_numbers(articles: GrowingArticles, incomer: Incomer, held: _Held) -> tuple[int, int]:
    """Return the numbers of the story and the cluster of an article that nothing else is like.

    They are those that it had before, if its text is still of one story with what it was.
    """
    story, cluster = _new_numbers(incomer)
    if incomer.before is not None and (former := articles.story(incomer.before)):
        match = _match(articles, incomer.profile, held.weights, incomer.before)
        if match is not None:
            story = former
            if match.resemblance >= TIGHT:
                cluster = int(articles.clusters(np.array([incomer.before]))[0])
    return story, cluster


def _new_numbers(incomer: Incomer) -> tuple[int, int]:
    """Return the numbers of the story and the cluster that an article founds.

    Its text counts, since an id may come to hold another text and found another story.
    """
    name = f"{incomer.id}\n{incomer.profile.key}".encode("utf-8", "surrogatepass")
    digest = blake2b(name, digest_size=10).digest()
    return int.from_bytes(digest[:6], "big"), int.from_bytes(digest[6:], "big")


def _weighed(articles: GrowingArticles, holders: Holders) -> _Held:
    listed = holders.listed
    places = np.repeat(np.arange(len(listed)), listed)
    clusters = articles.clusters(holders.documents)
    pairs = np.sort((places << CLUSTER_BITS) | clusters)
    counts = np.bincount(pairs[changes(pairs)] >> CLUSTER_BITS, minlength=len(listed))
    weights = np.minimum(FULL_WEIGHT_CLUSTERS / np.maximum(counts, 1), 1.0)
    weights[holders.counts > MAX_HOLDERS] = 0.0
    return _Held(places=places, documents=holders.documents, clusters=clusters, weights=weights)


def _rivals(articles: GrowingArticles, profile: Profile, held: _Held) -> list[_Rival]:
    """Return the articles of the same story, as far as the texts tell, those that share most."""
    if len(held.documents) < MIN_SHARED:
        return []
    documents, owners = np.unique(held.documents, return_inverse=True)
    shared = np.bincount(owners)
    weights = np.bincount(owners, weights=held.weights[held.places])
    near = np.flatnonzero((shared >= MIN_SHARED) & (weights >= MIN_WEIGHT))
    near = near[np.argsort(-weights[near], kind="stable")][:FINALISTS]
    clusters = articles.clusters(documents[near]).tolist()
    rivals: list[_Rival] = []
    copied: set[int] = set()  # clusters of which the article is a copy: one of each will do
    for document, cluster in zip(documents[near].tolist(), clusters, strict=True):
        if cluster in copied:
            continue
        if match := _match(articles, profile, held.weights, document):
            story = articles.story(document)
            rivals.append(_Rival(document=document, story=story, cluster=cluster, match=match))
            if match.resemblance >= TIGHT:
                copied.add(cluster)
    return rivals


def _match(
    articles: GrowingArticles, profile: Profile, weights: Weights, document: int
) -> Match | None:
    known = articles.profile(document)
    if not may_be_same_story(profile, known):
        return None
    if known.key == profile.key:
        match = Match(score=1.0, resemblance=1.0, titles=1.0, shares_beginning=True)
    else:
        found = compare(profile, weights, known, lambda hashes: _weights(articles, hashes))
        if found is None:
            return None
        match = found
    return match if is_same_story(profile, known, match) else None


def _weights(articles: GrowingArticles, hashes: Hashes) -> Weights:
    return _weighed(articles, articles.holders(prints_of(hashes))).weights


def _best(articles: GrowingArticles, rivals: Sequence[_Rival]) -> _Rival | None:
    """Return the best match whose story takes in more."""
    for rival in sorted(rivals, key=_rank):
        is_copy = rival.match.resemblance >= TIGHT
        if is_copy or articles.story_size(articles.current(rival.story)) < MAX_LOOSE:
            return rival
    return None


def _rank(rival: _Rival) -> tuple[float, float, int]:
    match = rival.match
    # A roundup has all of what it rounds up; so has the text, and the title too.
    return -(match.score + TITLE_BONUS * match.titles), -match.resemblance, rival.document


def _bridge(articles: GrowingArticles, best: _Rival, rivals: Sequence[_Rival]) -> None:
    """Make the stories one that an article resembles."""
    for rival in rivals:
        one, other = articles.current(best.story), articles.current(rival.story)
        if one == other or not _is_bridge(rival.match):
            continue
        sizes = {story: articles.story_size(story) for story in (one, other)}
        if sum(sizes.values()) < MAX_LOOSE:
            small, large = sorted(sizes, key=lambda story: (sizes[story], story))
            articles.unite(small, into=large)


def _is_bridge(match: Match) -> bool:
    if match.resemblance >= BRIDGE:
        return True
    return match.titles >= PART_TITLES and match.score >= PART_SCORE  # a part that came first
