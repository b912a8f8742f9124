"""The main menu: where a person may go, and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from enamnd.accounts.roles import Permission
from enamnd.organisation.models import Board


@dataclass(frozen=True)
class Place:
    """One entry of the main menu. `area` is the first part of the addresses that belong to it.

    With `of_municipality` it is for those who hold a role for a municipality.
    """

    name: str
    url_name: str
    area: str
    permission: Permission | None = None
    or_permission: Permission | None = None
    of_municipality: bool = False

    def is_for(self, user) -> bool:
        if self.of_municipality and not any(each.municipality_id for each in user.grants_in_force):
            return False
        wanted = [each for each in (self.permission, self.or_permission) if each]
        return not wanted or any(map(user.may, wanted))


PLACES = (
    Place("Att göra", "home", ""),
    Place("Sammanträden", "meetings:meeting_list", "sammantraden", Permission.READ_MEETINGS),
    Place("Ärenden", "documents:case_list", "arenden", Permission.READ_CASES),
    Place("Projekt", "projects:overview", "projekt", Permission.READ_PROJECTS),
    Place("Ekonomi", "finance:overview", "ekonomi", Permission.READ_ECONOMY),
    Place("Styrning", "riskcontrol:overview", "styrning", Permission.READ_CONTROL),
    Place("Min kommun", "my_municipality", "min-kommun", Permission.READ_ORGANISATION, of_municipality=True),
    Place("Organisation", "organisation:overview", "organisation", Permission.READ_ORGANISATION),
    Place("Utskick", "letters:letter_list", "utskick", Permission.WRITE_PROTOCOL, Permission.KEEP_ACCOUNTS),
    Place("Konton", "accounts:account_list", "konton", Permission.KEEP_ACCOUNTS),
)

# The menu of the pages that everybody may read; the board's name leads to the first.
PUBLIC_PLACES = (
    Place("Sammanträden", "public:calendar", "kalender"),
    Place("Anslagstavla", "public:notice_board", "anslagstavla"),
    Place("Protokoll", "public:protocol_list", "protokoll"),
    Place("Nyhetsbrev", "public:newsletter_list", "nyhetsbrev"),
    Place("Kontrollera ett papper", "verification:verify", "verifiera"),
)


def navigation(request):
    """Context of every page: the board and the menu of the person who is logged in."""
    return {
        "board": SimpleLazyObject(lambda: Board.objects.select_related("host").first()),
        "menu": SimpleLazyObject(lambda: menu_for(request)),
        "public_menu": SimpleLazyObject(lambda: entries(PUBLIC_PLACES, request)),
    }


def menu_for(request) -> list[dict]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return entries((each for each in PLACES if each.is_for(user)), request)


def entries(places: Iterable[Place], request) -> list[dict]:
    area = request.path.strip("/").split("/")[0]
    return [{"name": place.name, "href": reverse(place.url_name), "is_current": place.area == area} for place in places]
