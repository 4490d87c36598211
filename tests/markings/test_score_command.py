"""manage.py score_markings"""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

HEAD = "source_id,marking,manufacturer,true_mpn,base_part,date_code\n"


def told(path, *options):
    out = StringIO()
    call_command("score_markings", str(path), *options, stdout=out)
    return out.getvalue()


def test_each_figure_is_printed_with_its_interval(tmp_path):
    path = tmp_path / "truth.csv"
    path.write_text(HEAD + "a,MAX3160EAP 1612,Maxim,MAX3160EAP,MAX3160,1612\nb,Chip 259,,XY1,,\n", encoding="utf-8")
    text = told(path, "--misses")
    assert "2 markings" in text
    assert "MPN right at first place" in text and "1 of 2" in text and "95 % interval 9.5% to 90.5%" in text
    assert "b: XY1 · none · none was read as none · none · none" in text
    assert "b: XY1" not in told(path)


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", "has no column source_id"),
        (b"source_id,marking\n", "has no column manufacturer"),
        (HEAD.encode(), "holds no markings"),
        (b"\xff\xfe\x00", "is not a CSV file in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_scored_gets_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        told(path)
    with pytest.raises(CommandError, match="There is no file"):
        told(tmp_path / "nothing.csv")
