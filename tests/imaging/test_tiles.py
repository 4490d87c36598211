"""Tiles, masks and crops: the whole picture in pieces, upright, and nothing in them but the picture."""

import io

import pytest
from PIL import Image, ImageChops

from catalogue.imaging import ExaminerFailed, tiles
from catalogue.imaging.masks import burn, key_of
from catalogue.imaging.renditions import open_picture
from catalogue.imaging.signatures import JPEG, PNG

FIFTY = (8_660, 5_774)  # 50 megapixels
MOST = 500 * 1024 * 1024  # bytes of memory at 50 megapixels


def pack_of(path, data, media_type=PNG, masked=()):
    with path.open("wb") as file:
        tiles.write(open_picture(io.BytesIO(data), media_type), file, masked)
    return tiles.Pack.of(path)


def put_together(pack, level):
    """A level of the pack as one picture."""
    width, height = pack.levels[level]
    whole = Image.new("RGB", (width, height))
    columns, rows = tiles.grid(width, height)
    for y in range(rows):
        for x in range(columns):
            whole.paste(Image.open(io.BytesIO(pack.tile(level, x, y))), (x * tiles.TILE, y * tiles.TILE))
    return whole


def unlike(one, other):
    """The largest difference of two pictures after a look from further away, 0 to 255."""
    assert one.size == other.size
    small = [image.convert("RGB").resize((64, 64), Image.Resampling.BOX) for image in (one, other)]
    return max(high for _low, high in ImageChops.difference(*small).getextrema())


def test_the_levels_halve_until_one_tile_holds_the_picture():
    assert tiles.sizes(1_300, 700) == [(325, 175), (650, 350), (1_300, 700)]
    assert tiles.sizes(1_025, 3) == [(257, 1), (513, 2), (1_025, 3)]
    assert tiles.sizes(512, 512) == [(512, 512)]


def test_every_level_shows_the_whole_picture(pictures, tmp_path):
    pack = pack_of(tmp_path / "a.tiles", pictures.file("PNG", 1_280, 704))
    assert (pack.width, pack.height) == (1_280, 704)
    for level, size in enumerate(pack.levels):
        whole = put_together(pack, level)
        assert unlike(whole, pictures.image(*size)) < 40, level


@pytest.mark.parametrize("turn", range(1, 9))
def test_tiles_are_upright_however_the_camera_was_held(pictures, tmp_path, turn):
    exif = Image.Exif()
    exif[274] = turn
    data = pictures.file("JPEG", 1_100, 640, exif=exif.tobytes(), quality=95)
    pack = pack_of(tmp_path / "a.tiles", data, JPEG)
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    assert (pack.width, pack.height) == upright.size
    assert unlike(put_together(pack, len(pack.levels) - 1), upright) < 12


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "I;16", "CMYK", "1"])
def test_every_kind_of_pixel_becomes_tiles(pictures, tmp_path, mode):
    form = "TIFF" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (700, 600), 900) if mode == "I;16" else pictures.image(700, 600, mode)
    out = io.BytesIO()
    image.save(out, form)
    pack = pack_of(tmp_path / "a.tiles", out.getvalue(), "image/tiff" if form == "TIFF" else PNG)
    assert Image.open(io.BytesIO(pack.tile(0, 0, 0))).mode in ("L", "RGB")


def test_a_tile_carries_nothing_but_the_picture(pictures, tmp_path):
    exif = Image.Exif()
    exif[271], exif[272] = "Kamera", "X100"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 27.0, 0.0)})
    data = pictures.file("JPEG", 700, 600, exif=exif.tobytes(), comment=b"by hand", icc_profile=b"")
    pack = pack_of(tmp_path / "a.tiles", data, JPEG)
    for level, size in enumerate(pack.levels):
        columns, rows = tiles.grid(*size)
        for x, y in ((x, y) for x in range(columns) for y in range(rows)):
            assert bare(pack.tile(level, x, y))
    assert b"Kamera" not in (tmp_path / "a.tiles").read_bytes()


def bare(data):
    """Whether this JPEG holds no EXIF, XMP, ICC profile or comment."""
    found = Image.open(io.BytesIO(data))
    return not found.getexif() and not ({"exif", "xmp", "icc_profile", "comment", "photoshop"} & found.info.keys())


@pytest.mark.parametrize("where", [(-1, 0, 0), (9, 0, 0), (0, 1, 0), (1, 2, 0), (1, 0, 2), (1, -1, 0)])
def test_there_is_no_tile_beside_the_picture(pictures, tmp_path, where):
    pack = pack_of(tmp_path / "a.tiles", pictures.file("PNG", 1_000, 600))
    with pytest.raises(LookupError):
        pack.tile(*where)


def test_another_file_is_no_pack(tmp_path):
    (tmp_path / "a.tiles").write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(ValueError, match="no pack"):
        tiles.Pack.of(tmp_path / "a.tiles")


