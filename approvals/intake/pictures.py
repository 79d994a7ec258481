"""Pictures are written anew: what hides in a file, and where it was taken, stays behind."""

import warnings
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from approvals.intake.kinds import Unfit
from workflow.models import FileKind

FORMATS = {"JPEG": FileKind.JPEG, "PNG": FileKind.PNG, "WEBP": FileKind.WEBP}
MOST_PIXELS = 50_000_000
"""A phone's largest photo; a picture that claims more is not unpacked."""
LONGEST_SIDE = 4096
"""Pixels: a page of A4 at 350 dots per inch."""


def rewritten(file: IO[bytes]) -> tuple[str, IO[bytes]]:
    """The pixels alone, upright. Of an animation, or of a phone's several pictures in one JPEG
    (MPO), only the first remains.
    """
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=list(FORMATS)) as image:
                format_ = "JPEG" if image.format == "MPO" else str(image.format)
                return FORMATS[format_], _copy(image, format_)
    except Unfit:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unfit(_too_large()) from bomb
    except Exception as damaged:  # of a decoder, by a file made to break it
        raise Unfit(_("The picture is damaged or incomplete.")) from damaged


def _copy(image: Image.Image, format_: str) -> IO[bytes]:
    if image.width * image.height > MOST_PIXELS:
        raise Unfit(_too_large())
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG unpacks to no more than is kept
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clear = format_ != "JPEG" and upright.has_transparency_data
    bare = Image.new("RGBA" if clear else "RGB", upright.size)
    bare.paste(upright.convert(bare.mode))
    copy = BytesIO()
    bare.save(copy, format_, quality=88)
    return copy


def _too_large() -> str:
    return _("The picture has more than 50 million pixels: make it smaller.")
