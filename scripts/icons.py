"""Draws the icons of the installed counter from static/img/icon.svg, for systems that take no SVG.

For maintainers: `python -m scripts.icons`, after the drawing was changed.
"""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.fixtures.browser import ARGUMENTS, find_chromium

FOLDER = Path(__file__).resolve().parent.parent / "static" / "img"
PAPER, COLOURS = "#0b6b63", 64
# Width in pixels, and the margin around the drawing. iPads and Android cut these to a shape of their own, so
# they fill the square; what lies within the middle four fifths of a maskable icon is never cut off.
SQUARE = {"icon-180": (180, 0), "icon-maskable-512": (512, 52)}
ROUNDED = {"icon-192": (192, 0), "icon-512": (512, 0)}


def main() -> None:
    """Draw every icon."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=list(ARGUMENTS))
        page = browser.new_page()
        for name, (width, margin) in (SQUARE | ROUNDED).items():
            _draw(page, FOLDER / f"{name}.png", width, margin)
        browser.close()


def _draw(page: Page, path: Path, width: int, margin: int) -> None:
    drawing = b64encode((FOLDER / "icon.svg").read_bytes()).decode()
    ground = PAPER if path.stem in SQUARE else "transparent"
    page.set_viewport_size({"width": width, "height": width})
    page.set_content(
        f'<body style="margin:0;background:{ground}"><img src="data:image/svg+xml;base64,{drawing}" '
        f'style="display:block;padding:{margin}px" width="{width - 2 * margin}">'
    )
    picture = Image.open(BytesIO(page.screenshot(omit_background=True)))
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(path, optimize=True)


if __name__ == "__main__":
    main()
