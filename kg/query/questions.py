"""A named question or a name in, its SPARQL text or its IRIs out.

Every wrong name is answered with the nearest known ones.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from kg.base.errors import QueryError, did_you_mean, nearest
from kg.base.money import CURRENCIES
from kg.query.query import answer, result
from kg.query.sparql.evaluate import evaluate
from kg.query.sparql.parsed import parse
from kg.query.sparql.tokens import bind
from kg.store.rdf.rows import iri, literal

YUAN = "CNY"
YES = "yes"  # what a flag of a question is where it is given

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.ontology import Ontology, Parameter, Question
    from kg.query.graph import Graph
    from kg.query.query import Result


def question(graph: Graph, name: str, parameters: Mapping[str, str] | None = None) -> str:
    """The SPARQL text of a named question, its parameters filled in.

    Raises:
        QueryError: If there is no such question or parameter, one is missing, or a value
            is none of its kind; the nearest known ones are named.
    """
    entry = _known_question(graph, name)
    return bind(entry.text, _bindings(graph, entry, parameters or {}), sigils="$")


def _known_question(graph: Graph, name: str) -> Question:
    questions = graph.ontology.questions
    if name not in questions:
        raise QueryError(
            f"{name} is no question; {did_you_mean(name, questions)}",
            zh=f"没有名为“{name}”的问题；{did_you_mean(name, questions, 'zh')}",
            near=nearest(name, questions),
        )
    return questions[name]


def _bindings(graph: Graph, question: Question, arguments: Mapping[str, str]) -> dict[str, str]:
    """The terms that stand for the parameters of a question."""
    known = {p.name: p for p in question.parameters}
    for wrong in arguments.keys() - known.keys():
        name = question.name
        raise QueryError(
            f"{wrong} is no parameter of {name}; "
            + (did_you_mean(wrong, known) if known else "it takes none"),
            zh=f"{name} 没有参数 {wrong}；"
            + (did_you_mean(wrong, known, "zh") if known else "它没有参数"),
        )
    return {p.name: _filled(graph, question, p, arguments.get(p.name)) for p in question.parameters}


def in_order(ontology: Ontology) -> list[Question]:
    """The questions, those that people ask most first (``words/search.yaml``)."""
    first = ontology.words.get("search", {}).get("questions", ())
    order = {name: number for number, name in enumerate(first)}
    return sorted(
        ontology.questions.values(), key=lambda q: (order.get(q.name, len(order)), q.name)
    )


def ask(graph: Graph, name: str, parameters: Mapping[str, str] | None = None) -> Result:
    """Answer a named question; ``run(graph, question(…), format)`` gives it in a format.

    Raises:
        QueryError: As ``question`` does.
    """
    return answer(graph, question(graph, name, parameters))


def remark(graph: Graph, name: str, parameters: Mapping[str, str] | None = None) -> dict[str, str]:
    """What is to be known of an answer beside its rows, by language; nothing where all is said.

    Raises:
        QueryError: As ``question`` does.
    """
    entry = _known_question(graph, name)
    bindings = _bindings(graph, entry, parameters or {})
    if entry.remark is None:
        return {}
    query = parse(bind(entry.remark.query, bindings, sigils="$"), graph.prefixes)
    rows = result(evaluate(graph.store.quads, query)).rows
    number = rows[0][0] if rows else 0
    if not number:
        return {}
    return {language: text.format(n=number) for language, text in entry.remark.text.items()}


def _filled(graph: Graph, question: Question, parameter: Parameter, value: str | None) -> str:
    name = parameter.name
    text = parameter.default if value is None else value
    if text is None:
        raise QueryError(
            f"{question.name} needs {name} ({parameter.comment['en']}); add {name}=…",
            zh=f"请填写：{parameter.comment['zh']}（{name}=…）",
            field=name,
        )
    if parameter.kind == "name":
        return " ".join(str(iri(i)) for i in _resolved(graph, name, text)) if text else "UNDEF"
    if parameter.kind == "class":
        return str(iri(graph.ontology.namespace + class_named(graph, text))) if text else "UNDEF"
    if parameter.kind in ("status", "relation", "attribute") and text:
        _known(graph, parameter, text)
    if parameter.kind in ("sum", "currency") and text:
        text = _name_or_code(graph, parameter, text)
    if parameter.kind == "flag":
        text = _flag(graph, name, text)
    if parameter.kind == "number":
        page = graph.ontology.words.get("search", {})
        return str(literal(number(name, text, page), "decimal"))
    if parameter.kind == "date" and text and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise no_date(name, text)
    return str(literal(text))


def no_date(field: str, text: str) -> QueryError:
    """What is said of a parameter that is no date."""
    return QueryError(
        f"{field}: {text!r} is no date; write 2020, 2020-11 or 2020-11-18",
        zh=f"“{text}”不是日期；请写成 2020、2020-11 或 2020-11-18",
        field=field,
    )


def _resolved(graph: Graph, field: str, text: str) -> list[str]:
    try:
        return resolve(graph, text)
    except QueryError as error:
        raise QueryError(str(error), zh=error.zh, field=field, near=error.near) from error


def _known(graph: Graph, parameter: Parameter, text: str) -> None:
    """Refuse a name that no page has: its answer would be an empty table."""
    pages: dict[str, Iterable[str]] = {
        "status": graph.ontology.statuses,
        # A fact of an attribute is found by its name as well.
        "relation": (*graph.ontology.relations, *graph.ontology.attributes),
        "attribute": graph.ontology.attributes,
    }
    known = pages[parameter.kind]
    if text not in known:
        raise no_choice(parameter.name, text, known, f"no {parameter.kind}")


def _flag(graph: Graph, field: str, text: str) -> str:
    """``yes`` or nothing, of what people write for yes and no (``words/search.yaml``)."""
    flags = graph.ontology.words.get("search", {}).get("flags", {YES: [YES], "no": [""]})
    for meaning, words in flags.items():
        if text.lower() in words:
            return YES if meaning == YES else ""
    raise no_choice(field, text, flags, "neither yes nor no")


def _name_or_code(graph: Graph, parameter: Parameter, text: str) -> str:
    """The kind of a sum or the code of a currency, by itself or by what it is called."""
    known = (_sums if parameter.kind == "sum" else _currencies)(graph.ontology.words)
    for name in (text, text.upper()):
        if name in known:
            return known[name]
    raise no_choice(parameter.name, text, set(known.values()))


def no_choice(field: str, text: str, known: Iterable[str], what: str = "none") -> QueryError:
    """What is said of a parameter that is none of what is known."""
    names = sorted(known)
    return QueryError(
        f"{field}: {text!r} is {what}; {did_you_mean(text, names)}",
        zh=f"没有“{text}”这一项；{did_you_mean(text, names, 'zh')}",
        field=field,
        near=nearest(text, names),
    )


def _sums(words: Mapping[str, Any]) -> dict[str, str]:
    each = words.get("deals", {}).get("amounts", {})
    names = {label: name for name, one in each.items() for label in one["label"].values()}
    return names | {name: name for name in each}


def _currencies(words: Mapping[str, Any]) -> dict[str, str]:
    pages = (words.get(page, {}).get("currencies", {}) for page in ("values", "search"))
    codes = {name: code for page in pages for name, code in page.items()}
    return codes | {code: code for code in (*CURRENCIES, *codes.values())}


def number(name: str, text: str, page: Mapping[str, Any]) -> str:
    """A number in digits; of one that is written in 亿 or 万, as amounts are, all of them.

    Args:
        name: The parameter that it is given for.
        text: The number as it is given.
        page: The page ``search`` of the words of an ontology.

    Raises:
        QueryError: If it is no number.
    """
    scales, units = page.get("scales", {}), page.get("currencies", {})
    plain = re.sub(r"[,\uff0c_\s]", "", text)
    unit = next((one for one, code in units.items() if code == YUAN and plain.endswith(one)), "")
    plain = plain.removesuffix(unit)
    scale = next((s for s in sorted(scales, key=len, reverse=True) if plain.endswith(s)), "")
    try:
        value = Decimal(plain.removesuffix(scale) or ("" if scale else "0")) * scales.get(scale, 1)
        if value.is_finite() and abs(value.adjusted()) < 30:
            return format(value, "f")
    except InvalidOperation:
        pass
    raise QueryError(
        f"{name}: {text!r} is no number; write it in digits, e.g. 100000000 or 1e8, "
        f"or with one of {', '.join(scales)}",
        zh=f"“{text}”不是数；请写数字，如 100000000、1e8，或带单位 {'、'.join(scales)}",
        field=name,
    )


def class_named(graph: Graph, text: str) -> str:
    """The class of a name or a label, whatever its case.

    Raises:
        QueryError: If there is none; the nearest are named.
    """
    classes = graph.ontology.classes
    names = {n.casefold(): k.name for k in classes.values() for n in (k.name, *k.label.values())}
    if text.casefold() not in names:
        raise QueryError(
            f"{text} is no class; {did_you_mean(text, classes)}",
            zh=f"没有“{text}”这一类；{did_you_mean(text, classes, 'zh')}",
            near=nearest(text, classes),
        )
    return names[text.casefold()]


def resolve(graph: Graph, name: str) -> list[str]:
    """The IRIs of the entities that a name, an alias or an IRI stands for.

    The name itself counts first, then the name without regard to case, width, spaces and
    quotation marks, then one that begins with it, then one that holds it, if only one
    entity has such a name.

    Raises:
        QueryError: If nothing is called so, or several things are called nearly so.
    """
    if name in graph.names_of:
        return [name]
    names, folded = graph.iris_of, graph.folded
    if name in names:
        return list(names[name])
    key = fold(name)
    if key in folded:
        return list(folded[key])
    for test in (str.startswith, str.__contains__):
        hits = sorted({n for n in folded if test(n, key)}) if key else []
        iris = sorted({i for n in hits for i in folded[n]})
        if len(iris) == 1:
            return iris
        if iris:
            shown = sorted({graph.names_of[i] for i in iris})
            more = f" and {len(shown) - 10} more" if len(shown) > 10 else ""
            raise QueryError(
                f"{name} may be {', '.join(shown[:10])}{more}; give the whole name",
                zh=f"“{name}”可能是 {'、'.join(shown[:10])}"
                + (f" 等 {len(shown)} 个" if len(shown) > 10 else "")
                + "；请写全名",
                near=shown[:10],
            )
    close = nearest(name, (n for n in names if set(n) & set(name)))
    hint = (
        f"did you mean {', '.join(close)}?"
        if close
        else (f"{len(graph.names_of)} things have names here; write a part of one, or its IRI")
    )
    raise QueryError(
        f"nothing is called {name!r}; {hint}",
        zh=f"没有叫“{name}”的；"
        + (
            f"您要找的是不是 {'、'.join(close)}？"
            if close
            else f"图谱里有 {len(graph.names_of)} 个名称；请写名称的一部分，或 IRI"
        ),
        near=close,
    )


def fold(name: str) -> str:
    """A name without regard to case, width, spaces, quotation marks and book marks.

    >>> fold("《ＡＢ 计划》")
    'ab计划'
    """
    from unicodedata import normalize

    text = normalize("NFKC", name).casefold()
    return re.sub(r"[\s“”\"'‘’「」『』《》〈〉<>]", "", text)
