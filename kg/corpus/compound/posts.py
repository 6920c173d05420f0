"""The posts of persons that a document tells: which title somebody has at which body.

A role and an employer are two facts, proposed apart. They are one post where the title stands in
a sentence behind the body, the nearest before it (``kg.corpus.compound.person_posts``). What a text
leaves
open stays apart: a title without a body, a body without a title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import fields, replace
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kg.base.records import Attestation, Post
from kg.corpus.compound.annotated_source import AnnotatedSource, PostGrammar, TitleWords
from kg.corpus.compound.byline_titles import AUTHOR, byline_titles
from kg.corpus.compound.person_posts import ROLE, WORKS_FOR, PersonPosts
from kg.corpus.compound.stated import StatedPosts
from kg.corpus.compound.stated_words import StatedWords
from kg.corpus.compound.tenure import NEVER, PAGE, tenures
from kg.corpus.compound.terms import Term, terms
from kg.corpus.compound.titles import printed
from kg.corpus.entity_merging import digest
from kg.extract.values.partial_date import PartialDate, parse_date
from kg.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base.records import Fact, Source
    from kg.corpus.compound.annotated_source import PostMention
    from kg.corpus.compound.byline_titles import BylineTitles
    from kg.corpus.compound.tenure import Tenures
    from kg.corpus.compound.terms import Terms
    from kg.ontology import Ontology


def is_about_post(fact: Fact) -> bool:
    """Whether a fact is a part of a post that a document tells."""
    return fact.predicate in (ROLE, WORKS_FOR) and bool(fact.quote)


def of_text(source: Source, facts: Iterable[Fact], ontology: Ontology, base: str) -> Iterator[Post]:
    """The posts that one document tells, in the order of their IRIs.

    Args:
        source: The document, with the places that name things.
        facts: What it says; all but roles and employers is passed over.
        ontology: Tells by which words a text says that a post is a former one.
        base: What the IRIs begin with.
    """
    of: defaultdict[str, list[Fact]] = defaultdict(list)
    grammar = _grammar(str(ontology.folder), base)
    for fact in sorted(filter(is_about_post, facts), key=attrgetter("start", "end", "id")):
        if not (fact.value and grammar.no_titles.fullmatch(fact.value.lexical)):
            of[fact.subject].append(fact)
    document = AnnotatedSource(source, chain.from_iterable(of.values()), grammar)
    known, signed = (tenures(ontology), terms(ontology)), byline_titles(ontology)
    posts: list[Post] = []
    for person, claims in of.items():
        one = PersonPosts(person, claims, document)
        posts += _posts(one, source, known, signed, base)
    yield from sorted(posts, key=attrgetter("id"))


def merge_posts(posts: Iterable[Post]) -> Iterator[Post]:
    """The same posts, each once with all that is told of it; equal IRIs stand together."""
    for _, group in groupby(posts, key=attrgetter("id")):
        posts_of_iri = list(group)
        every = {attestation for post in posts_of_iri for attestation in post.attestations}
        yield replace(posts_of_iri[0], attestations=tuple(sorted(every, key=_order)))


def order(post: Post) -> tuple[str, tuple[str, int, int, str]]:
    """What posts of many documents are sorted by: equal ones stand together."""
    return post.id, _order(post.attestations[0])


def post_iri(base: str, person: str, organisation: str, title: str) -> str:
    """The IRI of a post: a digest of whose it is, of its body and of its title."""
    return f"{base}post/{digest(person, organisation, title, size=16)}"


def _order(attestation: Attestation) -> tuple[str, int, int, str]:
    return attestation.document, attestation.start, attestation.end, attestation.tenure


@lru_cache(maxsize=8)
def _grammar(folder: str, base: str) -> PostGrammar:
    ontology = load(folder)
    words = ontology.words.get(PAGE, {})
    page, role = ontology.relations.get(WORKS_FOR), ontology.attributes.get(ROLE)
    range_, rules = (page.range, page.rules) if page else ((), ())
    people = [name for one in (page, role) if one for name in one.domain]
    places = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
    ends = {f"{base}{name.lower()}/": "place" if name in places else "body" for name in range_}
    kinds = ends | {f"{base}{name.lower()}/": "person" for name in people}
    never = [str(rule.options["no_place"]) for rule in rules if "no_place" in rule.options]
    parts = (
        *("party_bodies", "party_titles", "never_party", "place_titles", "governments"),
        *("units", "vague", "learned", "longer", "kin", "taking", "owning", "no_titles"),
        *("coordinated", "between_titles", "unit_bodies", "levels", "unit_heads", "whole_bodies"),
        *("boards", "board_titles"),
    )
    titles = TitleWords(*_patterns(words, "titles", TitleWords))
    stated = StatedWords(*_patterns(words, "stated", StatedWords)) if words.get("stated") else None
    patterns = (re.compile(words.get(part, NEVER)) for part in parts)
    return PostGrammar(kinds, titles, stated, re.compile("|".join(never) or NEVER), *patterns)


def _patterns(words: Mapping[str, Any], section: str, of: type) -> Iterator[re.Pattern[str]]:
    """What a section of the page has for each field."""
    return (re.compile((words.get(section) or {}).get(f.name, NEVER)) for f in fields(of))


def _posts(
    person: PersonPosts,
    source: Source,
    known: tuple[Tenures, Terms],
    signed: BylineTitles,
    base: str,
) -> Iterator[Post]:
    """The posts of one person in one document, each tenure told by the first that tells it.

    One that is stated, or tells since or until when it is held, stands for one that is not.
    """
    by_post: defaultdict[tuple[str, str], dict[str, Attestation]] = defaultdict(dict)
    otherwise = set[tuple[str, str]]()  # what more than a byline tells
    mentions = person.post_mentions()
    stated = _stated(person, mentions)
    for one in mentions:
        mention = one if signed.of(one.words) else printed(one, person.document)
        attestation = _attestation(mention, person, source, known)
        if stated and not person.confirmed.issuperset(mention.claims):
            attestation = replace(attestation, doubtful=not stated.states(mention))
        if not mention.signed:
            otherwise.add((mention.body, mention.words))
        of_post = by_post[mention.body, mention.words]
        earlier = of_post.setdefault(attestation.tenure, attestation)
        of_post[attestation.tenure] = _surer(earlier, attestation)
    whole = {title for body, title in by_post if body and title}
    groups = {key: some for key, some in by_post.items() if key[0] or key[1] not in whole}
    # Who has no title but one of the press is for whom he works by the same byline.
    titles = {signed.of(title) for _, title in groups if title}
    else_ = min(titles) if titles and "" not in titles else ""
    for (body, title), by_tenure in groups.items():
        iri = post_iri(base, person.iri, body, title)
        attestations = tuple(sorted(by_tenure.values(), key=_order))
        signs = else_ or ("" if (body, title) in otherwise else AUTHOR)
        byline = signed.of(title) if title else signs
        if byline:
            attestations = tuple(replace(one, doubtful=False) for one in attestations)
        yield Post(iri, person.iri, body, title, attestations, byline)


def _stated(person: PersonPosts, mentions: Sequence[PostMention]) -> StatedPosts | None:
    """What tells which posts of a person are stated; None where no ontology says how."""
    words, titles = person.grammar.stated, [m.title for m in mentions if m.words]
    return StatedPosts(person.iri, titles, person.document, words) if words else None


def _surer(one: Attestation, other: Attestation) -> Attestation:
    """Of two places that tell a post the one that says more: a phrase states it, its term.

    The term of a place that states it less stays with the one that states it more.
    """

    def telling(attestation: Attestation) -> tuple[bool, bool]:
        return not attestation.doubtful, bool(attestation.since or attestation.until)

    best, rest = (other, one) if telling(other) > telling(one) else (one, other)
    if not (best.since or best.until) and (rest.since or rest.until):
        best = replace(best, since=rest.since, until=rest.until)
    return best


def _attestation(
    mention: PostMention, person: PersonPosts, source: Source, known: tuple[Tenures, Terms]
) -> Attestation:
    start = min([at for at, _ in (mention.quote, mention.at) if at >= 0])
    end = max(mention.quote[1], mention.at[1])
    tenure, term = "", Term()
    if mention.title[0] >= 0:
        body = (
            mention.at
            if 0 <= mention.at[0] < mention.title[1]
            else (mention.title[0], mention.title[0])
        )
        scope = person.scope(min(body[0], mention.title[0]))
        listed = person.list_scope(min(body[0], mention.title[0]))
        tenure = known[0].of(person.document.nameless, listed, body, mention.title)
        term = known[1].of(person.text, scope, body, mention.title, _written(source, scope))
    if term.start >= 0:
        start, end = min(start, term.start), max(end, term.end)
    claims = tuple(sorted(mention.claims))
    quote = source.text[start:end]
    return Attestation(source.id, start, end, quote, tenure, claims, term.since, term.until)


def _written(source: Source, at: int) -> PartialDate:
    """The day of the article at a place."""
    for article in source.articles:
        if any(span.start <= at < span.end for span in article.spans):
            return parse_date(article.date, article.date_source)
    return PartialDate()
