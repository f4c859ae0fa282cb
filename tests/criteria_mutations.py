"""Mutations of assessments, of what authors say of criteria, and of definitions of criteria."""

from __future__ import annotations

from shape_mutations import SPAN, Mutation, besides, instead, without

__all__ = ["ASSESSMENTS", "DEFINITIONS"]

ASSESSED = "<case/1/criteria/small-criteria/3>"
RESULT, UNKNOWN = "<case/1/criterion/ferritin/3>", "<case/1/criterion/rash/3>"
STATED = (
    f"<case/1/criteria-statement/1> a hfs:CriteriaStatement ; hfs:patient <case/1> ; hfs:order 99 ; "
    f"hfs:primaryEvidence <{SPAN}> ; prov:wasDerivedFrom <{SPAN}>"
)
STATEMENTS = [
    Mutation("StatedCriteria", "", f"{STATED} ; hfs:statedVerdict hfs:Met ."),
    Mutation(
        "StatedVerdict", "", f"{STATED} ; hfs:criteriaSet hfs:SmallCriteria ; hfs:statedVerdict hfs:Undetermined ."
    ),
]

ASSESSMENTS = [
    *STATEMENTS,
    without("AssessmentPatient", ASSESSED, "hfs:patient"),
    without("AssessmentCriteria", ASSESSED, "hfs:criteriaSet"),
    instead("AssessmentCriteria", ASSESSED, "hfs:criteriaSet", "hfs:Present"),
    besides("AssessmentDay", ASSESSED, "hfs:day", "4"),
    instead("AssessmentDay", ASSESSED, "hfs:day", '"third"'),
    besides("AssessmentEarliestDay", ASSESSED, "hfs:earliestDay", "1 , 2"),
    besides("AssessmentLatestDay", ASSESSED, "hfs:latestDay", "1 , 2"),
    Mutation("AssessmentDays", "", f"{ASSESSED} hfs:earliestDay 2 ; hfs:latestDay 1 ."),
    without("AssessmentVerdict", ASSESSED, "hfs:verdict"),
    instead("AssessmentVerdict", ASSESSED, "hfs:verdict", "hfs:Present"),
    without("AssessmentReading", ASSESSED, "hfs:reading"),
    instead("AssessmentReading", ASSESSED, "hfs:reading", "hfs:Present"),
    without("AssessmentVersion", ASSESSED, "hfs:version"),
    besides("AssessmentVersion", ASSESSED, "hfs:version", '"2"'),
    without("AssessmentResult", ASSESSED, "hfs:itemResult"),
    besides("AssessmentResult", ASSESSED, "hfs:itemResult", "<case/1>"),
    instead("AssessmentHinge", ASSESSED, "hfs:hangsOn", "hfs:Present"),
    instead("AssessmentItemMet", ASSESSED, "hfs:itemMet", "hfs:Present"),
    besides("AssessmentItemNotMet", ASSESSED, "hfs:itemNotMet", "hfs:Present"),
    instead("AssessmentItemUnknown", ASSESSED, "hfs:itemUnknown", "hfs:Present"),
    besides("AssessmentMetOnly", ASSESSED, "hfs:itemNotMet", "hfs:SmallCriteria_Ferritin"),
    besides("AssessmentNotMetOnly", ASSESSED, "hfs:itemNotMet", "hfs:SmallCriteria_Rash"),
    besides("AssessmentUnknownOnly", ASSESSED, "hfs:itemUnknown", "hfs:SmallCriteria_Ferritin"),
    besides("AssessmentScoreMinimum", ASSESSED, "hfs:scoreMinimum", "0"),
    besides("AssessmentScoreMaximum", ASSESSED, "hfs:scoreMaximum", "4"),
    instead("AssessmentScore", ASSESSED, "hfs:scoreMinimum", "3"),
    besides("AssessmentEvidence", ASSESSED, "prov:wasDerivedFrom", "data:small-report"),
    Mutation("AssessmentItem", f"{ASSESSED} hfs:itemMet hfs:ANY ; hfs:itemUnknown hfs:ANY ."),
    without("ResultPatient", RESULT, "hfs:patient"),
    without("ResultCriterion", RESULT, "hfs:criterion"),
    instead("ResultCriterion", RESULT, "hfs:criterion", "hfs:Present"),
    without("ResultAnswer", UNKNOWN, "hfs:answer"),
    besides("ResultAnswer", RESULT, "hfs:answer", "hfs:NotMet"),
    without("ResultReading", RESULT, "hfs:reading"),
    instead("ResultReading", RESULT, "hfs:reading", "hfs:Present"),
    besides("ResultReason", UNKNOWN, "hfs:unknownReason", "hfs:Present"),
    without("ResultUnknown", UNKNOWN, "hfs:unknownReason"),
    besides("ResultEvidence", RESULT, "prov:wasDerivedFrom", "data:small-report"),
]

DEFINITIONS = [
    without("CriteriaSetRule", "hfs:SmallCriteria", "hfs:decidedBy"),
    without("CriteriaSetVersion", "hfs:SmallCriteria", "owl:versionInfo"),
    without("CriteriaSetSource", "hfs:SmallCriteria", "obo:IAO_0000119"),
    without("CriteriaSetCondition", "hfs:SmallCriteria", "hfs:assesses"),
    without("ThresholdAnalyte", "hfs:SmallCriteria_Ferritin", "hfs:about"),
    instead("ThresholdComparator", "hfs:SmallCriteria_Ferritin", "hfs:limitComparator", '"about"'),
    without("ThresholdLimit", "hfs:SmallCriteria_Ferritin", "hfs:limit"),
    without("ThresholdUnit", "hfs:SmallCriteria_Limit", "hfs:limitUnit"),
    without("LimitValue", "hfs:SmallCriteria_Limit", "hfs:limitValue"),
    without("CompoundPart", "hfs:SmallCriteria_Both", "hfs:part"),
    without("AtLeastCount", "hfs:SmallCriteria_Both", "hfs:minimumCount"),
    without("ScoreTerm", "hfs:SmallCriteria_Sum", "hfs:scoreTerm"),
    without("ScoreCutOff", "hfs:SmallCriteria_Sum", "hfs:cutOff"),
    without("ScoreComparator", "hfs:SmallCriteria_Sum", "hfs:limitComparator"),
    besides("CriterionCircle", "hfs:SmallCriteria_Both", "hfs:part", "hfs:SmallCriteria_Sum"),
]
