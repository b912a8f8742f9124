from django.urls import path

from .views import overview as views

app_name = "projects"
urlpatterns = [path("", views.overview, name="overview")]
