"""Charts and pages: the only package of the project that imports Altair.

``charts()`` lists the charts, ``draw`` makes one, ``site.build_site`` draws the whole site.
Importing this package is cheap; Altair is imported when a chart is drawn.
"""
