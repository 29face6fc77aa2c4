"""Pieces of the installer and its command: what no backup holds is kept and taken up, and what comes next."""

import os
import stat
import subprocess
import tarfile
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SECRETS = "SECRET_KEY=a\nPIN_PEPPER=b\nSERVER_KEY=c\n"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with a site's settings and certificates, in a folder."""
    settings, tls = tmp_path / "settings" / "env", tmp_path / "data" / "tls"
    settings.parent.mkdir()
    tls.mkdir(parents=True)
    settings.write_text(f"{SECRETS}TLS_CERTIFICATE={tls}/site.pem\n")
    (tls / "root.pem").write_text("the root")
    (tls / "site.pem").write_text("the site's")
    return tmp_path


def of(machine: Path, script: str) -> str:
    """Return a script of ours as it would be if ``machine`` were all there is, and its user the site's."""
    text = (DEPLOY / script).read_text()
    for there, here in (("/etc/second-wind", "settings"), ("/var/lib/second-wind", "data")):
        text = text.replace(f"={there}", f"={machine / here}")
    return text.replace(" -o second-wind -g second-wind", "").replace('"$(id -u)"', "0")


def run(shell: str, text: str, machine: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a script on the machine."""
    script = machine / "script"
    script.write_text(text)
    return subprocess.run(
        [shell, str(script), *words], cwd=machine, capture_output=True, text=True, check=False
    )


def keep(machine: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Give the command on the machine."""
    return run("sh", of(machine, "second-wind"), machine, "keep", *words)


def install(machine: Path, steps: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Take some of the installer's steps on the machine."""
    functions = of(machine, "install.sh").partition('\nread_arguments "$@"')[0]
    return run("bash", f'{functions}\nread_arguments "$@"\n{steps}', machine, *words)


def take(machine: Path, kept: Path) -> subprocess.CompletedProcess[str]:
    """Install on the machine, as far as it is about what was kept."""
    return install(machine, "check_kept\ntake_kept", "--kept", str(kept))


@pytest.fixture
def kept(machine: Path) -> Path:
    """The file that was kept of it."""
    assert keep(machine, "kept").returncode == 0
    return machine / "kept"


@pytest.fixture
def clean(machine: Path) -> Path:
    """Another machine, on which nothing was installed yet."""
    (machine / "clean" / "data").mkdir(parents=True)
    return machine / "clean"


def moved(kept: Path, clean: Path) -> Path:
    """Return the kept file as it would be if both machines had the same folders."""
    with tarfile.open(kept) as read:
        held = {name: read.extractfile(name).read() for name in read.getnames()}
    old, new = str(kept.parent).encode(), str(clean).encode()
    return archive(clean / "kept", held | {"env": held["env"].replace(old, new)})


def archive(path: Path, held: dict[str, bytes]) -> Path:
    """Write an archive of such files."""
    with tarfile.open(path, "w") as made:
        for name, content in held.items():
            file = path.with_name("member")
            file.write_bytes(content)
            made.add(file, name)
            file.unlink()
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_kept_is_one_file_for_its_owner_alone_and_says_what_it_is(machine: Path):
    done = keep(machine, "kept")

    assert (done.returncode, mode(machine / "kept")) == (0, 0o600)
    assert done.stdout.startswith("kept holds this site's settings and certificates.")
    assert "apart from the backups" in done.stdout
    with tarfile.open(machine / "kept") as read:
        assert read.getnames() == ["env", "tls/root.pem", "tls/site.pem"]


def test_a_site_behind_a_proxy_keeps_its_settings(machine: Path):
    for file in (machine / "data" / "tls").iterdir():
        file.unlink()

    assert keep(machine, "kept").returncode == 0
    with tarfile.open(machine / "kept") as read:
        assert read.getnames() == ["env"]


def test_it_never_writes_over_a_file(machine: Path):
    (machine / "kept").write_text("something else")
    (machine / "dangling").symlink_to(machine / "nowhere")

    done = keep(machine, "kept")

    assert (done.returncode, done.stderr) == (1, "kept is there already. Nothing was written.\n")
    assert (machine / "kept").read_text() == "something else"
    assert keep(machine, "dangling").returncode == 1
    assert not (machine / "nowhere").exists()


def test_what_cannot_be_written_whole_is_not_there(machine: Path):
    (machine / "settings" / "env").unlink()

    done = keep(machine, "kept")

    assert (done.returncode, (machine / "kept").exists()) == (1, False)
    assert "kept could not be written" in done.stderr
    assert keep(machine, "no/such/folder/kept").returncode == 1


@pytest.mark.parametrize("words", [(), ("",), ("one", "two")])
def test_it_asks_where_to_write(machine: Path, words: tuple[str, ...]):
    assert keep(machine, *words).stderr == "Say where to write it: sudo second-wind keep FILE\n"


def test_a_clean_machine_takes_up_what_was_kept(kept: Path, clean: Path):
    done = take(clean, moved(kept, clean))

    assert (done.returncode, done.stderr) == (0, "")
    tls = clean / "data" / "tls"
    assert {file.name: file.read_text() for file in tls.iterdir()} == {
        "root.pem": "the root",
        "site.pem": "the site's",
    }
    assert (clean / "settings" / "env").read_text().startswith(SECRETS)
    files = (clean / "settings" / "env", *tls.iterdir())
    assert [mode(path) for path in (tls, clean / "settings")] == [0o700, 0o700]
    assert {mode(file) for file in files} == {0o600}
    assert os.listdir(clean / "settings") == ["env"]


def test_nothing_else_is_taken_out(clean: Path):
    held = {"env": SECRETS.encode(), "tls/other.pem": b"x", "../outside": b"x", "tls/root.pem": b"the root"}

    assert take(clean, archive(clean / "kept", held)).returncode == 0
    assert os.listdir(clean / "data" / "tls") == ["root.pem"]
    assert not list(clean.rglob("o*.pem"))
    assert not list(clean.rglob("outside"))


def test_a_machine_with_settings_keeps_its_own(kept: Path, machine: Path):
    before = (machine / "settings" / "env").read_text()

    done = take(machine, kept)

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "This machine has settings already" in done.stderr
    assert (machine / "settings" / "env").read_text() == before


def test_what_is_no_kept_file_is_refused_and_nothing_is_half_done(clean: Path):
    (clean / "text").write_text("no archive")
    named = f"{SECRETS}TLS_CERTIFICATE={clean}/data/tls/site.pem".encode()
    refused = {
        clean / "nowhere": "cannot be read",
        clean / "text": "is no file of 'second-wind keep'",
        archive(clean / "other", {"else": b"x"}): "is no file of 'second-wind keep'",
        archive(clean / "part", {"env": b"SECRET_KEY=a\n"}): "it holds no PIN_PEPPER",
        archive(clean / "bare", {"env": named}): "holds no certificates",
    }

    for kept, reason in refused.items():
        done = take(clean, kept)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert reason in done.stderr
        assert not (clean / "settings").exists()
        assert not list((clean / "data").iterdir())


def test_another_root_is_not_written_over(kept: Path, clean: Path):
    (clean / "data" / "tls").mkdir()
    (clean / "data" / "tls" / "root.pem").write_text("another root")

    done = take(clean, moved(kept, clean))

    assert "This machine has another root certificate" in done.stderr
    assert (clean / "data" / "tls" / "root.pem").read_text() == "another root"


def test_it_says_what_comes_next(machine: Path):
    told = install(machine, "tell", "--name", "wind.home.arpa", "--address", "192.168.1.20").stdout

    assert "sudo second-wind site create" in told
    assert "or, after a lost disk: sudo second-wind restore FILE" in told
    assert "first opens http://192.168.1.20/ to trust this site" in told
    assert "sudo second-wind keep FILE" in told
    assert "opens http://wind.home.arpa/" in install(machine, "tell", "--name", "wind.home.arpa").stdout
    assert "http://" not in install(machine, "tell").stdout


def test_an_installed_site_behind_a_proxy_hears_nothing_of_certificates(machine: Path):
    (machine / "settings" / "env").write_text(SECRETS)
    (machine / "data" / "second-wind.db").touch()

    told = install(machine, "tell", "--name", "wind.home.arpa", "--proxy").stdout

    assert "https show" not in told
    assert "http://" not in told
    assert "site create" not in told
