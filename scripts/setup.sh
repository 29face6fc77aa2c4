#!/usr/bin/env bash
# Makes .venv and keeps it equal to the pinned requirements: `scripts/setup.sh run` or `scripts/setup.sh dev`.
# Does nothing when the requirements have not changed since; several at once wait for each other.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted="${1:?run or dev}"
python="${PYTHON:-python3}"

die() {
    printf '%s\n' "$@" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

check_python() {
    command -v "$python" >/dev/null ||
        die "Second Wind needs Python 3.11 or newer, and '$python' was not found." \
            "On Debian or Ubuntu: apt-get install python3 python3-venv"
    new_enough "$python" ||
        die "Second Wind needs Python 3.11 or newer; '$python' is $("$python" --version 2>&1)." \
            "If a newer one is installed, name it: make PYTHON=python3.12 ..."
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        die "'$python' cannot make virtual environments because its venv module is missing." \
            "On Debian or Ubuntu: apt-get install python3-venv"
}

make_venv() {
    if new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    check_python
    echo "Making the virtual environment in .venv ..."
    "$python" -m venv --clear .venv || die "The virtual environment could not be made; the reason is above."
}

# A set of requirements is named by its content, so that switching branches or editing a file is noticed.
fingerprint() {
    cat "$@" | .venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}

install() {
    local stamp=".venv/.installed-$1"
    shift
    local files=("$@") arguments=() file print
    print="$(fingerprint "${files[@]}")"
    if [[ -f $stamp && "$(<"$stamp")" == "$print" ]]; then
        return
    fi
    for file in "${files[@]}"; do
        arguments+=(-r "$file")
    done
    echo "Installing the pinned dependencies of ${files[*]} ..."
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --no-deps \
        --require-hashes "${arguments[@]}" ||
        die "The dependencies could not be installed; the reason is above. Nothing else was changed: run make again."
    echo "$print" >"$stamp"
}

if command -v flock >/dev/null; then
    exec 9>.venv.lock
    flock 9
fi
make_venv
case "$wanted" in
run) install run requirements.txt ;;
dev) install run requirements.txt && install dev requirements.txt requirements-dev.txt ;;
*) die "scripts/setup.sh takes run or dev, not '$wanted'." ;;
esac
