#!/usr/bin/env bash
# Tries the installer in a clean Debian: makes one, installs into it, serves, signs the first admin in, and brings it up to date.
# Then comes the worst day: a second clean Debian becomes that site, of nothing but its backup and the file of "second-wind keep".
# Needs root and debootstrap, which it installs where it may; reaches Debian's packages in the way this machine does.
set -euo pipefail
cd "$(dirname "$0")/.."

name=wind.home.arpa
suite="${SUITE:-bookworm}"

die() {
    printf '%s\n' "$@" >&2
    exit 1
}

[[ $EUID -eq 0 ]] || die "make test-install makes a clean Debian in a folder of its own, and only root can: sudo make test-install"
if ! command -v debootstrap >/dev/null || ! command -v systemd-nspawn >/dev/null; then
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap systemd-container; } \
        </dev/null >/dev/null 2>&1 || command -v debootstrap >/dev/null ||
        die "debootstrap is missing and could not be installed: apt-get install debootstrap"
fi

root="$(mktemp -d)/root"
second="$root-second"
trusted="$root.crt"
container="" leader=""
trap '[[ -z $container ]] || kill -KILL $leader "$container" 2>/dev/null || true; rm -rf --one-file-system "$(dirname "$root")"' EXIT
within() {
    unshare --mount --pid --fork --kill-child bash -c '
        mount -t proc proc "$0/proc"
        exec chroot "$0" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
    ' "$root" "$@"
}

mirror="$(find /etc/apt -name sources.list -o -name '*.list' -o -name '*.sources' | xargs -r cat |
    grep -oP '^(URIs:|deb)\s+(\[[^]]*\]\s+)?\K\S+' | head -1 || true)"
echo "Making a clean Debian ($suite) ..."
mkdir "$root"
debootstrap --variant=minbase --include=systemd,ca-certificates "$suite" "$root" ${mirror:+"$mirror"} >"$root.log" 2>&1 ||
    die "debootstrap failed:" "$(tail -5 "$root.log")"
for found in /etc/apt/apt.conf.d /etc/apt/auth.conf.d /etc/apt/sources.list.d /etc/ssl/certs /etc/resolv.conf; do
    [[ ! -e $found ]] || cp -aL --no-target-directory "$found" "$root$found" 2>/dev/null || true
done
# Named once: debootstrap has written the same source by itself.
[[ -z $(ls "$root/etc/apt/sources.list.d") ]] || rm -f "$root/etc/apt/sources.list"
mkdir "$root/srv/second-wind" "$root/srv/wheels"
git ls-files -z --cached --others --exclude-standard | tar --null -T - --ignore-failed-read -cf - 2>/dev/null |
    tar -C "$root/srv/second-wind" -xf -
.venv/bin/python -m pip download -qq --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
    -d "$root/srv/wheels" -r requirements.txt

cp -a "$root" "$second"

install=(/srv/second-wind/deploy/install.sh --name "$name" --address 127.0.0.1 --wheels /srv/wheels)
begun="$SECONDS"
within "${install[@]}"
told="$(within second-wind site create --organisation "Harbour Motors" --admin-name "Ada Lindqvist" --admin-login ada \
    --help-contact "Noor, first floor" --time-zone Europe/Madrid)"
code="$(grep -oE '\b[A-Z0-9]{4}(-[A-Z0-9]{4})+\b' <<<"$told" | head -1)"
[[ -n $code ]] || die "flask site create printed no code:" "$told"
echo "From a clean Debian to the first one-time code: $((SECONDS - begun)) s."
within sh -c 'systemd-analyze verify --man=no /etc/systemd/system/second-wind*.service /etc/systemd/system/second-wind*.timer'

