"""Run one document through the stations of the extraction, in their order.

``run_segment`` → ``run_annotate`` → ``run_corefer`` → ``run_relate`` → ``run_resolve``: each adds
to one ``DocumentState``. The spaCy components of ``kg.extract.components`` are these functions
and nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from operator import itemgetter

from kg.base.records import Article, Document, Reading, Span
from kg.extract.arbiter import verdicts
from kg.extract.arbiter.arbiter import Arbiter, installed_arbiter
from kg.extract.arbiter.proposals import Decision
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.relater import relater
from kg.extract.coreference.antecedents import Reference, antecedents
from kg.extract.coreference.deixis import DeixisResolver
from kg.extract.coreference.discourse import Discourse
from kg.extract.mentions.annotator import annotator
from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.finders.short import ShortForm
from kg.extract.mentions.mention import Mention, clean
from kg.extract.mentions.trimmed import trim_names
from kg.extract.model.llm import AnsweredModel, LlmProposals, propose, statements
from kg.extract.model.network_output import NetworkOutput
from kg.extract.resolve.entities import Resolved, merge_blocks, resolve
from kg.extract.resolve.speaking_places import ArticleStatement
from kg.extract.segment.articles import SegmentedArticle, segment
from kg.extract.segment.dateline import layout_patterns
from kg.extract.values.article_date import PageDates, article_date, page_dates
from kg.ontology import Ontology

GIVEN = "spacy.ents"  # the rule of names that a component of spaCy before ours found
SCORE = 0.9  # how sure such a name is where rules alone decide
# A text that is longer (an archive, a year of a paper) is read in blocks of articles: short names
# and 我市 are looked for within a block, as they would be in a file. What comes of the blocks is
# joined like what comes of several documents, so that time grows with the text.
BLOCK = 60_000


@dataclass(frozen=True, slots=True)
class ArticleBlock:
    """Articles of one document that are read together: what each station has added so far."""

    articles: tuple[SegmentedArticle, ...]
    drafts: tuple[ArticleDraft, ...] = ()
    links: tuple[tuple[int, ShortForm], ...] = ()
    mentions: tuple[list[Mention], ...] = ()
    contexts: tuple[ArticleContext, ...] = ()
    network_outputs: tuple[NetworkOutput, ...] = ()
    decisions: tuple[list[Decision], ...] = ()
    statements: tuple[ArticleStatement, ...] = ()


@dataclass(frozen=True)
class DocumentState:
    """One document on its way, with what the stations so far have found; each returns a new one.

    With ``rules_alone`` nothing is decided by what was learned: whatever rules find stands.
    ``given_arbiter`` decides instead of the arbiter of this installation. With ``explains_claims``
    each decision on a claim tells which word the network leans on, which takes time. With an
    ``llm`` a language model proposes too, and ``llm_counts`` counts what came of it;
    ``unanswered`` are the keys of what it has not answered. ``given_names`` are names that a
    component of spaCy before ours found, with their classes.
    """

    document: Document
    ontology: Ontology
    rules_alone: bool = False
    given_arbiter: Arbiter | None = None
    explains_claims: bool = False
    llm: AnsweredModel | None = None
    given_names: tuple[tuple[Span, str], ...] = ()
    llm_counts: Counter[str] = field(default_factory=Counter)
    unanswered: tuple[str, ...] = ()
    blocks: tuple[ArticleBlock, ...] = ()
    reading: Reading | None = None

    @property
    def arbiter(self) -> Arbiter | None:
        """Who decides between rules and network; None if rules alone do."""
        return (
            None
            if self.rules_alone
            else self.given_arbiter or installed_arbiter(str(self.ontology.folder))
        )

    @property
    def contexts(self) -> list[ArticleContext]:
        """The articles of all blocks, with their names."""
        return [context for block in self.blocks for context in block.contexts]

    @property
    def annotated(self) -> list[tuple[ArticleDraft, list[Mention]]]:
        """The articles of all blocks, with the names that stand in each."""
        return [pair for b in self.blocks for pair in zip(b.drafts, b.mentions, strict=True)]

    @property
    def references(self) -> list[tuple[ArticleContext, Reference]]:
        """What refers in the articles of all blocks, with what it stands for."""
        agents = antecedents(str(self.ontology.folder)).agents
        return [
            (context, link)
            for context in self.contexts
            for link in context.references.all(context.discourse, agents)
        ]

    @property
    def statements(self) -> list[ArticleStatement]:
        """What the articles of all blocks state."""
        return [
            article_statement for block in self.blocks for article_statement in block.statements
        ]


def run_segment(state: DocumentState) -> DocumentState:
    """Split the document into articles."""
    articles = segment(state.document, state.ontology)
    ends = accumulate(len(article.text) for article in articles)
    numbered = zip(articles, ((end - 1) // BLOCK for end in ends), strict=True)
    groups = groupby(numbered, key=itemgetter(1))
    blocks = (ArticleBlock(tuple(article for article, _ in group)) for _, group in groups)
    return replace(state, blocks=tuple(blocks))


def run_annotate(state: DocumentState) -> DocumentState:
    """Find the names, the values and the short names that the document defines, and decide."""
    page = page_dates(state.document, layout_patterns(state.ontology))
    blocks = tuple(_annotate(block, page, state) for block in state.blocks)
    proposals = [d.llm_proposals for block in blocks for d in block.drafts if d.llm_proposals]
    return replace(
        state,
        blocks=blocks,
        llm_counts=sum((one.counts for one in proposals), state.llm_counts),
        unanswered=(*state.unanswered, *(key for one in proposals for key in one.unanswered)),
    )


def _annotate(block: ArticleBlock, page: PageDates, state: DocumentState) -> ArticleBlock:
    ontology, arbiter = state.ontology, state.arbiter
    names, layout = annotator(str(ontology.folder)), layout_patterns(ontology)
    drafts: list[ArticleDraft] = []
    defined: list[list[ShortForm]] = []
    for number, article in enumerate(block.articles):
        date, proposals = article_date(article, page, layout), _ask_llm(article, state)
        draft, links = names.annotate(article, date, number, proposals)
        draft.add(_given_mentions(article, state.given_names))
        drafts.append(draft)
        defined.append(links)
    names.spread(drafts, defined)
    block = replace(
        block,
        drafts=tuple(drafts),
        links=tuple((i, link) for i, links in enumerate(defined) for link in links),
        mentions=tuple(names.finish(draft) for draft in drafts),
    )
    return block if arbiter is None else _decide(block, arbiter, ontology)


def _given_mentions(
    article: SegmentedArticle, given_names: Sequence[tuple[Span, str]]
) -> Iterator[Mention]:
    """The names that a component before ours found in an article, as proposals."""
    if not given_names:
        return
    at = {offset: i for i, offset in enumerate(article.offsets)}
    for span, type_ in given_names:
        start, last = at.get(span.start), at.get(span.end - 1)
        if start is not None and last is not None and start <= last:
            name = clean(article.text[start : last + 1])
            yield Mention(start, last + 1, type_, name, GIVEN, score=SCORE)


def _ask_llm(article: SegmentedArticle, state: DocumentState) -> LlmProposals | None:
    """What a language model proposes of an article, if one takes part and an arbiter decides."""
    if state.llm is None or state.arbiter is None:
        return None
    return propose(article, state.llm, state.arbiter.known_classes)


def _decide(block: ArticleBlock, arbiter: Arbiter, ontology: Ontology) -> ArticleBlock:
    """Keep the names that stand in each article, of all that rules, tables and network propose."""
    outputs: list[NetworkOutput] = []
    all_mentions: list[list[Mention]] = []
    all_decisions: list[list[Decision]] = []
    for draft, mentions in zip(block.drafts, block.mentions, strict=True):
        output = arbiter.run_network(draft, mentions)
        accepted, decisions = arbiter.mentions(draft, mentions, output)
        outputs.append(output)
        all_mentions.append(trim_names(draft, accepted, ontology))
        all_decisions.append(decisions)
    return replace(
        block,
        mentions=tuple(all_mentions),
        network_outputs=tuple(outputs),
        decisions=tuple(all_decisions),
    )


def run_corefer(state: DocumentState) -> DocumentState:
    """Link what refers (该公司, 双方, 我市) to the names that it stands for."""
    masks = relater(str(state.ontology.folder)).compiler.masks
    rules = antecedents(str(state.ontology.folder))
    blocks = []
    for block in state.blocks:
        homes = DeixisResolver(block.articles, block.drafts, block.mentions, state.ontology)
        contexts = []
        for i, (draft, mentions) in enumerate(zip(block.drafts, block.mentions, strict=True)):
            discourse = Discourse(draft, mentions, masks)
            contexts.append(ArticleContext(discourse, rules.link(discourse, homes.of(i))))
        blocks.append(replace(block, contexts=tuple(contexts)))
    return replace(state, blocks=tuple(blocks))


def run_relate(state: DocumentState) -> DocumentState:
    """Find what the articles state of the names."""
    counts = Counter(state.llm_counts)
    blocks = tuple(_relate(block, state, counts) for block in state.blocks)
    return replace(state, blocks=blocks, llm_counts=counts)


def _relate(block: ArticleBlock, state: DocumentState, counts: Counter[str]) -> ArticleBlock:
    """State claims article by article; the states of the network are needed no longer then."""
    rules, arbiter = relater(str(state.ontology.folder)), state.arbiter
    all_decisions: list[list[Decision]] = []
    stated: list[ArticleStatement] = []
    for number, context in enumerate(block.contexts):
        article_statements = list(rules.relate(context))
        if arbiter is not None:
            links = [link for at, link in block.links if at == number]
            output, decisions = block.network_outputs[number], block.decisions[number]
            llm_stated, dropped = _llm_statements(context, state, arbiter)
            counts += dropped
            proposed = arbiter.propose(
                context, article_statements, links, output, decisions, llm_stated
            )
            article_statements, claim_decisions = arbiter.claims(proposed)
            if state.explains_claims:
                claim_decisions = list(arbiter.with_leant_on(proposed, claim_decisions))
            all_decisions.append(decisions + claim_decisions)
        standing = list(rules.with_status(context, article_statements))
        if arbiter is not None:
            judged = list(verdicts.judge(arbiter.of_verdicts, context, standing))
            standing = [one for one, _ in judged if one is not None]
            all_decisions[-1] += [decision for _, decision in judged if decision is not None]
        stated += (ArticleStatement(context, one) for one in standing)
    return replace(
        block, network_outputs=(), decisions=tuple(all_decisions), statements=tuple(stated)
    )


def _llm_statements(
    context: ArticleContext, state: DocumentState, arbiter: Arbiter
) -> tuple[list[Statement], Counter[str]]:
    """What a language model states of an article if one takes part, and what of it is dropped."""
    proposals = context.draft.llm_proposals
    if proposals is None:
        return [], Counter()
    return statements(context, proposals, state.ontology, arbiter.denial)


def run_resolve(state: DocumentState) -> DocumentState:
    """Join the names of one thing, and the statements into claims between things."""
    resolved = [_resolve(block, state) for block in state.blocks]
    articles = tuple(_article(draft) for block in state.blocks for draft in block.drafts)
    entities, claims = resolved[0] if len(resolved) == 1 else merge_blocks(resolved)
    return replace(state, reading=Reading(state.document.id, articles, entities, claims))


def _resolve(block: ArticleBlock, state: DocumentState) -> Resolved:
    links = [(block.contexts[i], link) for i, link in block.links]
    alias_weights = state.arbiter.of_aliases if state.arbiter is not None else None
    return resolve(
        state.document.id, block.contexts, block.statements, links, state.ontology, alias_weights
    )


Station = Callable[[DocumentState], DocumentState]
STATIONS: tuple[Station, ...] = (run_segment, run_annotate, run_corefer, run_relate, run_resolve)


def _article(draft: ArticleDraft) -> Article:
    article, when = draft.article, draft.date
    span = Span(article.offsets[0], article.offsets[-1] + 1)
    spans, date = _stretches(article) or (span,), str(when)
    return Article(
        article.kind,
        article.title,
        spans,
        article.publisher,
        date,
        article.place,
        date and when.source,
    )


def _stretches(article: SegmentedArticle) -> tuple[Span, ...]:
    """The stretches of the document that an article is made of, in reading order."""
    runs: list[Span] = []
    offsets: Sequence[int] = article.offsets
    start = previous = offsets[0]
    for offset in offsets[1:]:
        if not previous <= offset <= previous + 200:  # a column began: not just a line break
            runs.append(Span(start, previous + 1))
            start = offset
        previous = offset
    return (*runs, Span(start, previous + 1))


def run_until(state: DocumentState, last: Station) -> DocumentState:
    """Take a document through the stations up to one; what they found.

    >>> from kg.ontology import load
    >>> document = Document("d", "d.txt", "成都高新区昨日开会。")
    >>> state = run_until(DocumentState(document, load()), run_annotate)
    >>> [m.name for _, mentions in state.annotated for m in mentions]
    ['成都高新区']
    """
    for station in STATIONS[: STATIONS.index(last) + 1]:
        state = station(state)
    return state


def run_stations(state: DocumentState) -> Reading:
    """Take a document through all stations; what it says.

    >>> from kg.ontology import load
    >>> document = Document("d", "d.txt", "甲某智能科技有限公司落户成都高新区。")
    >>> len(run_stations(DocumentState(document, load())).entities)
    2
    """
    reading = run_until(state, run_resolve).reading
    assert reading is not None
    return reading
