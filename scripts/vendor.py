"""Fetches the scripts and fonts that the pages use, at the versions pinned here, and writes their checksums.

For maintainers: `make vendor`, then read the difference and run the tests. Needs npm, nothing of it is kept.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
# Fonts of printed files, which no browser needs: the server alone reads them.
PRINTED = ROOT / "wellbeing" / "fonts"
MANIFEST = "SHA256SUMS"


@dataclass(frozen=True)
class Package:
    """One npm package at one version: which of its files are kept, and where below ``folder``."""

    name: str
    version: str
    files: tuple[tuple[str, str], ...]
    folder: Path = STATIC


@dataclass(frozen=True)
class Bundle:
    """One script made of what ``entry`` asks of npm packages; the first one's licence is kept beside it."""

    packages: tuple[tuple[str, str], ...]
    entry: str
    script: str
    licence: str


FONT = "atkinson-hyperlegible-next"
PACKAGES = (
    Package(
        "plotly.js-basic-dist-min",
        "4.1.1",
        (
            ("LICENSE", "vendor/plotly-LICENSE.txt"),
            ("plotly-basic.min.js", "vendor/plotly-basic.min.js"),
        ),
    ),
    Package(
        f"@fontsource-variable/{FONT}",
        "5.3.0",
        (
            ("LICENSE", "fonts/OFL.txt"),
            (f"files/{FONT}-latin-ext-wght-normal.woff2", f"fonts/{FONT}-latin-ext-wght-normal.woff2"),
            (f"files/{FONT}-latin-wght-normal.woff2", f"fonts/{FONT}-latin-wght-normal.woff2"),
        ),
    ),
    Package(
        f"@expo-google-fonts/{FONT}",
        "0.4.1",
        (
            ("LICENSE_FONT", "OFL.txt"),
            ("400Regular/AtkinsonHyperlegibleNext_400Regular.ttf", "AtkinsonHyperlegibleNext-Regular.ttf"),
            ("700Bold/AtkinsonHyperlegibleNext_700Bold.ttf", "AtkinsonHyperlegibleNext-Bold.ttf"),
        ),
        PRINTED,
    ),
)
ESBUILD = ("esbuild", "0.28.2")
BUNDLE_OPTIONS = ("--bundle", "--minify", "--format=esm", "--target=es2020", "--legal-comments=none")
BUNDLES = (
    Bundle(
        (("@hpke/core", "1.9.0"), ("@hpke/common", "1.10.1")),
        'export { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";',
        "vendor/hpke.min.js",
        "vendor/hpke-LICENSE.txt",
    ),
    Bundle(
        (("idb", "8.0.4"),),
        'export { openDB } from "idb";',
        "vendor/idb.min.js",
        "vendor/idb-LICENSE.txt",
    ),
)


def main() -> None:
    """Fetch every package, put its files in their places and write the manifests."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("make vendor needs npm, to fetch the pinned packages. On Debian: apt-get install npm")
    with tempfile.TemporaryDirectory() as fetched:
        for package in PACKAGES:
            print(f"Fetching {package.name} {package.version} ...")
            _unpack(_fetch(npm, package, Path(fetched)), package)
        for bundle in BUNDLES:
            print(f"Bundling {bundle.script} ...")
            _bundle(npm, bundle, Path(fetched) / Path(bundle.script).stem)
    for folder in (STATIC, PRINTED):
        (folder / MANIFEST).write_text(manifest(folder, kept(folder)))


def _fetch(npm: str, package: Package, folder: Path) -> Path:
    wanted = f"{package.name}@{package.version}"
    done = subprocess.run([npm, "pack", "--silent", wanted], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"npm could not fetch {wanted}:\n{done.stderr}")
    return folder / done.stdout.strip().splitlines()[-1]


def _unpack(archive: Path, package: Package) -> None:
    with tarfile.open(archive) as tar:
        for inside, place in package.files:
            content = tar.extractfile(f"package/{inside}")
            if content is None:
                sys.exit(f"{package.name} {package.version} has no file {inside}.")
            (package.folder / place).parent.mkdir(parents=True, exist_ok=True)
            (package.folder / place).write_bytes(content.read())


def _bundle(npm: str, bundle: Bundle, folder: Path) -> None:
    folder.mkdir()
    wanted = [f"{name}@{version}" for name, version in (*bundle.packages, ESBUILD)]
    # No package may run a script of its own while it is fetched; esbuild comes as a finished program.
    _run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", *wanted], folder)
    (folder / "entry.js").write_text(bundle.entry)
    _run(["node_modules/.bin/esbuild", "entry.js", *BUNDLE_OPTIONS, "--outfile=made.js"], folder)
    shutil.copyfile(folder / "made.js", STATIC / bundle.script)
    shutil.copyfile(folder / "node_modules" / bundle.packages[0][0] / "LICENSE", STATIC / bundle.licence)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed:\n{done.stderr}")


def kept(folder: Path) -> list[str]:
    """Return the places of all files that are fetched into ``folder``."""
    fetched = [place for package in PACKAGES if package.folder == folder for _, place in package.files]
    made = [place for bundle in BUNDLES for place in (bundle.licence, bundle.script)]
    return [*fetched, *made] if folder == STATIC else fetched


def manifest(folder: Path, places: Iterable[str]) -> str:
    """Return the checksums of files below ``folder``, as `sha256sum --check` reads them."""
    lines = [f"{hashlib.sha256((folder / place).read_bytes()).hexdigest()}  {place}" for place in places]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
