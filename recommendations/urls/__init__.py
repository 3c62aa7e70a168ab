"""The URL patterns, one module for each subject. Each view declares its one access rule (permissions.py).
A module here also adds the subject's navigation entry, and names the section that its addresses belong to.
"""

from recommendations.sections import import_all

urlpatterns = [each for subject in import_all(__name__) for each in subject.urlpatterns]
