"""Two teardowns of one system beside each other."""

from catalogue.queries.compare import Piece, compare


def pieces(*rows):
    return [Piece(*row[:2], **row[2]) for row in rows]


def test_a_place_that_both_have_decides_before_what_is_in_it():
    earlier = pieces(("b", None, {"kind": "board", "designator": "A1"}), ("u", "b", {"designator": "U1", "part": 1}))
    here = pieces(
        ("B", None, {"kind": "board", "designator": "a1"}),
        ("U", "B", {"designator": "U1", "part": 2}),
        ("V", "B", {"designator": "U2", "part": 1}),
    )
    found = compare(earlier, here)
    assert found.substituted == [("u", "U")] and found.found == [("b", "B")]
    assert found.new == ["V"] and found.expected == []


def test_pieces_without_a_place_are_matched_one_for_one_by_what_they_are():
    earlier = pieces(*((n, None, {"part": 7}) for n in range(3)))
    here = pieces(("x", None, {"part": 7}), ("y", None, {"part": 7}), ("z", None, {"said": "LOT", "maker": 1}))
    found = compare(earlier, here)
    assert found.found == [(0, "x"), (1, "y")] and found.expected == [2] and found.new == ["z"]


def test_what_nobody_can_tell_is_matched_by_its_place_alone():
    earlier = pieces(("a", None, {}), ("b", None, {"designator": "R1"}))
    here = pieces(("c", None, {}), ("d", None, {"designator": "R1", "part": 3}))
    found = compare(earlier, here)
    assert found.found == [("b", "d")] and found.expected == ["a"] and found.new == ["c"]


def test_a_designator_that_stands_twice_names_no_place():
    earlier = pieces(("a", None, {"designator": "C1", "part": 1}), ("b", None, {"designator": "C1", "part": 2}))
    here = pieces(("c", None, {"designator": "C1", "part": 2}))
    found = compare(earlier, here)
    assert found.found == [("b", "c")] and found.expected == ["a"] and found.substituted == []


def test_another_maker_in_the_same_place_is_another_piece_and_another_reading_is_not():
    earlier = pieces(("a", None, {"designator": "U1", "maker": 1}), ("b", None, {"designator": "U2", "said": "LOT1"}))
    here = pieces(("c", None, {"designator": "U1", "maker": 2}), ("d", None, {"designator": "U2", "said": "LOT2"}))
    found = compare(earlier, here)
    assert found.substituted == [("a", "c")] and found.found == [("b", "d")]


def test_what_is_not_read_yet_is_matched_by_its_words_on_what_it_sits_on():
    chip = {"said": "LOT", "name": "chip", "marked": True}
    earlier = pieces(("b", None, {"kind": "board", "name": "x"}), ("u", "b", chip), ("v", None, chip | {"said": "Z"}))
    here = pieces(("B", None, {"kind": "board", "name": "x"}), ("U", "B", {"name": "chip"}))
    found = compare(earlier, here)
    assert found.found == [("b", "B"), ("u", "U")] and found.expected == ["v"]
    read = compare(earlier, pieces(("V", None, chip | {"said": "OTHER"})))
    assert read.found == [] and read.new == ["V"]


def test_a_ring_and_an_empty_side_are_no_trouble():
    ring = pieces(("a", "b", {"designator": "U1", "part": 1}), ("b", "a", {"designator": "U2"}))
    assert compare(ring, []).expected == ["a", "b"] and compare([], ring).new == ["a", "b"]
    assert compare([], []).found == []
