"""A store in, a server out: SPARQL 1.1 Protocol, and pages for those who would rather look.

A request goes one way: ``guard`` (may it come in?), ``protocol`` (what does it ask?), ``pool``
(a worker process, killed at its deadline), ``answer`` (the bytes, in the worker), and out.
"""
