#!/usr/bin/env bash
# Installs Second Wind on Debian 12 or Ubuntu 24.04, or newer ones, or brings an installed one up to date:
#
#     sudo deploy/install.sh --name wind.home.arpa --address 192.168.1.20
#
# --name      the name under which tablets reach this machine; it stays for good
# --address   an address of this machine in the shop's network, where tablets find it while they do not know the name
# --proxy     a proxy in front speaks https; listen on 127.0.0.1:8000 and believe what it says
# --wheels    a folder with the dependencies, for a machine without the internet (pip download -r requirements.txt)
# --kept      the file of "second-wind keep", after a lost disk: settings and certificates as they were, the name too
#
# Running it again changes nothing that is there: secrets, certificates and data stay.
set -euo pipefail

source_dir="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
home=/opt/second-wind
data=/var/lib/second-wind
settings=/etc/second-wind/env
name="" address="" proxy="" wheels="" kept=""

die() {
    printf '%s\n' "$@" >&2
    exit 1
}

say() {
    printf '%s\n' "$@"
}

read_arguments() {
    while [[ $# -gt 0 ]]; do
        case "$1" in
        --name) name="${2:?--name needs a name}" && shift ;;
        --address) address="${2:?--address needs an address}" && shift ;;
        --wheels) wheels="$(cd "${2:?--wheels needs a folder}" && pwd)" && shift ;;
        --kept) kept="${2:?--kept needs a file}" && shift ;;
        --proxy) proxy=1 ;;
        -h | --help) sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 0 ;;
        *) die "install.sh does not know '$1'; see install.sh --help." ;;
        esac
        shift
    done
}

check() {
    [[ $EUID -eq 0 ]] || die "Only root may install: sudo deploy/install.sh ..."
    command -v apt-get >/dev/null || die "This installer is for Debian and Ubuntu. docs/operations.md says what to do elsewhere."
    [[ -z $kept ]] || check_kept
    [[ -n $name || -n $kept || -f $settings ]] || die "Say under which name tablets reach this machine: --name wind.home.arpa"
    [[ -f $source_dir/requirements.txt && -f $source_dir/app.py ]] || die "install.sh stays in the folder deploy/ of Second Wind."
    local free
    free="$(df --output=avail -k /opt | tail -1)"
    ((free > 700000)) || die "Less than 700 MB are free in /opt. Make room, then run this again."
}

check_kept() {
    [[ ! -e $settings ]] ||
        die "This machine has settings already, in $settings; --kept is for one that has none. Nothing was changed."
    [[ -f $kept && -r $kept ]] || die "$kept cannot be read. Nothing was changed."
    local text key
    text="$(from_kept env)" || die "$kept is no file of 'second-wind keep'. Nothing was changed."
    for key in SECRET_KEY PIN_PEPPER SERVER_KEY; do
        grep -q "^$key=." <<<"$text" || die "$kept is no file of 'second-wind keep': it holds no $key. Nothing was changed."
    done
    if grep -q "^TLS_CERTIFICATE=$data/tls/" <<<"$text"; then
        [[ -n $(from_kept tls/site.pem) ]] || die "$kept holds no certificates, though its settings name them. Nothing was changed."
    fi
    [[ ! -f $data/tls/root.pem ]] || from_kept tls/root.pem | cmp -s - "$data/tls/root.pem" ||
        die "This machine has another root certificate in $data/tls. Nothing was changed."
}

# Only what is named here comes out, as bytes: no path, owner or link of the archive counts.
from_kept() {
    tar -xOf - "$1" <"$kept" 2>/dev/null
}

