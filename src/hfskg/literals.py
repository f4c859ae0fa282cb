"""Numbers as RDF literals."""

from __future__ import annotations

from decimal import Decimal

from rdflib import Literal

from hfskg.namespaces import XSD

__all__ = ["decimal", "integer"]


def integer(value: int) -> Literal:
    """Return a whole number as a literal.

    Example:
        >>> integer(3).n3()
        '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: Decimal) -> Literal:
    """Return a number as told, without exponent: XML Schema decimals have none.

    Example:
        >>> str(decimal(Decimal("1.50"))), str(decimal(Decimal("1E+3")))
        ('1.50', '1000')
    """
    return Literal(f"{value:f}", datatype=XSD.decimal)
