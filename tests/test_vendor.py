"""What comes from others is what they published, and nothing else of theirs is served."""

from scripts.vendor import MANIFEST, PACKAGES, STATIC, manifest

FROM_OTHERS = ("vendor", "fonts")
COMPRESSED = (".br", ".gz")


def test_every_vendored_file_is_the_one_that_was_fetched():
    places = [place for package in PACKAGES for _, place in package.files]

    assert (STATIC / MANIFEST).read_text() == manifest(STATIC, places)


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
    assert all(package.files[0][0] == "LICENSE" for package in PACKAGES)
