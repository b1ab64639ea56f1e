from django.urls import path

from roadmap.services.papers import ROADMAP_DOCX, ROADMAP_PDF, ROADMAP_XLSX
from roadmap.views import activities, drafts, moving, papers, programme_new, programmes, seeing, windows

app_name = "roadmap"
urlpatterns = [
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/new/", programme_new.programme_new, name="programme_new"),
    path("programmes/new/<slug:key>/", programme_new.library_show, name="library_show"),
    path("programmes/<int:pk>/again/", programme_new.programme_again, name="programme_again"),
    path("programmes/<int:pk>/", programmes.programme_show, name="programme_show"),
    path("programmes/<int:pk>/calendar/", seeing.programme_calendar, name="programme_calendar"),
    path("programmes/<int:pk>/source/", programmes.programme_source, name="programme_source"),
    *(
        route
        for ending, kind in (("pdf", ROADMAP_PDF), ("docx", ROADMAP_DOCX), ("xlsx", ROADMAP_XLSX))
        for route in (
            path(f"programmes/<int:pk>/{ending}/", papers.programme_paper, {"kind": kind}, f"programme_{ending}"),
            path(
                f"programmes/<int:pk>/{ending}/<int:job>/",
                papers.programme_paper_file,
                {"kind": kind},
                f"programme_{ending}_file",
            ),
        )
    ),
    path("drafts/new/", programme_new.draft_new, name="draft_new"),
    path("drafts/<int:pk>/", drafts.draft_review, name="draft_review"),
    path("drafts/<int:pk>/change/", drafts.draft_change, name="draft_change"),
    path("drafts/<int:pk>/make/", drafts.draft_make, name="draft_make"),
    path("drafts/<int:pk>/discard/", drafts.draft_discard, name="draft_discard"),
    path("drafts/<int:pk>/source/", drafts.draft_source, name="draft_source"),
    path("activities/<int:pk>/evidence/", activities.activity_evidence, name="activity_evidence"),
    path("windows/<int:pk>/done/", windows.window_done, name="window_done"),
    path("windows/<int:pk>/undo/", windows.window_undo, name="window_undo"),
    path("windows/<int:pk>/days/", moving.window_days, name="window_days"),
]
