"""The HTTP server: SPARQL endpoint, canned queries, linked data and pages over a graph folder.

``app`` takes requests and hands them to ``pool``; the ``nursery`` forks the workers, in which ``worker`` finds the
handler of each job. Only workers touch the graph.
"""

from hfskg.server.limits import Limits
from hfskg.server.running import serve

__all__ = ["Limits", "serve"]
