"""Whether a PDF is the board's own paper, and whether its signatures hold.

A file that the portal has issued is known by its SHA-256: the same bytes are the same paper, which no other check can
say as surely. A validator that looks at signatures alone takes a changed title in the metadata, or a file rolled back
to an earlier signature, for good. What is not known so is looked at signature by signature, and nothing may follow the
last.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from enamnd.documents.models import Paper

from . import lineage, sentences
from .found import FoundSignature
from .inspection import Answer, Progress, inspect
from .own_signatures import signatures_of


class Verdict(StrEnum):
    """What a file is, in one word. Only OWN and VALID are good; UNFINISHED is not finished yet."""

    OWN = "own"
    UNFINISHED = "unfinished"
    EARLIER = "earlier"
    REPLACED = "replaced"
    CHANGED = "changed"
    VALID = "valid"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Verification:
    """What a file is, in a word and in sentences, whose signatures it carries, and which paper it is.

    covers_whole_file  nothing has been added after the last signature or seal
    paper              the issued paper that has these very bytes
    superseded_by      the paper or revision that holds instead of it
    """

    verdict: Verdict
    sha256: str
    sentences: tuple[str, ...]
    signatures: tuple[FoundSignature, ...] = ()
    covers_whole_file: bool = False
    paper: Paper | None = None
    superseded_by: Paper | None = None

    @property
    def is_own_paper(self) -> bool:
        return self.paper is not None

    @property
    def is_good(self) -> bool:
        return self.verdict in (Verdict.OWN, Verdict.VALID)

    @property
    def heading(self) -> str:
        return sentences.HEADINGS[self.verdict]

    @property
    def tone(self) -> str:
        """How bad the verdict is: ok, soon or late, as the pages colour it."""
        return sentences.TONES[self.verdict]

    @property
    def signers(self) -> tuple[FoundSignature, ...]:
        """The signatures that people have made, without seals."""
        return tuple(each for each in self.signatures if each.kind == "signature")


def verify(pdf: bytes) -> Verification:
    """Check a file that is in memory. Never raises for what is in it: what cannot be read is not valid."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return verify_file(Path(file.name))


def verify_file(path: Path) -> Verification:
    """Check a file on disk."""
    return [*steps(path)][-1]


def steps(path: Path) -> Iterator[Progress | Verification]:
    """Check a file on disk, telling of each signature that has been looked at; the verification comes last."""
    digests = lineage.digests(path)
    if paper := lineage.issued(digests.whole):
        yield _of_own_paper(paper)
        return
    if not digests.is_pdf:
        yield _unreadable(digests.whole, sentences.NO_PDF)
        return
    for step in inspect(path, digests.whole):
        yield _of_unknown(digests, step) if isinstance(step, Answer) else step


def _of_own_paper(paper: Paper) -> Verification:
    signatures = tuple(signatures_of(paper))
    life = lineage.life_of(paper)
    missing = lineage.missing(paper.expected_signatures, [each.name for each in signatures])
    if life.replaced_by or life.withdrawn_at:
        verdict = Verdict.REPLACED
    elif life.latest != paper:
        verdict = Verdict.EARLIER
    else:
        verdict = Verdict.UNFINISHED if missing else Verdict.OWN
    superseded_by = life.replaced_by or (life.latest if life.latest != paper else None)
    said = sentences.of_own(paper, life, [each for each in signatures if each.kind == "signature"], missing)
    return Verification(verdict, paper.file_id, said, signatures, True, paper, superseded_by)


def _of_unknown(digests: lineage.Digests, answer: Answer) -> Verification:
    if answer.problem:
        return _unreadable(digests.whole, sentences.PROBLEMS[answer.problem])
    signatures = tuple(map(_found, answer.signatures))
    begins_as = lineage.issued_any(digests.beginnings)
    covers_all = bool(answer.signatures) and answer.signatures[-1]["covers_all"]
    verdict, said = _judged(signatures, begins_as, covers_all)
    return Verification(verdict, digests.whole, said, signatures, covers_all)


def _judged(signatures: tuple[FoundSignature, ...], begins_as: Paper | None, covers_all: bool):
    if begins_as:
        return Verdict.CHANGED, sentences.begins_as(begins_as)
    if not signatures:
        return Verdict.UNSIGNED, sentences.UNSIGNED
    if broken := [each for each in signatures if not each.intact]:
        return Verdict.CHANGED, sentences.broken(broken)
    if not covers_all:
        return Verdict.CHANGED, sentences.ADDED
    if any(each.trusted and each.kind == "signature" for each in signatures):
        return Verdict.CHANGED, sentences.NEVER_ISSUED
    return Verdict.VALID, sentences.VALID


def _found(finding: dict) -> FoundSignature:
    at = finding["stamped_at"] or finding["claimed_at"]
    intact = finding["intact"] and not finding["is_changed"]
    return FoundSignature(
        name=finding["name"] or "Okänt namn",
        at=datetime.fromisoformat(at) if at else None,
        is_stamped=bool(finding["stamped_at"]),
        intact=intact,
        trusted=finding["trusted"],
        kind=finding["kind"],
        issuer=finding["issuer"],
        sentence=sentences.of_signature(finding),
    )


def _unreadable(sha256: str, said: tuple[str, ...]) -> Verification:
    return Verification(Verdict.UNREADABLE, sha256, said)
