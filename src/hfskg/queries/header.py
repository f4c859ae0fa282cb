"""What the header of a canned query says: its documentation, its parameters and its columns.

The models are the schema that each header is checked against; ``docs/queries.md`` describes the keys.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hfskg.errors import QueryError
from hfskg.terms import bound_literal

__all__ = ["Header", "Parameter", "ParameterType"]

ParameterType = Literal["term", "iri", "string", "number", "integer", "boolean", "date"]
"""What the value of a parameter is."""


Name = Annotated[str, Field(pattern=r"^[a-z][A-Za-z0-9]*$")]
Text = Annotated[str, Field(min_length=1)]
Curie = Annotated[str, Field(pattern=r"^[A-Za-z]+:[A-Za-z0-9_]+$")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(_Model):
    """A parameter of a query; its variable is its name behind ``?_``.

    Attributes:
        name: What the user calls it.
        type: ``term`` (a term of the ontology), ``iri`` (anything the graph describes), ``string``, ``number``,
            ``integer``, ``boolean`` or ``date``.
        description: What it means.
        below: For a term: the class (as ``hfs:Drug``) that it must be, or be below; ``hfs:Term`` if left out.
        of: For an IRI: the class (as ``hfs:Patient``) that it must be a member of; its members' labels may be given
            in place of IRIs.
        values: All values that are allowed; any of the type if left out.
        default: What it is where the user does not say.
        optional: Whether it may be left out without a default; the query then does without it.
        list: Whether several values may be given; the query is run for each.
        unit: What numbers are counted in, as people write it.
        bound: For a number: ``lower`` if what is asked for is at least it, ``upper`` if at most.
        cues: Words that stand before its value in questions, where other parameters take the same values.
        example: A value that gives rows.
    """

    name: Name
    type: ParameterType
    description: str
    below: Curie | None = None
    of: Curie | None = None
    values: tuple[Text, ...] = ()
    default: Text | None = None
    optional: bool = False
    list: bool = False
    unit: str | None = None
    bound: Literal["lower", "upper"] | None = None
    cues: tuple[Text, ...] = ()
    example: Text

    @property
    def variable(self) -> str:
        """The variable of the query that the parameter stands for, without ``?``."""
        return f"_{self.name}"

    @property
    def required(self) -> bool:
        """Whether the user has to give it."""
        return self.default is None and not self.optional

    @model_validator(mode="after")
    def _fits(self) -> Parameter:
        if self.below is not None and self.type != "term":
            raise ValueError(f"the parameter {self.name} has `below` but is no term")
        if self.of is not None and self.type != "iri":
            raise ValueError(f"the parameter {self.name} has `of` but is no iri")
        if self.unit is not None and self.type not in ("number", "integer"):
            raise ValueError(f"the parameter {self.name} has `unit` but is no number")
        if self.bound is not None and self.type not in ("number", "integer"):
            raise ValueError(f"the parameter {self.name} has `bound` but is no number")
        if self.optional and self.default is not None:
            raise ValueError(f"the parameter {self.name} is optional and has a default; one of them is too much")
        told = {"default": self.default, "example": self.example, **{f"value {v}": v for v in self.values}}
        for what, value in told.items():
            if value is not None:
                self._check(what, value)
        return self

    def _check(self, what: str, value: str) -> None:
        if self.values and value not in self.values:
            raise ValueError(f"the {what} {value} of the parameter {self.name} is none of its values")
        if self.type not in ("term", "iri"):
            try:
                bound_literal(self.name, self.type, value)
            except QueryError as error:
                raise ValueError(f"the {what} of the parameter {self.name} is no {self.type}: {value}") from error


class Header(_Model):
    """The header of a query.

    Attributes:
        title: A few words.
        summary: The question that the query answers, in words.
        questions: The question in other words; ``hfskg ask`` compares with all of them.
        description: How it answers it, and what to beware of.
        tags: Words to group queries by.
        columns: The columns and what they hold, in the order of the projection; none for a query that gives a graph.
        lists: Columns whose values are lists, joined by ``|``; they are sorted.
        details: Columns that a table on a terminal leaves out.
        parameters: The parameters.
        rows: Number of rows (of triples, for a graph) that the example gives on the seeds.
    """

    title: str
    summary: str
    questions: tuple[str, ...] = ()
    description: str
    tags: tuple[str, ...] = ()
    columns: dict[Name, str] = {}
    lists: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    rows: int | None = None

    @model_validator(mode="after")
    def _names_fit(self) -> Header:
        unknown = {*self.lists, *self.details} - self.columns.keys()
        if unknown:
            raise ValueError(f"{min(unknown)} is no column")
        names = [parameter.name for parameter in self.parameters]
        if len(set(names)) != len(names):
            raise ValueError("two parameters have the same name")
        return self
