"""All addresses: one namespace for each room, and the pages that join rooms."""

from django.urls import include, path

from verband.workbench import data_pages, views, views_oversight, views_search, views_upload, views_words

handler400 = "verband.workbench.gate.bad_request"

workbench_patterns = (
    [
        path("", views.picture, name="picture"),
        path("search/", views_search.search, name="search"),
        path("upload/", views_upload.upload, name="upload"),
        path("upload/<str:job>/", views_upload.result, name="upload_result"),
        path("upload/<str:job>/rejects/", views_upload.rejects, name="upload_rejects"),
        path("help/", views_words.help_page, name="help"),
        path("language/", views_words.catalogues, name="catalogues"),
        path("language/set/", views.set_language, name="set_language"),
        path("language/<slug:name>/", views_words.catalogue_page, name="catalogue"),
        path("oversight/", views_oversight.log, name="oversight"),
        path("oversight/verify/", views_oversight.verify, name="verify"),
        path("data/", data_pages.tables, name="data"),
        path("data/<slug:name>/", data_pages.table, name="data_table"),
        path("health/", views.health, name="health"),
    ],
    "workbench",
)

urlpatterns = [
    path("", include(workbench_patterns)),
    path("account/", include("verband.rooms.people.urls")),
    path("incidents/", include("verband.rooms.picture.urls")),
    path("campaigns/", include("verband.rooms.campaigns.urls")),
    path("measures/", include("verband.rooms.measures.urls")),
    path("exposure/", include("verband.rooms.exposure.urls")),
    path("risk/", include("verband.rooms.risk.urls")),
    path("response/", include("verband.rooms.response.urls")),
    path("reports/", include("verband.rooms.reports.urls")),
]
