from django.urls import path

from . import views

app_name = "riskcontrol"
urlpatterns = [path("", views.overview, name="overview")]
