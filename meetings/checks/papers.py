"""Checks of what a matter rests on and where it goes: case, documents, recipients."""

from collections.abc import Iterator

from enamnd.formats import listed
from meetings.text import sections

from .protocol import Found, LoadedProtocol


def missing_file(protocol: LoadedProtocol) -> Iterator[Found]:
    """A document that is named, and is in the register without its file."""
    for matter in protocol.to_adjust:
        items = [item for each in matter.of_kind(sections.DOCUMENTS) for item in each.items or ()]
        lacking = [f"”{item.text}”" for item in items if item.document in protocol.without_file]
        if lacking:
            yield Found(f"{matter.label}: {listed(lacking)} finns i diariet utan fil.", matter)


def no_case(protocol: LoadedProtocol) -> Iterator[Found]:
    for matter in protocol.to_adjust:
        if matter.is_to_decide and not matter.case_number:
            yield Found(f"{matter.label} hör inte till något ärende.", matter)


def no_documents(protocol: LoadedProtocol) -> Iterator[Found]:
    for matter in protocol.to_adjust:
        if matter.is_to_decide and matter.case_number and not matter.is_written(sections.DOCUMENTS):
            yield Found(f"{matter.label} saknar beslutsunderlag.", matter)


def no_recipients(protocol: LoadedProtocol) -> Iterator[Found]:
    for matter in protocol.to_adjust:
        if matter.is_to_decide and matter.case_number and not matter.is_written(sections.RECIPIENTS):
            yield Found(f"{matter.label} säger inte till vem beslutet skickas.", matter)
