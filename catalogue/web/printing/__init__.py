"""What is printed: reports, custody forms, labels, dossiers; each made under the reader's own view."""
