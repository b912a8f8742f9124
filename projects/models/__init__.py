"""Projects, management and agreements."""

from .activity import Activity, ActivityLink
from .agreement import Agreement, CallOff, ProcurementStep, ProlongOption
from .commission import Commission, OutsideOrganisation
from .directive import Directive, DirectiveHeading
from .participation import Adoption, Participation
from .people import ActivityBody, Assignment, ResourceAnswer, ResourceRequest, Stakeholder
from .phase import Deliverable, Phase, PhaseStep
from .report import StatusReport

__all__ = [
    "Activity",
    "ActivityBody",
    "ActivityLink",
    "Adoption",
    "Agreement",
    "Assignment",
    "CallOff",
    "Commission",
    "Deliverable",
    "Directive",
    "DirectiveHeading",
    "OutsideOrganisation",
    "Participation",
    "Phase",
    "PhaseStep",
    "ProcurementStep",
    "ProlongOption",
    "ResourceAnswer",
    "ResourceRequest",
    "Stakeholder",
    "StatusReport",
]
