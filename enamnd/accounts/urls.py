from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [path("", views.account_list, name="account_list"), path("jag/", views.me, name="me")]
