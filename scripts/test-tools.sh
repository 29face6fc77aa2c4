#!/usr/bin/env bash
# Sees to it that the tests find two browsers, PostgreSQL and an OpenID Connect provider: installs what it may,
# else says what is skipped.
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

# What the browsers and servers are to the others: a provider of OpenID Connect, pinned in its package-lock.json.
has_provider() {
    .venv/bin/python -m tests.fixtures.oidc >/dev/null 2>&1
}

has_program() {
    PATH="$PATH:/usr/sbin" command -v "$1" >/dev/null
}

missing=()
has_browser || missing+=(chromium)
has_firefox || missing+=(firefox-esr)
has_postgres || missing+=(postgresql)
has_program nginx || missing+=(nginx-light)
has_program pgbouncer || missing+=(pgbouncer)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
if [[ ${#missing[@]} -eq 0 ]] && has_provider; then
    exit 0
fi
if [[ ${#missing[@]} -gt 0 && $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
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

if ! has_provider && command -v npm >/dev/null; then
    npm ci --prefix tests/fixtures/provider --no-audit --no-fund --ignore-scripts --loglevel error </dev/null >/dev/null || true
fi

verdict="will be skipped"
[[ ${CI:-} != true ]] || verdict="will fail, because CI=true"
has_browser || echo "No Chromium here: the browser tests $verdict. On Debian: apt-get install chromium"
has_firefox || echo "No Firefox here: the tests in it $verdict. On Debian: apt-get install firefox-esr"
has_provider || echo "No OpenID Connect provider here: its tests $verdict. Needs Node.js 20 or later, and npm"
has_postgres || echo "No PostgreSQL server here: its tests $verdict. On Debian or Ubuntu: apt-get install postgresql"
has_program nginx && has_program pgbouncer ||
    echo "No nginx or pgbouncer here: the tests of several nodes $verdict. On Debian: apt-get install nginx-light pgbouncer"
