"""Pictures made on the spot: whole ones of every kind, and hostile ones."""

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image

from catalogue.imaging import PhotoRefused, child

pillow_heif.register_heif_opener()


class Pictures:
    """Makers of file contents. All but `image` and the EXIF give bytes."""

    QUARTERS = RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 30), (30, 30, 220), (230, 220, 40)

    @classmethod
    def image(cls, width=64, height=48, mode="RGB"):
        """Four coloured quarters, so that any turn or mirroring shows: red green / blue yellow."""
        image = Image.new("RGB", (width, height))
        for place, colour in zip(((0, 0), (1, 0), (0, 1), (1, 1)), cls.QUARTERS, strict=True):
            left, top = place[0] * width // 2, place[1] * height // 2
            image.paste(colour, (left, top, left + width // 2, top + height // 2))
        return image.convert(mode) if mode != "RGB" else image

    @classmethod
    def file(cls, kind="JPEG", width=64, height=48, mode="RGB", **options):
        out = io.BytesIO()
        cls.image(width, height, mode).save(out, kind, **options)
        return out.getvalue()

    @staticmethod
    def noisy(kind="JPEG", width=64, height=48, **options):
        """Seeded noise: every byte of the compressed data matters."""
        state, values = 7, bytearray()
        for _ in range(width * height * 3):
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            values.append(state >> 16 & 255)
        out = io.BytesIO()
        Image.frombytes("RGB", (width, height), bytes(values)).save(out, kind, **options)
        return out.getvalue()

    @staticmethod
    def chunk(kind, body=b""):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    @classmethod
    def png(cls, *chunks, width=8, height=8, depth=8, colour=2):
        """A PNG put together from (kind, body) chunks between its header and its end."""
        header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
        parts = [cls.chunk(b"IHDR", header), *(cls.chunk(*chunk) for chunk in chunks), cls.chunk(b"IEND")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(parts)

    @staticmethod
    def exif(**tags):
        """EXIF with the given tags of the first directory, by number as text: exif(t274=6).

        TIFF and HEIC files are made with its `tobytes()`: of the object itself their writers drop parts.
        """
        exif = Image.Exif()
        for tag, value in tags.items():
            exif[int(tag[1:])] = value
        return exif

    @staticmethod
    def located():
        """EXIF as a telephone writes it, with time, device and place (Kyiv)."""
        exif = Image.Exif()
        exif[0x010F], exif[0x0110] = "ACME", "Phone 9"
        exif.get_ifd(0x8769).update({0x9003: "2024:02:29 13:14:15", 0x9291: "25", 0x9011: "+02:00"})
        exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 27.0, 0.36), 3: "E", 4: (30.0, 31.0, 24.24), 5: b"\0", 6: 179.5})
        return exif


@pytest.fixture
def pictures():
    return Pictures


@pytest.fixture(scope="session")
def examiner():
    """One decoding process for all tests of a run, ended with it."""
    examiner = child.Examiner()
    yield examiner
    examiner.close()


@pytest.fixture
def examine(examiner, tmp_path):
    """Examine bytes as if they were an upload; renditions come into a folder of their own."""

    def examine_bytes(data, name="upload", **limits):
        path, folder = tmp_path / name, tmp_path / "renditions"
        path.write_bytes(data)
        folder.mkdir(exist_ok=True)
        return examiner.examine(path, folder, **limits)

    return examine_bytes


@pytest.fixture
def refusal(examine):
    """The PhotoRefused that these bytes meet; fails when they are accepted."""

    def refusal_of(data, **limits):
        with pytest.raises(PhotoRefused) as refused:
            examine(data, **limits)
        return refused.value

    return refusal_of
