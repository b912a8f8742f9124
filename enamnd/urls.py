"""Addresses of the whole portal."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from enamnd import health, home
from enamnd.my_municipality.views import my_municipality
from enamnd.start_up.views import start_up

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", home.start, name="home"),
    path("min-kommun/", my_municipality, name="my_municipality"),
    path("halsa/", health.health, name="health"),
    path("tillganglighet/", home.accessibility, name="accessibility"),
    path("sammantraden/", include("meetings.urls")),
    path("justering/", include("meetings.adjusting.urls")),
    path("arenden/", include("enamnd.documents.urls")),
    path("verifiera/", include("enamnd.documents.verification_urls")),
    path("projekt/", include("projects.urls")),
    path("ekonomi/", include("finance.urls")),
    path("styrning/", include("riskcontrol.urls")),
    path("utskick/", include("enamnd.letters.urls")),
    path("organisation/kom-i-gang/", start_up, name="start_up"),
    path("organisation/", include("enamnd.register.urls")),
    path("konton/", include("enamnd.accounts.urls")),
    path("inloggning/", include("enamnd.accounts.login_urls")),
    path("admin/", admin.site.urls),
    path("", include("meetings.publishing.urls")),
]
