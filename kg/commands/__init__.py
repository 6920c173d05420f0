"""What each command of ``kg`` does: the words given in, results to stdout, the status out."""

from kg.commands.asking import run_ask as run_ask
from kg.commands.asking import run_explain as run_explain
from kg.commands.asking import run_query as run_query
from kg.commands.asking import run_serve as run_serve
from kg.commands.asking import run_view as run_view
from kg.commands.building import run_build as run_build
from kg.commands.checking import run_evaluate as run_evaluate
from kg.commands.checking import run_validate as run_validate
from kg.commands.checking import run_verify as run_verify
from kg.commands.moving import run_export as run_export
from kg.commands.moving import run_import as run_import
from kg.commands.moving import run_load as run_load
from kg.commands.moving import run_ontology as run_ontology
from kg.commands.reviewing import run_review as run_review
from kg.commands.training import run_annotate as run_annotate
from kg.commands.training import run_train as run_train
