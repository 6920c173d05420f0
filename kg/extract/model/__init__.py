"""The reader that learns: it scores names and relations from the characters of an article.

``weights`` (a file) → ``alphabet`` (characters to numbers) → ``network`` (numbers to states) →
``tags`` (states to names) and ``pairs`` (states of two names to relations). Everything is
computed with integers, so that the same text gives the same scores on every machine. What the
scores are good for is decided elsewhere (``kg.extract.arbiter``); how the weights are made is told
in
``kg.run.train``.
"""
