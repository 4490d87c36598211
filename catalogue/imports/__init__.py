"""Reading what others published: one file a source format, and the readers of its cells.

`titles` reads a weapon title, `makers` a manufacturer cell, `dates` a partly known date. They are pure:
the same text always gives the same answer, with no database, clock or network. `systems` and `known_makers`
hold the small vocabularies they consult; `letters` tells Latin from Cyrillic and makes slugs.
"""
