"""An assistant's calls in, what the graph says out: the Model Context Protocol over the pool.

A call goes one way: ``tools`` (its arguments, checked), ``pool`` (a worker process, killed at its
deadline), ``kg.serve.pages.tools`` (the answer, in the worker), and out as fields and as words.
"""
