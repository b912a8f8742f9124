"""What the signatures of one PDF say, found by a process that knows no secret and is ended if it takes too long.

    python -m enamnd.documents.signing.findings FILE ROOTS.pem STAMP_ROOTS.pem

writes a line of JSON for each signature it has looked at ({"done": 1, "of": 4}), and at last what it found. It is never
imported by the portal: a file from a stranger is read here alone.
"""

import gc
import io
import json
import resource
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel, StandardDiffPolicy, SuspiciousModification
from pyhanko.sign.diff_analysis.policies import DEFAULT_DIFF_POLICY
from pyhanko.sign.diff_analysis.policy_api import DiffResult
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

MOST_MEMORY = 3 * 1024**3  # bytes of address space
MOST_SECONDS = 60  # of processor time
WHOLE = (SignatureCoverageLevel.ENTIRE_REVISION, SignatureCoverageLevel.ENTIRE_FILE)


ENCRYPTED, UNREADABLE = "encrypted", "unreadable"


class Encrypted(Exception):
    """The file needs a password, or is encrypted with an empty one."""


@dataclass
class Finding:
    """One signature: instants in ISO 8601, empty where there is none.

    intact       the bytes that it covers are those that were signed
    trusted      its certificate comes from one of the given roots and was valid when it was made
    is_changed   something that signing does not allow was changed after it
    covers_all   nothing at all has been added after it
    """

    field: str
    kind: str
    name: str = ""
    holder: str = ""
    issuer: str = ""
    claimed_at: str = ""
    stamped_at: str = ""
    intact: bool = False
    trusted: bool = False
    is_changed: bool = True
    covers_all: bool = False
    error: str = ""


