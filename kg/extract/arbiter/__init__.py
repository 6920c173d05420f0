"""The arbiter: it decides between the proposals of rules, tables and network, with reasons.

Everybody who thinks that a stretch is a name, or that a text states a relation, makes a
proposal (``proposals``). The arbiter sums up the weights of the features that hold of a proposal
(``linear``) and accepts what is above a threshold: first mentions (``mentions``), the surest
first, none over another; then claims between them (``claims``). The weights are fitted on gold
(``kg.run.train``). Refused proposals are kept, so that ``kg explain`` can tell what became of them.
"""
