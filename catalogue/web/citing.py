"""How something of the catalogue is cited in BibTeX."""


def bibtex(key, *, author, title, note, day, url):
    """One entry; `day` is ISO 8601, `note` says as of when and how much."""
    return "\n".join(
        [
            f"@misc{{{key},",
            f"  author = {{{{{plain(author)}}}}},",
            f"  title = {{{plain(title)}}},",
            "  howpublished = {Forensic catalogue},",
            f"  year = {{{day[:4]}}},",
            f"  note = {{{plain(note)}}},",
            f"  url = {{{url}}}",
            "}",
        ]
    )


def plain(text):
    """`text` without what BibTeX would read as its own."""
    return "".join(f"\\{sign}" if sign in "%&$#_" else sign for sign in text if sign not in "{}\\~^")