class QuickReader(PdfFileReader):
    """Reads the table of an object stream once instead of once for every object: quick where it was quadratic."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._tables: dict[int, tuple[bytes, dict[int, int]]] = {}

    def _get_object_from_stream(self, idnum, stmnum, idx):
        if stmnum not in self._tables:
            self._tables[stmnum] = self._table(stmnum)
        data, offsets = self._tables[stmnum]
        if idnum not in offsets:
            return super()._get_object_from_stream(idnum, stmnum, idx)
        stream = io.BytesIO(data)
        stream.seek(offsets[idnum])
        found = generic.read_object(stream, generic.Reference(idnum, 0, self))
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise misc.PdfReadError("Forbidden object in an object stream")
        return found

    def _table(self, stmnum: int) -> tuple[bytes, dict[int, int]]:
        stream = generic.Reference(stmnum, 0, self).get_object()
        if stream["/Type"] != "/ObjStm":
            raise misc.PdfReadError("Not an object stream")
        data, first = stream.data, int(stream["/First"])
        numbers = [int(each) for each in data[:first].split()[: 2 * int(stream["/N"])]]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        return data, {number: first + offset for number, offset in reversed(pairs)}


class StepwisePolicy(StandardDiffPolicy):
    """Compares each revision with the next, once, instead of every revision with every later one.

    A step that is allowed after a step that is allowed is allowed; the cost grows with the revisions, not their square.
    """

    def __init__(self):
        super().__init__(DEFAULT_DIFF_POLICY.global_rules, DEFAULT_DIFF_POLICY.form_rule)
        self._steps: dict[tuple, DiffResult | SuspiciousModification] = {}

    def review_file(self, reader, base_revision, field_mdp_spec=None, doc_mdp=None):
        level, fields = ModificationLevel.NONE, set()
        for revision in range(base_revision + 1, reader.xrefs.total_revisions):
            step = self._step(reader, revision, field_mdp_spec, doc_mdp)
            if isinstance(step, SuspiciousModification):
                return step
            level, fields = max(level, step.modification_level), fields | step.changed_form_fields
        return DiffResult(level, fields)

    def _step(self, reader, revision, field_mdp_spec, doc_mdp):
        key = (revision, doc_mdp, repr(field_mdp_spec))
        if key not in self._steps:
            old, new = (reader.get_historical_resolver(each) for each in (revision - 1, revision))
            try:
                self._steps[key] = self.apply(old=old, new=new, field_mdp_spec=field_mdp_spec, doc_mdp=doc_mdp)
            except SuspiciousModification as suspicion:
                self._steps[key] = suspicion
        return self._steps[key]


def look(file, roots: list[Certificate], stamp_roots: list[Certificate], tell=lambda done, of: None) -> list[Finding]:
    """The signatures of an open PDF in order. The last is looked at first, which spreads the work evenly."""
    reader = QuickReader(file, strict=False)
    if reader.encrypted:
        raise Encrypted
    signatures = list(reader.embedded_signatures)
    policy = StepwisePolicy()
    found = []
    for done, signature in enumerate(reversed(signatures)):
        tell(done, len(signatures))
        found.insert(0, _finding(signature, policy, roots, stamp_roots))
    tell(len(signatures), len(signatures))
    return found


def _finding(signature: EmbeddedPdfSignature, policy, roots, stamp_roots) -> Finding:
    is_stamp = signature.sig_object.get("/Type") == "/DocTimeStamp"
    finding = Finding(str(signature.field_name), "timestamp" if is_stamp else "signature")
    try:
        _describe(finding, signature)
        look = _look_at_stamp if is_stamp else _look_at_signature
        look(finding, signature, policy, roots, stamp_roots)
    except Exception as error:  # whatever goes wrong in a stranger's file, the signature is not shown to be good
        finding.intact, finding.error = False, type(error).__name__
    return finding


def _describe(finding: Finding, signature: EmbeddedPdfSignature) -> None:
    certificate = signature.signer_cert
    finding.holder = str(certificate.subject.native.get("common_name", ""))
    finding.issuer = str(certificate.issuer.native.get("common_name", ""))
    finding.name = str(signature.sig_object.get("/Name", "")) or finding.holder
    finding.claimed_at = _written(signature.self_reported_timestamp)


def _look_at_signature(finding, signature, policy, roots, stamp_roots) -> None:
    contexts = _context(roots, signature.self_reported_timestamp), _context(stamp_roots, None)
    status = validate_pdf_signature(signature, *contexts, diff_policy=policy, skip_diff=True)
    if status.intact and status.valid:  # else what was changed after it makes no difference
        status = validate_pdf_signature(signature, *contexts, diff_policy=policy)
    stamp = status.timestamp_validity
    if stamp is not None and stamp.valid and stamp.intact:
        finding.stamped_at = _written(stamp.timestamp)
    _conclude(finding, status, is_allowed=status.docmdp_ok)


def _look_at_stamp(finding, signature, policy, roots, stamp_roots) -> None:
    status = validate_pdf_timestamp(signature, _context(stamp_roots, None), diff_policy=policy)
    finding.claimed_at = finding.stamped_at = _written(status.timestamp)
    _conclude(finding, status, is_allowed=True)


def _conclude(finding: Finding, status, *, is_allowed: bool) -> None:
    finding.intact = status.intact and status.valid and status.coverage in WHOLE
    finding.trusted = status.trusted
    level = status.modification_level
    finding.is_changed = not is_allowed or level is None or level == ModificationLevel.OTHER
    finding.covers_all = status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def _context(roots: list[Certificate], moment: datetime | None) -> ValidationContext:
    return ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False)


def _written(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""


def _certificates(path: str) -> list[Certificate]:
    data = Path(path).read_bytes()
    return [Certificate.load(der) for _, _, der in pem.unarmor(data, multiple=True)] if data.strip() else []


def main(path: str, roots: str, stamp_roots: str) -> None:
    """Answer on standard output, within the limits of memory and time."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    gc.disable()  # it ends before there is anything to collect
    with open(path, "rb") as file:
        try:
            found = look(file, _certificates(roots), _certificates(stamp_roots), _tell)
        except Encrypted:
            answer = {"problem": ENCRYPTED}
        except (misc.PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, RecursionError):
            answer = {"problem": UNREADABLE}
        else:
            answer = {"signatures": [asdict(each) for each in found]}
    print(json.dumps(answer))


def _tell(done: int, of: int) -> None:
    print(json.dumps({"done": done, "of": of}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
