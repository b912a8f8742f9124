"""Checks of whether those who are to sign can do it in the portal."""

from collections.abc import Iterator

from .protocol import Found, LoadedProtocol, Named


def no_account(protocol: LoadedProtocol) -> Iterator[Found]:
    for who in _signers(protocol):
        if not who.has_account:
            yield Found(
                f"{who.label} har inget konto som kan skriva under i portalen. Då får underskriften skrivas på annat "
                "sätt och laddas upp, eller så lägger en administratör först upp ett konto med en roll."
            )


def no_address(protocol: LoadedProtocol) -> Iterator[Found]:
    for who in _signers(protocol):
        if not who.has_address:
            yield Found(f"{who.label} har ingen e-postadress och får inget brev när det är dags att skriva under.")


def _signers(protocol: LoadedProtocol) -> list[Named]:
    """Secretary, chairs and adjusters of what is to be adjusted, each once."""
    people = [protocol.secretary, *protocol.chairs, *protocol.adjusters]
    wanted = [each for each in people if each and any(each.covers(matter.position) for matter in protocol.to_adjust)]
    return list({each.label: each for each in wanted}.values())
