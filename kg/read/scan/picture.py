"""A picture, or a page of a PDF, in, an upright array of its grey values out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.base.errors import ReadError
from kg.read.page.pdf import fragments_of, is_scan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

# Pixels of the longer side of a page: 300 dpi of A4. What is larger is made smaller, as the
# reader would do by itself.
LONGEST = 3508
_MOST_PIXELS = 100_000_000  # of a picture; A3 at 600 dpi has 70 million
_MOST_FRAMES = 1000
_TOO_LARGE = f"has more than {_MOST_PIXELS:,} pixels; make it smaller, or split it"


def frames(data: bytes) -> int:
    """How many pictures a file of pictures holds.

    Raises:
        ReadError: If it is none that can be read, or holds too many.
    """
    with _opened(data) as picture:
        try:
            count: int = getattr(picture, "n_frames", 1)
        except (OSError, ValueError, SyntaxError, IndexError) as error:
            raise ReadError(_damaged(error)) from error
        if count > _MOST_FRAMES:
            raise ReadError(f"holds more than {_MOST_FRAMES} pictures; split it")
        return count


def of_picture(data: bytes, number: int) -> Grey:
    """One picture of a file of pictures, upright where the camera has said what is up.

    Raises:
        ReadError: If it is none that can be read, or has too many pixels.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with _opened(data) as picture:
            picture.seek(number)
            if picture.width * picture.height > _MOST_PIXELS:
                raise ReadError(_TOO_LARGE)
            if picture.format == "JPEG":
                picture.draft("L", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(picture)
            return _array(_on_white(upright))
    except (UnidentifiedImageError, Image.DecompressionBombError, EOFError, ValueError) as error:
        raise ReadError(_damaged(error)) from error
    except (OSError, SyntaxError, IndexError) as error:  # what Pillow raises of damaged files
        raise ReadError(_damaged(error)) from error


def _damaged(error: Exception) -> str:
    message = f"{error}".splitlines()[0][:120] if f"{error}" else type(error).__name__
    if type(error).__name__ == "UnidentifiedImageError":  # its message has an address of memory
        message = "in no format that is known"
    return f"is a picture that is cut off or damaged ({message}); scan it again"


def _opened(data: bytes) -> Any:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        return Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ReadError(_damaged(error)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ReadError(_TOO_LARGE) from error


def _on_white(picture: Any) -> Any:
    """What shows through is white, not black."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        ground = Image.new("RGBA", coloured.size, "white")
        picture = Image.alpha_composite(ground, coloured)
    if picture.mode.startswith("I;16") or picture.mode == "I":  # 16 bits of grey
        picture = picture.point(lambda value: value / 256).convert("L")
    return picture.convert("L")


def _array(picture: Any) -> Grey:
    import numpy as np
    from PIL import Image

    if max(picture.size) > LONGEST:
        picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return np.array(picture, np.uint8)


def of_page(document: Any, number: int) -> Grey:
    """A page of a PDF as it is shown, its longer side at most ``LONGEST`` pixels."""
    import numpy as np

    page = document[number]
    try:
        scale = min(LONGEST / max(*page.get_size(), 1.0), 300 / 72)
        image = page.render(scale=scale, grayscale=True)
        return np.ascontiguousarray(image.to_numpy().reshape(image.height, image.width))
    finally:
        page.close()


def scanned_pages(document: Any) -> Iterator[int]:
    """The numbers of the pages of a PDF that are pictures."""
    for number in range(len(document)):
        text = "".join(fragment.text for fragment in fragments_of(document, number))
        if is_scan(document, number, text):
            yield number
