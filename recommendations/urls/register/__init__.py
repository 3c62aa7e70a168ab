"""Addresses of the register: recommendations, what they rest on and resemble, rounds, what is brought in."""

from recommendations.sections import import_all

urlpatterns = [each for subject in import_all(__name__) for each in subject.urlpatterns]
