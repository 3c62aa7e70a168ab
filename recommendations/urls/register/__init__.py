"""Addresses of the register: recommendations, evidence, similar ones, rounds, imports."""

from recommendations.sections import import_all

urlpatterns = [each for subject in import_all(__name__) for each in subject.urlpatterns]
