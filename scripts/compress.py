"""Keeps a .br and a .gz beside every static file that gains from it, for WhiteNoise to send."""

from pathlib import Path

from whitenoise.compress import Compressor

COPIES = (".br", ".gz")


def compress(folder: Path) -> None:
    """Compress the files of ``folder`` that changed since, and remove copies whose original is gone."""
    compressor = Compressor(quiet=True)
    for path in sorted(folder.rglob("*")):
        if path.suffix in COPIES:
            if not path.with_suffix("").exists():
                path.unlink()
        elif path.is_file() and compressor.should_compress(path.name) and _is_newer_than_copies(path):
            compressor.compress(str(path))


def _is_newer_than_copies(path: Path) -> bool:
    changed = path.stat().st_mtime
    copies = [path.with_name(path.name + ending) for ending in COPIES]
    kept = [copy for copy in copies if copy.exists() and copy.stat().st_mtime >= changed]
    for copy in set(copies) - set(kept):
        copy.unlink(missing_ok=True)
    return not kept


if __name__ == "__main__":
    compress(Path("static"))
