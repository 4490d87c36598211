"""One FilterSet a noun: turns parameters into a QuerySet, for page, interface and export alike."""