install_packages() {
    local missing=()
    python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3 python3-venv)
    [[ -d /usr/share/zoneinfo/Europe ]] || missing+=(tzdata)
    [[ -f /etc/ssl/certs/ca-certificates.crt ]] || missing+=(ca-certificates)
    if [[ ${#missing[@]} -gt 0 ]]; then
        say "Installing ${missing[*]} ..."
        apt-get update -qq </dev/null || die "apt-get could not read the lists of packages; the reason is above."
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            -o DPkg::Lock::Timeout=120 "${missing[@]}" </dev/null >/dev/null ||
            die "apt-get could not install ${missing[*]}; the reason is above."
    fi
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "Second Wind needs Python 3.11 or newer; this machine has $(python3 --version). Debian 12 and Ubuntu 24.04 have it."
}

make_user() {
    id second-wind >/dev/null 2>&1 ||
        useradd --system --home-dir "$data" --no-create-home --shell /usr/sbin/nologin second-wind
    install -d -m 0700 -o second-wind -g second-wind "$data"
}

# Each release has a folder of its own, so that the one before is still there whole.
copy_release() {
    release="$home/releases/$(version)-$(date -u +%Y%m%d%H%M%S)"
    say "Copying the app to $release ..."
    install -d -m 0755 "$release"
    tar -C "$source_dir" --exclude=./.git --exclude=./.venv --exclude=./instance --exclude=./tests --exclude=./judges \
        --exclude=./bench --exclude=./build --exclude=./docs/screenshots --exclude='./.*_cache' \
        --exclude=__pycache__ -cf - . | tar -C "$release" --no-same-owner -xf -
    ln -s "$data" "$release/instance"
    say "Installing its dependencies, each checked against its digest ..."
    python3 -m venv "$release/.venv"
    local from=()
    [[ -z $wheels ]] || from=(--no-index --find-links "$wheels")
    "$release/.venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input --no-deps \
        --require-hashes "${from[@]}" -r "$release/requirements.txt" ||
        give_up "The dependencies could not be installed; the reason is above."
    (cd "$release" && .venv/bin/python -m scripts.compress && .venv/bin/python -m compileall -q wellbeing)
    chmod -R go=rX "$release"
}

version() {
    sed -n 's/^## \([0-9][0-9.]*\)$/\1/p' "$source_dir/CHANGELOG.md" | head -1 | grep . || echo 0
}

give_up() {
    rm -rf "$release"
    die "$@" "Nothing else was changed."
}

secret() {
    python3 -c 'import secrets; print(secrets.token_urlsafe(32))'
}

take_kept() {
    [[ -n $kept ]] || return 0
    say "Taking this site's settings and certificates from $kept ..."
    install -d -m 0700 "$(dirname "$settings")"
    install -d -m 0700 -o second-wind -g second-wind "$data/tls"
    local one
    for one in tls/root.pem tls/site.pem; do
        if (umask 077 && from_kept "$one" >"$settings.part"); then
            install -m 0600 -o second-wind -g second-wind "$settings.part" "$data/$one"
        fi
    done
    # The settings come last: with them in place this machine is a site.
    (umask 077 && from_kept env >"$settings.part" && mv "$settings.part" "$settings")
}

write_settings() {
    [[ ! -f $settings ]] || return 0
    say "Making this site's secrets in $settings ..."
    install -d -m 0700 "$(dirname "$settings")"
    (umask 077 && settings_text >"$settings.part" && mv "$settings.part" "$settings")
}

settings_text() {
    cat <<END
# Second Wind. Without SERVER_KEY a backup opens no diary, and without PIN_PEPPER everybody needs a new PIN: keep both,
# and the certificates, outside this machine (sudo second-wind keep FILE).
SECRET_KEY=$(secret)
PIN_PEPPER=$(secret)
SERVER_KEY=$(secret)
SITE_URL=https://$name
# The units make the backup of each night.
BACKUP_EVERY_DAY=0
END
    if [[ -n $proxy ]]; then
        printf '%s\n' HOST=127.0.0.1 PORT=8000 BEHIND_PROXY=1
    else
        printf '%s\n' HOST=0.0.0.0 PORT=443 "TLS_CERTIFICATE=$data/tls/site.pem"
    fi
}

in_release() {
    (
        set -a
        # shellcheck source=/dev/null
        . "$settings"
        set +a
        export SECOND_WIND_TICKER=0
        cd "$release"
        umask 077
        runuser -u second-wind -- .venv/bin/python -m flask --app app "$@"
    )
}

make_certificates() {
    if grep -q "^TLS_CERTIFICATE=$data/tls/" "$settings" && [[ ! -f $data/tls/root.pem && ! -f $data/tls/site.pem ]]; then
        local addresses=()
        [[ -z $address ]] || addresses=(--address "$address")
        in_release https make "$name" "${addresses[@]}" || give_up "The certificates could not be made; the reason is above."
    fi
}

has_systemd() {
    [[ -d /run/systemd/system ]]
}

has_site() {
    [[ -f $data/second-wind.db ]] || grep -q '^DATABASE_URL=' "$settings"
}

units=(second-wind.service second-wind-jobs.timer second-wind-backup.timer)

switch_over() {
    local before
    before="$(readlink "$home/current" 2>/dev/null || true)"
    if has_systemd && [[ -n $before ]]; then
        systemctl stop "${units[@]}"
    fi
    if has_site && ! in_release upgrade; then
        if has_systemd && [[ -n $before ]]; then
            systemctl start "${units[@]}"
        fi
        give_up "The site could not be brought up to date and goes on as it was; the reason is above."
    fi
    ln -sfn "$release" "$home/current.new" && mv -T "$home/current.new" "$home/current"
    forget_old_releases
}

forget_old_releases() {
    local kept=("$(readlink -f "$home/current")") found
    while read -r found; do
        [[ " ${kept[*]} " == *" $found "* ]] || rm -rf "$found"
    done < <(find "$home/releases" -mindepth 1 -maxdepth 1 -type d | sort | head -n -2)
}

start() {
    install -m 0755 "$release/deploy/second-wind" /usr/local/bin/second-wind
    install -m 0644 "$release"/deploy/systemd/* /etc/systemd/system/
    if grep -q '^TLS_CERTIFICATE=' "$settings"; then
        units+=(second-wind-door.service second-wind-renew.timer)
    fi
    if has_systemd; then
        systemctl daemon-reload
        systemctl enable --quiet --now "${units[@]}"
    else
        systemctl enable --quiet "${units[@]}" 2>/dev/null || true
        say "systemd does not run here: nothing was started."
    fi
}

tell() {
    say "" "Second Wind is installed. What comes next:" ""
    has_site || say "  sudo second-wind site create     asks five things, and prints a one-time code;" \
        "                                   or, after a lost disk: sudo second-wind restore FILE"
    if grep -q '^TLS_CERTIFICATE=' "$settings"; then
        say "  sudo second-wind https show      the picture that tablets scan, to trust this site"
        [[ -z $address$name ]] || say "" \
            "Every tablet and computer, your own too, first opens http://${address:-$name}/ to trust this site." \
            "Then open the site there and sign in: the page leads on."
    fi
    say "" "sudo second-wind doctor says how the site is. Now, and whenever settings or certificates change, keep what no" \
        "backup holds, in a safe place outside this machine and apart from the backups: sudo second-wind keep FILE"
}

read_arguments "$@"
check
install_packages
make_user
copy_release
take_kept
write_settings
make_certificates
switch_over
start
tell
