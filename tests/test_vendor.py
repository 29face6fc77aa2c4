"""What comes from others is what they published, and nothing else of theirs is served."""

import pytest

from scripts.vendor import BUNDLES, MANIFEST, PACKAGES, PRINTED, STATIC, kept, manifest

FROM_OTHERS = ("vendor", "fonts")
COMPRESSED = (".br", ".gz")


@pytest.mark.parametrize("folder", [STATIC, PRINTED], ids=["served", "printed"])
def test_every_vendored_file_is_the_one_that_was_fetched(folder):
    assert (folder / MANIFEST).read_text() == manifest(folder, kept(folder))


def test_every_printed_font_is_named_in_its_manifest_and_stays_small():
    fonts = sorted(path.name for path in PRINTED.glob("*.ttf"))

    assert fonts == sorted(name for name in kept(PRINTED) if name.endswith(".ttf"))
    assert sum((PRINTED / name).stat().st_size for name in fonts) < 100_000


def test_no_file_of_others_is_served_that_the_manifest_does_not_name():
    named = {line.split("  ")[1] for line in (STATIC / MANIFEST).read_text().splitlines()}
    served = {
        path.relative_to(STATIC).as_posix()
        for folder in FROM_OTHERS
        for path in (STATIC / folder).rglob("*")
        if path.is_file() and path.suffix not in COMPRESSED
    }

    assert served == named


def test_every_package_comes_with_its_licence():
    assert all(package.files[0][0].startswith("LICENSE") for package in PACKAGES)
    assert all("Copyright" in (STATIC / bundle.licence).read_text() for bundle in BUNDLES)
