"""Addresses of legacy reviews."""

from django.urls import path

from recommendations.views.legacy_reviews import judging, reviews

urlpatterns = [
    path("register/legacy-reviews/", reviews.legacy_reviews, name="legacy_reviews"),
    path("register/legacy-reviews/start/", reviews.start_legacy_review, name="start_legacy_review"),
    path("register/legacy-reviews/<int:pk>/", reviews.legacy_review, name="legacy_review"),
    path("register/legacy-reviews/<int:pk>/csv/", reviews.legacy_review_csv, name="legacy_review_csv"),
    path("register/legacy-reviews/<int:pk>/judge/", judging.judge_legacy, name="judge_legacy"),
    path("register/legacy-reviews/<int:pk>/finish/", reviews.finish_legacy_review, name="finish_legacy_review"),
    path("register/legacy-reviews/<int:pk>/withdraw/", reviews.withdraw_legacy_review, name="withdraw_legacy_review"),
]
