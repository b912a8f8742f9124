from django.shortcuts import render


def account_list(request):
    return render(request, "base.html")


def me(request):
    return render(request, "base.html")
