"""Pictures in the folder of the pages, each stored once."""

import hashlib
import io
from pathlib import Path

from PIL import Image


class Pictures:
    """Writes PNG bytes as lossless WebP, which holds a line plot in two thirds of what the best
    PNG takes. In a `draft` they are written fast and are larger.
    """

    def __init__(self, folder: Path, draft: bool = False):
        self.folder = folder
        # More effort takes up to thirty times as long and saves 3 %.
        self._effort = {"method": 1, "quality": 0} if draft else {"method": 3, "quality": 50}
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, png: bytes) -> str:
        """The address of a picture, relative to the pages."""
        file = self.folder / f"{hashlib.sha256(png).hexdigest()[:16]}.webp"
        if not file.exists():
            image = Image.open(io.BytesIO(png)).convert("RGB")
            image.save(file, "WEBP", lossless=True, **self._effort)
        return f"{self.folder.name}/{file.name}"
