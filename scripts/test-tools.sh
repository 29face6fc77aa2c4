#!/usr/bin/env bash
# Sees to it that the tests find two browsers and PostgreSQL: installs Debian's where it may, else says what is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

has_browser() {
    .venv/bin/python -m tests.fixtures.browser >/dev/null 2>&1
}

has_firefox() {
    .venv/bin/python -m tests.fixtures.firefox >/dev/null 2>&1
}

has_postgres() {
    .venv/bin/python -m tests.fixtures.postgres >/dev/null 2>&1
}

missing=()
has_browser || missing+=(chromium)
has_firefox || missing+=(firefox-esr)
has_postgres || missing+=(postgresql)
if [[ ${#missing[@]} -eq 0 ]]; then
    exit 0
fi

if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]} for the tests ..."
    log="$(mktemp)"
    apt-get update -qq </dev/null >"$log" 2>&1 || true
    # One by one: Ubuntu has no firefox-esr, and would else install nothing at all.
    for package in "${missing[@]}"; do
        if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            -o DPkg::Lock::Timeout=120 "$package" </dev/null >>"$log" 2>&1; then
            echo "apt-get could not install $package:" >&2
            tail -n 20 "$log" >&2
        fi
    done
    rm -f "$log"
fi

# Ubuntu's chromium package needs snapd, which a container does not have; Playwright has a build of its own.
if ! has_browser && [[ $EUID -eq 0 ]] && grep -qs '^ID=ubuntu' /etc/os-release; then
    .venv/bin/python -m playwright install --with-deps chromium </dev/null >/dev/null 2>&1 || true
fi

verdict="will be skipped"
[[ ${CI:-} != true ]] || verdict="will fail, because CI=true"
has_browser || echo "No Chromium here: the browser tests $verdict. On Debian: apt-get install chromium"
has_firefox || echo "No Firefox here: the tests in it $verdict. On Debian: apt-get install firefox-esr"
has_postgres || echo "No PostgreSQL server here: its tests $verdict. On Debian or Ubuntu: apt-get install postgresql"
