"""Make the weights of the reader and of the arbiter from gold and from texts without gold.

``spans`` (where the names of gold stand in an article) → ``network`` and ``pretrain``,
``finetune`` (PyTorch) → ``export`` (to integers, for ``kg.extract.model``) → ``logistic`` and
``arbiter``
(the weights of features, for ``kg.extract.arbiter``). Nothing here is needed to read.
"""
