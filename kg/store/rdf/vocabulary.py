"""The ontology's pages in, its own RDF out: OWL and SKOS terms, SHACL shapes, a reference.

What a page declares is all that is written here; the terms in which claims and documents
are told, which no page declares, stand in one table below.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, XSD

from kg.base.errors import OntologyError
from kg.store.rdf.concepts import industries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from kg.ontology import Attribute, Ontology, Relation, Text

OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
SCHEMA = Namespace("https://schema.org/")
_CLASS, _LINK, _TEXT = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty
_UNDER = {_CLASS: RDFS.subClassOf, _LINK: RDFS.subPropertyOf, _TEXT: RDFS.subPropertyOf}

# name, kind, what it is under, domain, range, label and comment in Chinese and English.
# No domain where several kinds of node carry the term.
# fmt: off
_Row = tuple[str, URIRef, tuple[URIRef, ...], str, "URIRef | str", str, str, str, str]
_TERMS: tuple[_Row, ...] = (
    ("Claim", _CLASS, (RDF.Statement, PROV.Entity), "", "", "陈述", "claim",
     "一条事实的一次陈述，带有状态、置信度、规则和原文证据。",
     "One statement of a fact, with its status, confidence, rule and evidence."),
    ("Document", _CLASS, (SCHEMA.CreativeWork, PROV.Entity), "", "", "文档", "document",
     "图谱所依据的一份文档，以其文本的内容为标识。",
     "A document that the graph rests on, identified by the content of its text."),
    ("Merge", _CLASS, (PROV.Entity,), "", "", "名称归并", "merge",
     "为何把一个名称视为某实体的名称。",
     "Why a name is taken as a name of an entity."),
    ("Post", _CLASS, (ORG.Membership, SCHEMA.OrganizationRole, PROV.Entity), "", "",
     "任职", "post",
     ("某人在某机构或地方担任某一职务：人物见 org:member，机构或地方见 org:organization，"
     "职务见 kg:title；文中未说明的不写。"),
     ("A position that a person has at a body or place: org:member is the person, "
     "org:organization the body, kg:title the title; what no text tells is left out.")),
    ("title", _TEXT, (SCHEMA.roleName,), "Post", XSD.string, "任职的职务", "title of a post",
     "任职的职务名称，文字与 kg:role 相同。",
     "The title of a post, in the words of kg:role."),
    ("tenure", _TEXT, (), "", XSD.string, "任期", "tenure",
     "某处原文是否说明为曾任或代理；没有则不写。",
     ("Whether a place of a text tells of a former post or an acting one; left out where it "
     "tells neither.")),
    ("since", _TEXT, (SCHEMA.startDate,), "", RDFS.Literal, "任职起始", "since",
     "某处原文所说任职从何时起，精确到原文所写；没有则不写。",
     "Since when a post is held, as a place of a text tells it and as precise as it is printed."),
    ("until", _TEXT, (SCHEMA.endDate,), "", RDFS.Literal, "任职终止", "until",
     "某处原文所说任职到何时止，精确到原文所写；没有则不写。",
     "Until when a post is held, as a place of a text tells it and as precise as it is printed."),
    ("byline", _TEXT, (), "Post", XSD.string, "署名", "byline",
     "任职只是文档的署名时，此人是文档的作者（author）、编辑（editor）还是供图者（contributor）。",
     ("What the person is of the documents, where a post is but a byline: author, editor or "
     "contributor.")),
    ("claim", _LINK, (), "", "", "所据陈述", "claim",
     "任职或交易在某处原文所依据的陈述；一笔金额所依据的陈述。",
     "The claims that a post or a deal rests on at a place of a text, or that tell a sum."),
    ("Deal", _CLASS, (SCHEMA.Action, PROV.Entity), "", "", "交易", "deal",
     "一项签约或投资：谁、与谁、什么项目或协议、在哪里、多少金额、哪天、在哪次活动上。",
     ("What is signed or invested: by whom, with whom, in which project or agreement, where, how "
     "much, on which day and at which event.")),
    ("party", _LINK, (SCHEMA.participant,), "Deal", "", "交易方", "party",
     "签约或投资的一方。", "Who signs or invests."),
    ("project", _LINK, (SCHEMA.object,), "Deal", "", "交易项目", "project of a deal",
     "签约或投资的项目；一次活动的交易则为在其上签约的各项目。",
     "The project that is signed or invested in; of the deal of an event, all signed there."),
    ("agreement", _LINK, (SCHEMA.object,), "Deal", "", "所签协议", "agreement",
     "所签的有名称的协议。", "The agreement with a title that is signed."),
    ("place", _LINK, (SCHEMA.location,), "Deal", "", "交易地点", "place of a deal",
     "项目所在的地方。", "Where the project is."),
    ("event", _LINK, (), "Deal", "", "签约活动", "event of a deal",
     "在其上签约的活动。", "The event at which it is signed."),
    ("day", _TEXT, (), "Deal", RDFS.Literal, "交易日期", "day of a deal",
     "签约的日期，精确到原文所写。", "When it is signed, as precise as the text."),
    ("amount", _LINK, (), "Deal", "", "金额", "amount",
     "交易的一笔金额。", "A sum of a deal."),
    ("Amount", _CLASS, (SCHEMA.MonetaryAmount,), "", "", "一笔金额", "amount of money",
     "多少、何种货币、是什么的金额。", "How much of which currency, and of what it is the sum."),
    ("value", _TEXT, (SCHEMA.value,), "Amount", XSD.decimal, "数额", "value",
     "以货币单位计的数额。", "How much, in units of the currency."),
    ("currency", _TEXT, (SCHEMA.currency,), "Amount", XSD.string, "货币", "currency",
     "ISO 4217 货币代码。", "The code of the currency, ISO 4217."),
    ("kind", _TEXT, (), "Amount", XSD.string, "金额种类", "kind of sum",
     ("总投资、分期投资、该方出资、合同金额、融资额、贷款、财政资金、已完成投资、营业额、年产值"
     "或合计。"),
     ("Total, one stage, share of a party, contract price, money raised, loan, public money, spent "
     "so far, turnover, output, sum of several.")),
    ("status", _TEXT, (), "", XSD.string, "状态", "status",
     "事实在从提议到终止的阶梯上的位置；没有则不写。",
     "Where the fact stands between proposed and cancelled; left out where nothing is said."),
    ("confidence", _TEXT, (), "", XSD.decimal, "置信度", "confidence",
     "该陈述或归并有多可靠，介于0与1之间。",
     "How reliable a claim or a merge is held to be, between 0 and 1."),
    ("rule", _TEXT, (), "", XSD.string, "规则", "rule",
     "得出该陈述或归并的规则名称。",
     "Name of the rule that made the claim or the merge."),
    ("trigger", _TEXT, (), "Claim", XSD.string, "触发词", "trigger",
     "原文中支持该陈述的词语。",
     "The words of the text that license the claim."),
    ("review", _TEXT, (), "Claim", XSD.string, "审阅", "review",
     "谁在何时、为何确认或补充了该陈述。",
     "Who accepted or added the claim, when and why."),
    ("printed", _TEXT, (), "", XSD.string, "原文写法", "printed",
     "数值在原文中的写法，如“约30亿元”。",
     "The value as the text prints it, e.g. 约30亿元."),
    ("qualifier", _TEXT, (), "", XSD.string, "限定词", "qualifier",
     "数值前后的限定词，如约、超、近。",
     "The word that qualifies a value, such as 约, 超 or 近, as printed."),
    ("high", _TEXT, (), "", RDFS.Literal, "上限", "upper bound",
     "数值为区间时的上限；下限是陈述的宾语。",
     "Upper bound of a range; its lower bound is the object of the claim."),
    ("anchor", _TEXT, (), "Claim", RDFS.Literal, "日期基准", "anchor of a date",
     "文章自身的日期，原文日期中省略的部分（如“8月8日”的年份、“昨日”）由此补全。",
     ("The day of the article, by which a date that the text prints in part (8月8日, 昨日) was "
     "completed.")),
    ("anchorSource", _TEXT, (), "Claim", XSD.string, "基准来源", "source of the anchor",
     "日期基准出自何处，取值同 kg:dated；活动名称中的年份为 title。",
     ("What tells the anchor, by the words of kg:dated; title where it is the year in the name of "
     "the event.")),
    ("written", _TEXT, (DCTERMS.date,), "Document", RDFS.Literal, "成文日期", "written",
     "文档自身的日期，精确到所能知道的程度；含多篇文章时取最晚的一篇。",
     ("The day of the document itself, as precise as it is known; of several articles the "
     "latest.")),
    ("dated", _TEXT, (), "Document", XSD.string, "日期来源", "dated by",
     ("成文日期出自何处：电头（dateline）、页面（header）、文件元数据（metadata）、"
     "文件名（name）或正文（text）；前者未写年份时，年份的来源在后。"),
     ("What tells that day: dateline, header, metadata, name (of the file) or text; where the "
     "first leaves out the year, what tells the year follows.")),
    ("entity", _LINK, (), "Merge", "", "归入实体", "entity",
     "名称归并所指的实体。",
     "The entity that the merged name is a name of."),
    ("mergedName", _TEXT, (), "Merge", RDF.langString, "归并名称", "merged name",
     "被归入某实体的名称。",
     "The name that was taken as a name of the entity."),
    ("reason", _TEXT, (), "Merge", XSD.string, "理由", "reason",
     "归并的理由，以文字说明。",
     "Why the names were merged, in words."),
    ("mentions", _TEXT, (), "", XSD.integer, "提及次数", "mentions",
     "实体在各文档中出现的处数；0表示仅来自参考数据。",
     "How many places in the documents name the entity; 0 for reference data only."),
    ("subtype", _TEXT, (), "", XSD.string, "子类型", "subtype",
     "类之下更细的种类。",
     "A finer kind within the class."),
    ("divisionCode", _TEXT, (), "", XSD.string, "区划代码", "division code",
     "行政区划的国家代码（GB/T 2260）。",
     "National code of an administrative division (GB/T 2260)."),
    ("doubtful", _TEXT, (), "", XSD.boolean, "存疑", "doubtful",
     ("没有一份文档能让人确信这是一个名称；任职在某处原文：人物、职务与机构不在同一短语中，由整句推断。"
     "没有疑问的不写。"),
     ("Of a thing: no document makes sure that this is a name at all. Of a place that tells a "
     "post: person, title and body stand in no one phrase, the post is inferred from the "
     "sentence. Left out where there is no doubt.")),
)
# fmt: on
RESERVED = frozenset(term[0] for term in _TERMS)
# What they are called.
LABELS = {term[0]: {"zh": term[5], "en": term[6]} for term in _TERMS}


def ontology_graph(ontology: Ontology) -> Graph:
    """The ontology itself as OWL, with its statuses and industries as SKOS concept schemes.

    Raises:
        OntologyError: If a page takes the name of a term that claims are told in.
    """
    groups = (ontology.classes, ontology.relations, ontology.attributes)
    pages: list[Any] = [page for group in groups for page in group.values()]
    for page in pages:
        if page.name in RESERVED:
            raise OntologyError(f"{page.file}: {page.name} names a part of claims; choose another")
    graph = _empty(ontology)
    kg = Namespace(ontology.namespace)
    _header(graph, ontology)
    for klass in ontology.classes.values():
        _term(graph, kg[klass.name], OWL.Class, klass.label, klass.comment, ontology)
        for curie in klass.aligned:
            graph.add((kg[klass.name], RDFS.subClassOf, _expand(curie, ontology)))
    for relation in ontology.relations.values():
        _relation(graph, relation, ontology)
    for attribute in ontology.attributes.values():
        _attribute(graph, attribute, ontology)
    for name, kind, above, domain, target, zh, en, zh_comment, en_comment in _TERMS:
        texts = {"zh": zh, "en": en}, {"zh": zh_comment, "en": en_comment}
        _term(graph, kg[name], kind, *texts, ontology)
        for upper in above:
            graph.add((kg[name], _UNDER[kind], upper))
        if domain:
            graph.add((kg[name], RDFS.domain, kg[domain]))
        if target:
            graph.add((kg[name], RDFS.range, URIRef(target)))
    _disjoint(graph, ontology)
    _statuses(graph, ontology)
    industries(graph, ontology)
    return graph


def _empty(ontology: Ontology) -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, space in ontology.prefixes.items():
        graph.bind(prefix, space)
    return graph


def _home(ontology: Ontology) -> URIRef:
    return URIRef(ontology.namespace.rstrip("#/"))


def _header(graph: Graph, ontology: Ontology) -> None:
    home = _home(ontology)
    graph.add((home, RDF.type, OWL.Ontology))
    _texts(graph, home, DCTERMS.title, ontology.title)
    _texts(graph, home, DCTERMS.description, ontology.comment)
    if ontology.version:
        graph.add((home, OWL.versionInfo, Literal(ontology.version)))
    if ontology.licence:
        graph.add((home, DCTERMS.license, URIRef(ontology.licence)))


def _texts(graph: Graph, node: URIRef, predicate: URIRef, texts: Text) -> None:
    for language, text in texts.items():
        graph.add((node, predicate, Literal(text, lang=language)))


def _term(
    graph: Graph, node: URIRef, kind: URIRef, label: Text, comment: Text, ontology: Ontology
) -> None:
    graph.add((node, RDF.type, kind))
    graph.add((node, RDFS.isDefinedBy, _home(ontology)))
    _texts(graph, node, RDFS.label, label)
    _texts(graph, node, RDFS.comment, comment)


def _expand(curie: str, ontology: Ontology) -> URIRef:
    prefix, _, local = curie.partition(":")
    return URIRef(ontology.prefixes[prefix] + local)


def _relation(graph: Graph, relation: Relation, ontology: Ontology) -> None:
    kg = Namespace(ontology.namespace)
    node = kg[relation.name]
    _term(graph, node, OWL.ObjectProperty, relation.label, relation.comment, ontology)
    graph.add((node, RDFS.domain, _union(graph, relation.domain, kg)))
    graph.add((node, RDFS.range, _union(graph, relation.range, kg)))
    if relation.symmetric:
        graph.add((node, RDF.type, OWL.SymmetricProperty))
    for curie in relation.aligned:
        graph.add((node, RDFS.subPropertyOf, _expand(curie, ontology)))


def _attribute(graph: Graph, attribute: Attribute, ontology: Ontology) -> None:
    kg = Namespace(ontology.namespace)
    node = kg[attribute.name]
    _term(graph, node, OWL.DatatypeProperty, attribute.label, attribute.comment, ontology)
    graph.add((node, RDFS.domain, _union(graph, attribute.domain, kg)))
    # gYear and its kin are no datatypes of OWL 2, so a union of them could not be reasoned
    # with: the shapes name them instead.
    several = len(attribute.datatypes) > 1
    graph.add((node, RDFS.range, RDFS.Literal if several else XSD[attribute.datatypes[0]]))
    for curie in attribute.aligned:
        graph.add((node, RDFS.subPropertyOf, _expand(curie, ontology)))


def _union(graph: Graph, names: tuple[str, ...], kg: Namespace) -> Node:
    if len(names) == 1:
        return kg[names[0]]
    # Named after its content, so that the graph is the same on every machine.
    key = "_".join(names)
    union, members = BNode(f"union_{key}"), BNode(f"list_{key}_0")
    if (union, RDF.type, OWL.Class) not in graph:
        graph.add((union, RDF.type, OWL.Class))
        graph.add((union, OWL.unionOf, members))
        _list(graph, members, [kg[name] for name in names])
    return union


def _list(graph: Graph, head: BNode, members: Iterable[Node]) -> None:
    stem = str(head).rpartition("_")[0]
    items = list(members)
    for i, item in enumerate(items):
        node = BNode(f"{stem}_{i}")
        rest = BNode(f"{stem}_{i + 1}") if i + 1 < len(items) else RDF.nil
        graph.add((node, RDF.first, item))
        graph.add((node, RDF.rest, rest))


def _disjoint(graph: Graph, ontology: Ontology) -> None:
    """No thing is of two classes, except of two that are aligned with the same term."""
    kg = Namespace(ontology.namespace)
    for one, other in combinations(ontology.classes.values(), 2):
        if not set(one.aligned) & set(other.aligned):
            graph.add((kg[one.name], OWL.disjointWith, kg[other.name]))


def _statuses(graph: Graph, ontology: Ontology) -> None:
    kg = Namespace(ontology.namespace)
    scheme = kg["Statuses"]
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    _texts(graph, scheme, SKOS.prefLabel, {"zh": "事实的状态", "en": "Statuses of a fact"})
    for status in ontology.statuses.values():
        node = kg["status" + status.name.capitalize()]
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, scheme))
        graph.add((node, SKOS.topConceptOf, scheme))
        graph.add((scheme, SKOS.hasTopConcept, node))
        graph.add((node, SKOS.notation, Literal(status.name)))
        graph.add((node, SH.order, Literal(status.order)))
        _texts(graph, node, SKOS.prefLabel, status.label)


def shapes_graph(ontology: Ontology) -> Graph:
    """The SHACL shapes that a graph of this ontology conforms to, one a page and claims'."""
    from kg.store.rdf.shapes import shapes

    return shapes(ontology, _empty(ontology))


def reference(ontology: Ontology) -> str:
    """A Markdown reference of the classes, relations, attributes, statuses and questions."""
    from kg.store.rdf.reference import markdown

    return markdown(ontology, [(t[0], *t[5:]) for t in _TERMS])
