"""Queries that would run for hours or take all memory, and short ones to ask beside them."""

from __future__ import annotations

TRIPLES = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
DOUBLED = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(29))
# Each would run for hours, or take all memory.
RUNAWAYS = {
    "cross join": f"SELECT (COUNT(*) AS ?n) {{ {TRIPLES} }}",
    "order": f"SELECT * {{ {TRIPLES} }} ORDER BY ?a ?l",
    "distinct": f"SELECT DISTINCT * {{ {TRIPLES} }}",
    "rows": f"SELECT * {{ {TRIPLES} }}",
    "group": f"SELECT ?a (GROUP_CONCAT(?l) AS ?x) {{ {TRIPLES} }} GROUP BY ?a",
    "graph": f"CONSTRUCT {{ ?a ?e ?i }} {{ {TRIPLES} }}",
    "describe": f"DESCRIBE * {{ {TRIPLES} }}",
    "concat": f"SELECT ?x29 {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {DOUBLED} }}",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (<x:a>|!<x:b>)*/(!<x:c>)*/(!<x:d>)* ?b }",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a ((!<x:b>)*)* ?b . ?c (!<x:q>|^!<x:r>)+ ?d }",
    "regex": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    'FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(a|b|c)*(.*){8}d$")) }',
    "optional": "SELECT * { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } }",
    "minus": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f MINUS { ?a ?e ?i . ?q ?w ?r } }",
    "hash": "SELECT (COUNT(DISTINCT SHA512(CONCAT(STR(?a), STR(?f)))) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f }",
    "values": "SELECT (COUNT(*) AS ?n) { VALUES ?x { 1 2 3 4 5 6 7 8 9 } VALUES ?y { 1 2 3 } "
    f"{TRIPLES} FILTER(STRLEN(CONCAT(STR(?a), STR(?l))) * ?x > 1000000 * ?y) }}",
    "exists": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    "FILTER NOT EXISTS { ?g ?h ?i . ?j ?k ?l FILTER(STR(?i) = CONCAT(STR(?c), STR(?l))) } }",
    "union": f"SELECT DISTINCT ?a ?l {{ {{ {TRIPLES} }} UNION {{ {TRIPLES} }} }}",
    "subquery": f"SELECT (SUM(?n) AS ?all) {{ {{ SELECT ?a (COUNT(*) AS ?n) {{ {TRIPLES} }} "
    "GROUP BY ?a } }",
    "replace": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    "FILTER(STRLEN(REPLACE(CONCAT(STR(?c), STR(?f)), '.', 'aaaaaaaa')) < 0) }",
    "sorted labels": "SELECT ?x ?y { ?a rdfs:label ?x . ?b rdfs:label ?y . ?c rdfs:label ?z } "
    "ORDER BY DESC(CONCAT(?x, ?y, ?z))",
    "offset": f"SELECT * {{ {TRIPLES} }} OFFSET 1000000000000 LIMIT 1",
    "ask": f"ASK {{ {TRIPLES} FILTER(CONCAT(STR(?c), STR(?l)) = 'never') }}",
}

SHORT = (
    "ASK {}",
    "SELECT (COUNT(*) AS ?n) { ?s a kg:Project }",
    "SELECT ?s ?l { ?s a kg:Project ; rdfs:label ?l } ORDER BY ?l LIMIT 20",
    "SELECT ?class (COUNT(?s) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY ?class",
    "CONSTRUCT { ?s ?p ?o } { ?s a kg:Policy ; ?p ?o } ORDER BY ?s ?p ?o LIMIT 100",
    "DESCRIBE ?s { ?s a kg:Policy } ORDER BY ?s LIMIT 3",
)
