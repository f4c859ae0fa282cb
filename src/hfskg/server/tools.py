"""The tools of agents, in a worker."""

from __future__ import annotations

import json

from hfskg.api import KnowledgeGraph
from hfskg.errors import HfskgError
from hfskg.server.graph import ServedGraph
from hfskg.server.media import JSON
from hfskg.server.messages import Answer, Job, refused
from hfskg.toolbox import Toolbox

__all__ = ["answer_tool", "warm_tools"]


def answer_tool(graph: ServedGraph, job: Job) -> Answer:
    """Run a tool.

    Args:
        graph: The graph.
        job: Its arguments are ``name`` and ``arguments``, those of the tool.
    """
    toolbox = Toolbox(KnowledgeGraph(graph.store, graph.catalogue), rows=graph.limits.rows)
    try:
        answer = toolbox.call(job.arguments["name"], job.arguments["arguments"])
    except HfskgError as error:
        return refused(400, str(error))
    body = json.dumps(answer, ensure_ascii=False).encode()
    if len(body) > graph.limits.answer_bytes:
        return refused(413, f"The answer is larger than {graph.limits.answer_bytes:,} bytes. Ask for less.")
    return Answer(200, JSON.content_type, body)


def warm_tools(graph: ServedGraph) -> None:
    """Read the words of questions and the names of what parameters take.

    Args:
        graph: The graph.
    """
    KnowledgeGraph(graph.store, graph.catalogue).ask("Who was given 5 mg?")
