"""Mutations of reference intervals and their sources."""

from __future__ import annotations

from shape_mutations import Mutation, besides, instead, without

__all__ = ["INTERVALS", "REFERENCE"]

INTERVALS = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hfs: <https://w3id.org/hfskg/ontology#> .
hfs:SmallInterval a hfs:ReferenceInterval ; hfs:intervalOf hfs:Ferritin ; hfs:intervalUnit hfs:NanogramPerMilliliter ;
    hfs:lowerLimit 10.0 ; hfs:upperLimit 80.0 ; hfs:fromAge 400.0 ; hfs:belowAge 4000.0 ; hfs:forSex hfs:Female ;
    hfs:asPublished "girls, 10 to 80"@en ; hfs:intervalSource hfs:SmallSurvey .
hfs:SmallSurvey a hfs:ReferenceSource ; hfs:population "healthy girls"@en ;
    dcterms:source <https://example.org/survey> .
"""
"""A sound interval and its source, for the little ontology."""

INTERVAL, SOURCE = "hfs:SmallInterval", "hfs:SmallSurvey"

REFERENCE = [
    Mutation("ReferenceInterval", f"{INTERVAL} hfs:lowerLimit hfs:ANY ; hfs:upperLimit hfs:ANY ."),
    without("IntervalAnalyte", INTERVAL, "hfs:intervalOf"),
    instead("IntervalAnalyte", INTERVAL, "hfs:intervalOf", "hfs:Fever"),
    without("IntervalUnit", INTERVAL, "hfs:intervalUnit"),
    instead("IntervalUnit", INTERVAL, "hfs:intervalUnit", "hfs:Year"),
    besides("IntervalLower", INTERVAL, "hfs:lowerLimit", "11.0"),
    instead("IntervalLower", INTERVAL, "hfs:lowerLimit", "10"),
    besides("IntervalUpper", INTERVAL, "hfs:upperLimit", "90.0"),
    instead("IntervalOrder", INTERVAL, "hfs:lowerLimit", "80.0"),
    besides("IntervalFromAge", INTERVAL, "hfs:fromAge", "500.0"),
    instead("IntervalFromAge", INTERVAL, "hfs:fromAge", "0.0"),
    instead("IntervalBelowAge", INTERVAL, "hfs:belowAge", "50000.0"),
    instead("IntervalAges", INTERVAL, "hfs:belowAge", "300.0"),
    instead("IntervalSex", INTERVAL, "hfs:forSex", "hfs:Present"),
    without("IntervalWords", INTERVAL, "hfs:asPublished"),
    without("IntervalSource", INTERVAL, "hfs:intervalSource"),
    instead("IntervalSource", INTERVAL, "hfs:intervalSource", "hfs:SmallCriteria"),
    without("SourcePopulation", SOURCE, "hfs:population"),
    without("SourceAddress", SOURCE, "dcterms:source"),
]