# The commands of the units, as their user, in a network of their own with nothing but loopback.
serve() {
    unshare --mount --net --pid --fork --kill-child bash -c '
        set -euo pipefail
        mount -t proc proc "$0/proc"
        ip link set lo up
        as_unit() {
            chroot "$0" env -i PATH=/usr/bin:/bin LANG=C.UTF-8 bash -c "
                set -a; . /etc/second-wind/env; $2 set +a; cd /opt/second-wind/current
                exec setpriv --reuid second-wind --regid second-wind --clear-groups --inh-caps -all,+net_bind_service \
                    --ambient-caps -all,+net_bind_service --no-new-privs \
                    $(sed -n "s/^ExecStart=//p" "$0/etc/systemd/system/$1")"
        }
        as_unit second-wind.service "" &
        as_unit second-wind-door.service "unset HOST PORT;" &
        "$1" -m tests.install.walk "$2" "$3" "$4" "$5"
    ' "$root" "$PWD/.venv/bin/python" "$name" "$@" "$trusted"
}

# What somebody has when the disk is lost; given is how to run a command on the first machine.
take_along() {
    "$1" second-wind keep /srv/kept
    "$1" second-wind backup /var/lib/second-wind/last.zip
    cp "$root/srv/kept" "$root/var/lib/second-wind/last.zip" "$second/srv"
}

# From here on there is no first machine.
install_elsewhere() {
    echo "The disk is lost: on another machine ..."
    root="$second"
    within /srv/second-wind/deploy/install.sh --kept /srv/kept --wheels /srv/wheels
    local seen
    seen="$(within stat -c '%U %a' /etc/second-wind/env /var/lib/second-wind/tls{,/root.pem,/site.pem} | xargs)"
    [[ $seen == "root 600 second-wind 700 second-wind 600 second-wind 600" ]] ||
        die "Others may read the settings or certificates: $seen"
}

bring_back() {
    "$1" install -o second-wind -m 600 /srv/last.zip /var/lib/second-wind/
    "$1" second-wind restore /var/lib/second-wind/last.zip --dry-run
    "$1" second-wind restore /var/lib/second-wind/last.zip
    "$1" second-wind doctor || true
}

without_systemd() {
    command -v ip >/dev/null || die "The tool ip is missing: apt-get install iproute2"
    serve first "$code"
    echo "Installing over it, as for a new release ..."
    within "${install[@]}"
    serve again ""
    within second-wind ledger verify >/dev/null
    take_along within
    install_elsewhere
    bring_back within
    serve again ""
}

# Starts the whole Debian, its systemd first, in a network of its own; false where that is not possible.
boot() {
    command -v systemd-nspawn >/dev/null || return 1
    systemd-nspawn --quiet --directory "$root" --register=no --keep-unit --private-network --boot \
        </dev/null >"$root.boot" 2>&1 &
    container=$!
    for _try in {1..60}; do
        sleep 0.5
        leader="$(pgrep -P "$container" || true)"
        [[ -z $leader ]] || ! inside systemctl is-system-running --wait 2>/dev/null | grep -qE 'running|degraded' || return 0
        kill -0 "$container" 2>/dev/null || return 1
    done
    return 1
}

inside() {
    nsenter --target "$leader" --mount --uts --ipc --net --pid --root --wd "$@"
}

visit() {
    nsenter --target "$leader" --net "$PWD/.venv/bin/python" -m tests.install.walk "$name" "$@" "$trusted"
}

with_systemd() {
    visit first "$code"
    inside systemctl --quiet is-active second-wind second-wind-door second-wind-{jobs,backup,renew}.timer ||
        die "Not every unit runs:" "$(inside systemctl list-units 'second-wind*' --all)"
    inside systemctl start second-wind-jobs second-wind-backup ||
        die "$(inside journalctl --no-pager -u second-wind-jobs -u second-wind-backup)"
    [[ -n $(find "$root/var/lib/second-wind/backups" -name '*.zip') ]] || die "The unit of the backup made none."
    inside systemctl kill --signal KILL second-wind
    visit again ""
    echo "Installing over it, as for a new release ..."
    inside "${install[@]}"
    visit again ""
    inside second-wind ledger verify >/dev/null
    take_along inside
    power_off
    install_elsewhere
    boot || die "The second machine did not start:" "$(tail -5 "$root.boot")"
    bring_back inside
    inside systemctl restart second-wind
    visit again ""
    power_off
}

power_off() {
    inside systemctl start --no-block poweroff.target
    wait "$container" || true
}

if boot; then
    with_systemd
else
    echo "systemd does not start here: the units' commands are run by hand."
    without_systemd
fi
echo "The installer works."
