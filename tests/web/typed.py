"""Filling in the form of a page as a browser does: what it shows is sent back with what one types over it."""

import re
from html import unescape
from html.parser import HTMLParser


class Form(HTMLParser):
    """The controls of the page's recording form: {name: value} as they would be sent, and the words on the page.

    `blank` holds those of the lines that a script would add, by the names they have in their <template>.
    """

    def __init__(self, html):
        super().__init__()
        self.sent, self.blank, self.text = {}, {}, ""
        self.inside = self.in_template = self.in_noscript = False
        self.area = self.select = None
        self.feed(html)

    @property
    def into(self):
        return self.blank if self.in_template else self.sent

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.inside |= tag == "form" and "recording" in (told.get("class") or "")
        self.in_template |= tag == "template"
        self.in_noscript |= tag == "noscript"
        if not self.inside or self.in_noscript or "disabled" in told:
            return
        name, value = told.get("name"), told.get("value") or ""
        if tag == "input" and name and told.get("type") not in ("submit", "file"):
            if told.get("type") not in ("radio", "checkbox") or "checked" in told:
                self.into[name] = value or ("on" if told.get("type") == "checkbox" else "")
        elif tag == "textarea" and name:
            self.area, self.into[name] = name, ""
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and ("selected" in told or self.select not in self.into):
            self.into[self.select] = value

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.into[self.area] = self.into[self.area].removeprefix("\n")  # as browsers do
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "template":
            self.in_template = False
        elif tag == "noscript":
            self.in_noscript = False
        elif tag == "form":
            self.inside = False

    def handle_data(self, data):
        if self.area:
            self.into[self.area] += data
        elif not self.in_template and not self.in_noscript:
            self.text += data


def opened(world, reader, path):
    """The Form at `path`."""
    response = world.client(reader).get(path)
    assert response.status_code == 200, response.content.decode()[:2000]
    return Form(response.content.decode())


def filled(form, typed):
    """What `form` sends with `typed` in it: texts for fields, lists of {field: text} for lines to add."""
    sent = dict(form.sent)
    for name, value in typed.items():
        if isinstance(value, list):
            sent |= lines(name, value, form)
        else:
            sent[name] = value
    return sent


def lines(block, rows, form):
    """The lines of a block after those that it shows."""
    shown = len({name.split("-")[1] for name in form.sent if re.match(rf"{block}-\d+-", name)})
    found = {f"{block}-TOTAL_FORMS": str(shown + len(rows))}
    for n, row in enumerate(rows, shown):
        blank = {name: value for name, value in form.blank.items() if name.startswith(f"{block}-__prefix__-")}
        found |= {name.replace("__prefix__", str(n)): value for name, value in blank.items()}
        found |= {f"{block}-{n}-{name}": value for name, value in row.items()}
    return found


def send(world, reader, path, typed):
    """The answer to the form at `path` with `typed` in it."""
    return world.client(reader).post(path, filled(opened(world, reader, path), typed))


def said(response):
    """What a person reads on a page, with single spaces."""
    return " ".join(Form(response.content.decode()).text.split())


def problems(response):
    """The sentences at the head of a page that came back, each with the field's label before it."""
    found = re.search(r'<div class="problems".*?<ul>(.*?)</ul>', response.content.decode(), re.S)
    if not found:
        return []
    items = re.findall(r"<li>(.*?)</li>", found[1], re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", item)).split()) for item in items]
