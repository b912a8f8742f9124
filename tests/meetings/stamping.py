"""Ways of signing for tests of what surrounds a signature: a line at the end of the file, or trouble."""

from enamnd.refusal import Refused
from meetings.actions import adjusting
from meetings.models import Adjustment


class Stamps:
    """Adds a line that names the signer."""

    def sign(self, pdf: bytes, request) -> bytes:
        return pdf + f"\nsigned {request.field_name} {request.signer_name}".encode()

    def finish(self, pdf: bytes) -> bytes:
        return pdf


class UnlocksMeanwhile(Stamps):
    """The secretary unlocks the protocol while the signature is made."""

    def sign(self, pdf: bytes, request) -> bytes:
        adjustment = Adjustment.objects.get()
        adjusting.unlock(adjustment, "Under tiden.", by=adjustment.frozen_by)
        return super().sign(pdf, request)


class Refuses(Stamps):
    """No time stamp is to be had."""

    def sign(self, pdf: bytes, request) -> bytes:
        raise Refused("Tjänsten för tidsstämpel svarar inte. Försök igen om en stund.")
