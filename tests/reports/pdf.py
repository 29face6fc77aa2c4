"""What a reader finds in a PDF: its pages as text, its metadata, its outline."""

import io

from pypdf import PdfReader


def opened(file: bytes) -> PdfReader:
    """Return the file as a program reads it."""
    return PdfReader(io.BytesIO(file))


def pages(file: bytes) -> list[str]:
    """Return the text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in opened(file).pages]


def text(file: bytes) -> str:
    """Return the text of all pages, on one line."""
    return " ".join(pages(file))


def outline(file: bytes) -> list[tuple[str, int]]:
    """Return the titles of the outline and the pages that they lead to, the first one being 1."""
    reader = opened(file)
    places = [(place.title, reader.get_destination_page_number(place)) for place in reader.outline]
    return [(str(title), (page or 0) + 1) for title, page in places]
