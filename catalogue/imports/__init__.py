"""Reading what others published: one file a source format, and the readers of its cells.

`titles` reads a weapon title; `markings.makers` a manufacturer cell, `markings.dates` a partly known date. They are
pure: the same text always gives the same answer, with no database, clock or network. `systems` holds the small
vocabulary that titles consult.
"""
