"""The command that keeps the catalogues up to date with the code."""

from pathlib import Path

import pytest

from scripts import translations


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program that says two things, one of which is translated, and a text that it no longer says."""
    (tmp_path / "babel.cfg").write_text("[python: wellbeing/**.py]\n")
    (tmp_path / "wellbeing").mkdir()
    (tmp_path / "wellbeing" / "words.py").write_text('A = _("Walk")\nB = _l("Music")\n')
    (tmp_path / "elsewhere.py").write_text('C = _("Not looked at")\n')
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    po = translations.po_of("es")
    po.parent.mkdir(parents=True)
    po.write_text('# Glosario\nmsgid "Walk"\nmsgstr "Paseo"\n\nmsgid "Gone"\nmsgstr "Ido"\n')
    return po


def test_a_translator_is_told_what_lacks_a_translation(small: Path):
    with pytest.raises(SystemExit, match="es: Music"):
        translations.main()

    assert "Paseo" in small.read_text()
    assert "Ido" not in small.read_text()
    assert "Not looked at" not in small.read_text()


def test_nothing_changes_when_everything_is_translated(small: Path):
    with pytest.raises(SystemExit):
        translations.main()
    small.write_text(small.read_text().replace('"Music"\nmsgstr ""', '"Music"\nmsgstr "Música"'))
    translations.main()
    kept = small.read_bytes(), translations.mo_of("es").read_bytes()

    translations.main()

    assert (small.read_bytes(), translations.mo_of("es").read_bytes()) == kept
