from django.urls import path

from . import views

app_name = "projects"
urlpatterns = [path("", views.overview, name="overview")]
