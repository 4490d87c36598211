"""The small copies: upright, in the right colours, opaque, and silent about where they were taken."""

import io

import pytest
from PIL import Image, ImageCms, ImageOps

from catalogue.imaging import renditions

CORNERS = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
# Which transposition of the upright picture is stored under each EXIF orientation.
STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def _corners(path):
    with Image.open(path) as image:
        image = image.convert("RGB")
        return [image.getpixel((int(image.width * x), int(image.height * y))) for x, y in CORNERS]


def _close(one, other, tolerance=24):
    return all(
        abs(a - b) <= tolerance
        for left, right in zip(one, other, strict=True)
        for a, b in zip(left, right, strict=True)
    )


def _saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
def test_a_photograph_taken_with_a_turned_camera_comes_out_upright(examine, pictures, kind, orientation):
    upright = pictures.image(80, 48)
    turn = STORED_AS[orientation]
    stored = upright.transpose(turn) if turn is not None else upright
    options = {"quality": 95} if kind in ("JPEG", "WEBP", "HEIF") else {}
    examined = examine(_saved(stored, kind, exif=pictures.exif(t274=orientation).tobytes(), **options))
    for path in examined.renditions.values():
        with Image.open(path) as rendition:
            assert rendition.size == (80, 48)
        assert _close(_corners(path), pictures.QUARTERS)
    assert examined.verified.upright_size == (80, 48)


@pytest.mark.parametrize(("size", "view", "thumbnail"), [
    ((4000, 3000), (1600, 1200), (320, 240)),
    ((1000, 2001), (800, 1600), (160, 320)),
    ((100, 60), (100, 60), (100, 60)),
    ((9000, 3), (1600, 1), (320, 1)),
])  # fmt: skip
def test_renditions_fit_their_longest_edge_and_are_never_enlarged(examine, size, view, thumbnail):
    for kind in ("JPEG", "PNG"):
        examined = examine(_saved(Image.new("RGB", size, "red"), kind))
        sizes = {}
        for name, path in examined.renditions.items():
            with Image.open(path) as image:
                sizes[name] = image.size
        assert sizes == {"view": view, "thumbnail": thumbnail}


def test_a_large_picture_reduced_strip_by_strip_looks_like_one_reduced_whole(examine, pictures):
    image = ImageOps.expand(pictures.image(5001, 3777), 40, "white")
    with Image.open(examine(_saved(image, "PNG", compress_level=1)).renditions["view"]) as view:
        whole = image.resize(view.size, Image.Resampling.LANCZOS)
        difference = ImageOps.grayscale(Image.blend(whole, ImageOps.invert(view.convert("RGB")), 0.5))
    lowest, highest = difference.getextrema()
    assert highest - lowest < 40  # JPEG at hard edges; a shifted or missing strip gives over 100


def test_a_heic_photograph_is_never_judged_by_its_embedded_thumbnail(pictures):
    with renditions.open_picture(io.BytesIO(pictures.file("HEIF")), "image/heic") as image:
        image.draft = lambda *_: pytest.fail("asked for a smaller stand-in")
        assert renditions.render(image, width=32).size == (32, 24)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
def test_place_device_and_time_are_read_but_not_in_the_renditions(examine, pictures, kind):
    data = pictures.file(kind, exif=pictures.located().tobytes())
    assert b"ACME" in data
    examined = examine(data)
    assert examined.metadata.gps_lat == pytest.approx(50.4501, abs=1e-4)
    for path in examined.renditions.values():
        with Image.open(path) as image:
            assert not image.getexif()
            assert not {"exif", "icc_profile", "xmp", "comment", "photoshop"} & set(image.info)
        assert not [word for word in (b"ACME", b"Exif", b"2024") if word in path.read_bytes()]


def test_comments_and_xmp_are_not_in_the_renditions(examine, pictures):
    data = pictures.file("JPEG", comment=b"found at the depot", xmp=b"<x:xmpmeta>depot</x:xmpmeta>")
    assert all(b"depot" not in path.read_bytes() for path in examine(data).renditions.values())


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "1", "LA", "RGBA", "I;16", "I", "F"])
def test_every_pixel_layout_becomes_an_ordinary_picture(examine, pictures, mode):
    kind = {"CMYK": "JPEG", "F": "TIFF", "I": "TIFF"}.get(mode, "PNG")
    if mode in ("I;16", "F", "I"):
        image = _half_grey(60_000).convert(mode)
    else:
        image = Image.new("RGB", (64, 48), "black")
        image.paste("white", (32, 0, 64, 48))
        image = image.convert(mode)
    light = 60_000 // 257 if mode == "I;16" else 255
    corners = _corners(examine(_saved(image, kind)).renditions["view"])
    assert _close(corners[:2], [(0, 0, 0), (light,) * 3])


def _half_grey(value):
    """Left half 0, right half `value`, in 32 bits."""
    image = Image.new("I", (64, 48))
    image.paste(value, (32, 0, 64, 48))
    return image


def test_a_twelve_bit_x_ray_in_a_sixteen_bit_tiff_is_not_black(examine):
    corners = _corners(examine(_saved(_half_grey(4000).convert("I;16"), "TIFF")).renditions["view"])
    assert corners[1][0] > 240


def test_transparent_parts_lie_on_white(examine, pictures):
    image = pictures.image()
    image.putalpha(0)
    assert _close(_corners(examine(_saved(image, "PNG")).renditions["view"]), [(255, 255, 255)] * 4)
    palette = pictures.image().quantize(4)
    palette.info["transparency"] = palette.getpixel((1, 1))
    corners = _corners(examine(_saved(palette, "PNG")).renditions["view"])
    assert _close(corners[:1], [(255, 255, 255)])
    assert _close(corners[1:], [pictures.GREEN, pictures.BLUE, pictures.YELLOW])


def test_colours_with_a_profile_are_converted_to_srgb(examine, pictures):
    image = pictures.image()
    swapped = _profile_with_red_and_green_swapped()
    corners = _corners(examine(_saved(image, "PNG", icc_profile=swapped)).renditions["view"])
    assert corners[0][1] > corners[0][0]  # red under that profile is green
    assert corners[1][0] > corners[1][1]


@pytest.mark.parametrize("profile", [b"", b"nonsense", b"\0" * 200])
def test_a_broken_profile_is_ignored(examine, pictures, profile):
    assert _close(_corners(examine(pictures.file("JPEG", icc_profile=profile)).renditions["view"]), pictures.QUARTERS)


def _profile_with_red_and_green_swapped():
    """sRGB with the red and green primaries' tags exchanged, under another name."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12)}
    data[tags[b"rXYZ"] : tags[b"rXYZ"] + 4], data[tags[b"gXYZ"] : tags[b"gXYZ"] + 4] = b"gXYZ", b"rXYZ"
    return bytes(data).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
