"""What can be done. One verb a function: keyword-only, with an actor, atomic, set-based.

An actor is a `Viewer`. Actions run inside `viewing_as(actor)`, so that what they cannot see is not there.
"""
