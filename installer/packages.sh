#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
# The Debian packages that Sealbook is built, run and tested with, and how they get onto the machine.
# Sourced by installer/run and tests/run. The names are the same on Debian 12 and 13, but for those
# in *_if_there, which one of them does not have.
# shellcheck disable=SC2034

build_packages=(
    g++ cmake ninja-build ccache pkg-config
    qt6-base-dev qt6-svg-dev qtkeychain-qt6-dev qcoro-qt6-dev
    libexpected-dev libspdlog-dev libcurl4-openssl-dev libssl-dev libldns-dev libpsl-dev
    libidn2-dev libsqlite3-dev nettle-dev libp11-kit-dev
    # What the program loads while it runs:
    libqt6sql6-sqlite libqt6sql6-psql ca-certificates
)
build_packages_if_there=(qt6-svg-plugins)

# Practice runs pebble, Knot and BIND. The two name servers are not installed, because Debian would
# start them as services of the machine: the program unpacks them into its cache. Their libraries
# come as ordinary packages (practice_libraries).
practice_packages=(pebble openssl)

# A D-Bus session and a keyring, for machines that have none.
# dbus-x11 is never used: it stands in for dbus-user-session, which would bring systemd along.
session_packages=(dbus-daemon dbus-session-bus-common dbus-x11 gnome-keyring)

# The other side of tests: name servers, and tools to look at them with. The servers come as
# packages, but are kept from running as services (see install_packages).
service_packages=(bind9 knot pdns-server)
test_packages=(bind9-dnsutils gdb gnutls-bin softhsm2 libglib2.0-bin pdns-backend-sqlite3 sqlite3 strace
    "${service_packages[@]}" "${practice_packages[@]}" "${session_packages[@]}")
# libkf5wallet-bin: the other keychain of Linux, kwalletd5.
test_packages_if_there=(clang-format-14 libkf5wallet-bin)
full_packages=(clang clang-tidy)
# What tests/fuzz/run builds with.
fuzz_packages=(clang libclang-rt-dev)
# What tests/bench/run compares with.
bench_packages=(pebble openssl bind9 bind9-dnsutils iproute2 python3
    uacme lego python3-certbot-dns-rfc2136)
# What tests/bench/run-xca compares with, and drives it by.
xca_bench_packages=(xca xvfb xdotool python3-cryptography)

say() {
    printf '%s\n' "$*" >&2
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

is_known() {
    [ -n "$(apt-cache show --no-all-versions "$1" 2>/dev/null)" ]
}

missing_of() {
    local installed package
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "$package installed" <<<"$installed" || printf '%s\n' "$package"
    done
}

known_of() {
    local package
    for package in "$@"; do
        if is_installed "$package" || is_known "$package"; then
            printf '%s\n' "$package"
        fi
    done
}

practice_libraries() {
    apt-cache depends bind9 knot 2>/dev/null |
        sed -nE 's/^  Depends: (lib[a-z0-9.+-]*|[a-z0-9.+-]*-libs)$/\1/p' | sort -u
}

has_package_lists() {
    compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# Never without having said which packages.
apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" >&2
}

# Whether we are root or sudo makes us root; it asks for a password once, not for every question.
may_install() {
    if [ -z "${installing:-}" ]; then
        installing=no
        if [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && { sudo -n true 2>/dev/null || sudo -v; }; }; then
            installing=yes
        fi
    fi
    [ "$installing" = yes ]
}

# Services of packages that come along must not start. Debian asks this file before it starts one.
# Only where nobody has set such a policy already, and only while we install.
without_services() (
    policy=/usr/sbin/policy-rc.d
    if [ -e "$policy" ]; then
        "$@"
        exit
    fi
    # Also when we are interrupted: a policy that stayed would keep every service from starting.
    trap 'as_root rm -f "$policy"' EXIT
    trap 'exit 130' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
    "$@"
)

# Installs what is missing of the given packages. Ends the script with 2 where it may not.
install_packages() {
    local -a missing
    mapfile -t missing < <(missing_of "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    if ! may_install; then
        say "These packages are missing, and only root can install them. Run this as root, then again:"
        say "    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
        exit 2
    fi
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    has_package_lists || apt_get update
    # Lists that are out of date name files that are gone; then once more with new ones.
    without_services apt_get install -y --no-install-recommends "${missing[@]}" ||
        { apt_get update && without_services apt_get install -y --no-install-recommends "${missing[@]}"; } ||
        {
            say "The packages could not be installed. As root, this does the same:"
            say "    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
            exit 2
        }
    disable_services "${missing[@]}"
}

# Nor may they start at the next boot. Only for packages that we have just installed: what somebody
# installed before us is theirs.
disable_services() {
    local package unit
    [ -d /run/systemd/system ] || return 0
    for package in "$@"; do
        for unit in $(dpkg-query -L "$package" | sed -nE 's#^.*/systemd/system/([^/]+\.service)$#\1#p'); do
            case " ${service_packages[*]} " in
            *" $package "*) as_root systemctl disable --now "$unit" >&2 || true ;;
            esac
        done
    done
}

# The lists are needed to know what this Debian has, and to download.
need_package_lists() {
    has_package_lists || ! may_install || apt_get update
}

needs_something() {
    [ -n "$(missing_of "$@")" ]
}

# A build that runs out of disk fails late and in the middle, and not always with these words.
need_space() {
    local preset=$1 needed=$2 free
    [ ! -f "build/$preset/build.ninja" ] || return 0
    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1024 / 1024) }')
    [ "$free" -lt "$needed" ] || return 0
    say "Building needs $needed GB of disk in $PWD, and only $free GB are free there."
    exit 2
}

# Configures a preset into its folder, and once more into an empty one when what stands there
# (an interrupted run, another machine's cache) is in the way.
configure() {
    local preset=$1
    shift
    local -a options=(--preset "$preset")
    if command -v ccache >/dev/null; then
        options+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
        # Without these ccache keeps nothing that uses the precompiled header.
        export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
        export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    fi
    options+=("$@")
    cmake "${options[@]}" >&2 && return
    say "Configuring again from nothing"
    rm -rf "build/$preset"
    cmake "${options[@]}" >&2
}
