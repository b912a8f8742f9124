"""Addresses of people, resource requests, commissions, ideas and outside organisations, within those of projects."""

from django.urls import path

from .views import commissions, ideas, municipalities, organisations, people, resources

urlpatterns = [
    path("personer/", people.people, name="people"),
    path("personer.xlsx", people.people_file, name="people_file"),
    path("resurser.xlsx", resources.request_file, name="request_file"),
    path("kommun.xlsx", municipalities.municipality_file, name="municipality_file"),
    path("uppdrag/", commissions.commission_list, name="commission_list"),
    path("uppdrag.xlsx", commissions.commission_file, name="commission_file"),
    path("uppdrag/nytt/", commissions.commission_new, name="commission_new"),
    path("uppdrag/<int:commission_id>/", commissions.commission, name="commission"),
    path("uppdrag/<int:commission_id>/andra/", commissions.commission_change, name="commission_change"),
    path("uppdrag/<int:commission_id>/beslut/", commissions.commission_answer, name="commission_answer"),
    path("uppdrag/<int:commission_id>/aktivitet/", commissions.commission_become, name="commission_become"),
    path("uppdrag/<int:commission_id>/avslut/", commissions.commission_closing, name="commission_closing"),
    path("uppdrag/<int:commission_id>/ater/", commissions.commission_reopening, name="commission_reopening"),
    path("ideer/", ideas.idea_list, name="idea_list"),
    path("ideer.xlsx", ideas.idea_file, name="idea_file"),
    path("ideer/ny/", ideas.idea_new, name="idea_new"),
    path("ideer/ordning/", ideas.idea_order, name="idea_order"),
    path("ideer/<int:idea_id>/vidare/", ideas.idea_become, name="idea_become"),
    path("ideer/<int:idea_id>/vila/", ideas.idea_aside, name="idea_aside"),
    path("ideer/<int:idea_id>/ater/", ideas.idea_taking_up, name="idea_taking_up"),
    path("externa/", organisations.organisation_list, name="organisation_list"),
    path("externa.xlsx", organisations.organisation_file, name="organisation_file"),
    path("externa/ny/", organisations.organisation_new, name="organisation_new"),
    path("externa/<int:organisation_id>/", organisations.organisation, name="organisation"),
    path("<int:activity_id>/bemanning/", people.assignment_new, name="assignment_new"),
    path("<int:activity_id>/bemanning/<int:assignment_id>/", people.assignment, name="assignment"),
    path("<int:activity_id>/organ/", people.task_new, name="task_new"),
    path("<int:activity_id>/organ/<int:task_id>/", people.task_removal, name="task_removal"),
    path("<int:activity_id>/intressenter/", people.stakeholder_new, name="stakeholder_new"),
    path("<int:activity_id>/intressenter/<int:stakeholder_id>/", people.stakeholder, name="stakeholder"),
    path(
        "<int:activity_id>/intressenter/<int:stakeholder_id>/bort/",
        people.stakeholder_removal,
        name="stakeholder_removal",
    ),
    path("<int:activity_id>/resurser/", resources.request_new, name="request_new"),
    path("<int:activity_id>/resurser/<int:request_id>/", resources.resource_request, name="resource_request"),
    path("<int:activity_id>/resurser/<int:request_id>/andra/", resources.request_change, name="request_change"),
    path("<int:activity_id>/resurser/<int:request_id>/avslut/", resources.request_closing, name="request_closing"),
    path("<int:activity_id>/resurser/<int:request_id>/pamin/", resources.request_reminder, name="request_reminder"),
    path(
        "<int:activity_id>/resurser/<int:request_id>/<int:municipality_id>/",
        resources.request_answer,
        name="request_answer",
    ),
]
