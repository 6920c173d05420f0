"""A rule of a page in, an error out where it has an option that its kind does not know.

``ontology/RULES.md`` tells what the kinds find and what their options mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.base.errors import OntologyError, did_you_mean
from kg.ontology.forms import expect

if TYPE_CHECKING:
    from collections.abc import Mapping

Options = dict[str, str]  # the name of an option -> the form of its value


def _options(**forms: str) -> Options:
    """Options by the form of their values: ``text="pattern unless"``."""
    return {name: form.replace("_", " ") for form, names in forms.items() for name in names.split()}


_EITHER = "subject_class object_class"
# What a rule of a class finds names with.
NAMES: dict[str, Options] = {
    "place": {},
    "person": _options(text="body"),
    "dateline": {},
    "list": _options(text="table"),
    "column": _options(text="heading"),
    "pattern": _options(text="pattern"),
    "level": _options(list="words generic cut", whole="longest"),
    "title": _options(list="endings generic", text="issued public never"),
    "quoted": _options(
        list="before after making but", text="inside lead", whole="filler", flag="series",
    ),
    "suffix": _options(
        list="words cut keep generic compounds closes prefixes whole not_before",
        text="unless yields needs before held there",
        whole="min longest telling",
        flag="digits joins quotes names works halves weak distinct short nested named "
             "anchored single locative told",
        flag_or_text="placed after",
    ),
}  # fmt: skip
# What a rule of a relation or an attribute states claims by.
CLAIMS: dict[str, Options] = {
    "pattern": _options(
        text="pattern subject object object_ends unless table",
        text_or_list=_EITHER, whole="reach", flag="first last each alone timeless",
    ),
    "frame": _options(
        list="verbs through", text="unless object_ends short then", text_or_list=_EITHER,
        flag="passive trailing home own",
    ),
    "together": _options(
        list="verbs", text="unless agreed", text_or_list="subject_class", flag="same_class"
    ),
    "settled": _options(list="verbs", text_or_list="subject_class"),
    "row": _options(text="subject object value through", text_or_list=_EITHER, flag="merged"),
    "number": _options(text="class pattern"),
    "issued": {},
    "grounds": _options(text="class ends", list="verbs"),
    "goals": _options(
        text="class goal horizon firm aim plan says opens lead grounds block", whole="reach"
    ),
    "posts": _options(text="class no_body no_place no_value no_unit", list="bodies places value"),
    "byline": _options(text="class papers sends", list="words grades others own"),
    **dict.fromkeys(
        ("nested", "unit", "chain", "issuer"),
        _options(text="class"),
    ),
}  # fmt: skip
SECTIONS: dict[str, Mapping[str, Options]] = {"names": NAMES, "rules": CLAIMS}


def check_options(options: Mapping[str, Any], kind: str, section: str, where: str) -> None:
    """Check the options of a rule; a kind that is not known is left to whoever reads the rule.

    Args:
        options: As YAML gives them.
        kind: The kind of the rule.
        section: ``names`` or ``rules``: where the rule stands on its page.
        where: File and rule, for the message.

    Raises:
        OntologyError: If the kind does not know an option, or its value has another form.

    >>> check_options({"tabel": "banks"}, "list", "names", "B.yaml: bank.list")
    Traceback (most recent call last):
    kg.base.errors.OntologyError: B.yaml: bank.list: tabel is no option of list; did you mean table?
    """
    known = SECTIONS[section].get(kind)
    if known is None:
        return
    if section == "names":
        known = {**known, "subtype": "text"}
    for name, value in options.items():
        if name not in known:
            raise OntologyError(
                f"{where}: {name} is no option of {kind}; {did_you_mean(name, known)}"
            )
        expect(value, known[name], f"{where}: {name}")
