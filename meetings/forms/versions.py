"""What the pages of versions are asked for."""

from django import forms


class CompareForm(forms.Form):
    """`mot`: the version to compare with, 0 for the text of now. `sida`: page of the list, from 1."""

    mot = forms.IntegerField(required=False, min_value=0)
    sida = forms.IntegerField(required=False, min_value=1)