# Masks


@pytest.mark.parametrize("mask", [[[100, 90], [400, 300]], [[400, 300], [100, 90]], [[100, 90], [400, 90], [250, 300]]])
def test_what_is_masked_is_black_in_every_level(pictures, tmp_path, mask):
    pack = pack_of(tmp_path / "a.tiles", pictures.file("PNG", 1_300, 700), masked=[mask])
    for level, (width, _height) in enumerate(pack.levels):
        whole, scale = put_together(pack, level), width / 1_300
        assert max(whole.getpixel((int(250 * scale), int(150 * scale)))) < 12, level
        assert max(whole.getpixel((int(900 * scale), int(500 * scale)))) > 150, level


def test_a_mask_in_a_small_copy_covers_all_of_its_outline():
    white = Image.new("RGB", (100, 80), "white")
    burn(white, [[[101, 99], [303, 305]]], scale=0.1)
    assert {white.getpixel(at) for at in ((10, 9), (30, 30), (31, 31))} == {(0, 0, 0)}
    assert white.getpixel((60, 60)) == (255, 255, 255)


def test_the_name_of_a_set_of_masks_does_not_hang_on_their_order():
    one, other = [[1, 2], [3, 4]], [[5, 6], [7, 8], [9, 1]]
    assert key_of([one, other]) == key_of([other, one]) != key_of([one]) != key_of([]) == ""


# In the decoding process


def derived(examiner, task, path, to, **what):
    used = examiner.derive(task, path, to, **what)
    return used, to.read_bytes()


@pytest.mark.parametrize("turn, first", [(0, "RED"), (90, "BLUE"), (180, "YELLOW"), (270, "GREEN")])
@pytest.mark.parametrize("source", ["pack", "view"])
def test_a_crop_is_turned_clockwise_and_shows_what_lies_in_its_box(examiner, pictures, tmp_path, source, turn, first):
    path = tmp_path / ("a.tiles" if source == "pack" else "a.jpg")
    data = pictures.file("JPEG", 1_400, 1_000, quality=95)
    if source == "pack":
        pack_of(path, data, JPEG)
    else:
        path.write_bytes(data)
    box = [500, 400, 900, 600]  # around the middle, where the four quarters meet
    _used, found = derived(examiner, "crop", path, tmp_path / "c.jpg", width=1_400, box=box, turn=turn, longest=320)
    crop = Image.open(io.BytesIO(found))
    assert crop.size == ((320, 160) if turn in (0, 180) else (160, 320))
    near = zip(crop.convert("RGB").getpixel((10, 10)), getattr(pictures, first), strict=True)
    assert max(abs(a - b) for a, b in near) < 40
    assert bare(found)


def test_a_masked_copy_is_made_of_a_rendition(examiner, pictures, tmp_path):
    (tmp_path / "view.jpg").write_bytes(pictures.file("JPEG", 800, 600))
    _used, found = derived(
        examiner, "mask", tmp_path / "view.jpg", tmp_path / "m.jpg",
        width=1_600, masked=[[[100, 100], [500, 500]]], longest=320,
    )  # fmt: skip
    image = Image.open(io.BytesIO(found))
    assert image.size == (320, 240)
    assert max(image.getpixel((60, 60))) < 12 and max(image.getpixel((200, 60))) > 150
    assert bare(found)


def test_what_cannot_be_made_is_said_and_the_next_one_is_made(examiner, pictures, tmp_path):
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    what = {"width": 10, "masked": [], "longest": 320}
    with pytest.raises(ExaminerFailed, match="could not be prepared"):
        examiner.derive("mask", tmp_path / "bad.jpg", tmp_path / "m.jpg", **what)
    (tmp_path / "view.jpg").write_bytes(pictures.file())
    assert examiner.derive("mask", tmp_path / "view.jpg", tmp_path / "m.jpg", **what).cpu_seconds < 5


def test_a_board_of_fifty_megapixels_takes_at_most_500_mb(examiner, tmp_path):
    tile = Image.effect_noise((866, 577), 60).convert("RGB")
    board = tile.resize(FIFTY, Image.Resampling.NEAREST)
    exif = Image.Exif()
    exif[274] = 6
    board.save(tmp_path / "board.jpg", quality=90, exif=exif.tobytes())
    used = examiner.derive(
        "tiles", tmp_path / "board.jpg", tmp_path / "a.tiles", media_type=JPEG, masked=[[[10, 10], [900, 900]]]
    )
    pack = tiles.Pack.of(tmp_path / "a.tiles")
    assert (pack.width, pack.height) == FIFTY[::-1]
    assert used.peak_memory < MOST, f"{used.peak_memory / 1024**2:.0f} MB"
    print(f"50 megapixels: {used.cpu_seconds} s of CPU, {used.peak_memory / 1024**2:.0f} MB, {len(pack.ends)} tiles")
