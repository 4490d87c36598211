"""REST under /api/v1/: one file a noun. It speaks HTTP; filters find, queries answer, actions write."""
