#!/bin/sh
# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
#
# Runs a program in a D-Bus session of its own with a keychain of its own, and leaves nothing behind:
#     keyring-session.sh MODE program [arguments]
# MODE is what the keychain is like:
#     unlocked  gnome-keyring with an unlocked login keyring (its password is "practice")
#     none      gnome-keyring without any keyring
#     plain     gnome-keyring with a login keyring that has no password
#     kwallet   KWallet of Plasma 5 with an open wallet, in a session that calls itself KDE
#     bare      a session bus that knows no keychain service
# HOME and XDG are set before the bus starts: a daemon that the bus starts would otherwise write into
# the real keyring.
set -eu

mode=$1
shift

if [ -z "${SEALBOOK_KEYRING_SESSION:-}" ]; then
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    trap 'exit 1' HUP INT TERM
    mkdir -m 700 "$root/home" "$root/run"
    export HOME="$root/home" XDG_RUNTIME_DIR="$root/run"
    export XDG_DATA_HOME="$HOME/.local/share" XDG_CONFIG_HOME="$HOME/.config"
    export XDG_CACHE_HOME="$HOME/.cache" XDG_STATE_HOME="$HOME/.local/state"
    export SEALBOOK_KEYRING_SESSION="$root"
    unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY XDG_CURRENT_DESKTOP GNOME_KEYRING_CONTROL
    config=""
    if [ "$mode" = bare ]; then
        config="$root/bus.conf"
        cat > "$config" <<CONFIG
<busconfig>
  <type>session</type>
  <listen>unix:dir=$root/run</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONFIG
    fi
    status=0
    dbus-run-session ${config:+--config-file="$config"} -- "$0" "$mode" "$@" || status=$?
    exit "$status"
fi

daemon=""
service=org.freedesktop.secrets
case $mode in
unlocked)
    printf practice | gnome-keyring-daemon --foreground --unlock --components=secrets \
        > /dev/null 2>&1 &
    daemon=$!
    ;;
none)
    gnome-keyring-daemon --foreground --components=secrets < /dev/null > /dev/null 2>&1 &
    daemon=$!
    ;;
plain)
    mkdir -p "$XDG_DATA_HOME/keyrings"
    printf '[keyring]\ndisplay-name=login\nctime=0\nmtime=0\nlock-on-idle=false\nlock-after=false\n' \
        > "$XDG_DATA_HOME/keyrings/login.keyring"
    printf login > "$XDG_DATA_HOME/keyrings/default"
    gnome-keyring-daemon --foreground --components=secrets < /dev/null > /dev/null 2>&1 &
    daemon=$!
    ;;
kwallet)
    mkdir -p "$XDG_CONFIG_HOME"
    # No wizard, no question which program may read, no window of its manager.
    printf '[Wallet]\nEnabled=true\nFirst Use=false\nPrompt on Open=false\nLaunch Manager=false\nClose When Idle=false\nDefault Wallet=kdewallet\n' \
        > "$XDG_CONFIG_HOME/kwalletrc"
    export XDG_CURRENT_DESKTOP=KDE KDE_FULL_SESSION=true KDE_SESSION_VERSION=5
    service=org.kde.kwalletd5
    QT_QPA_PLATFORM=offscreen kwalletd5 > /dev/null 2>&1 &
    daemon=$!
    ;;
bare) ;;
*)
    echo "keyring-session.sh: no such mode: $mode" >&2
    exit 2
    ;;
esac

if [ -n "$daemon" ]; then
    # The daemon is ours by its pid; it may also have been stopped by the test.
    trap 'kill -CONT "$daemon" 2> /dev/null || true; kill "$daemon" 2> /dev/null || true; wait "$daemon" 2> /dev/null || true' EXIT
    gdbus wait --session --timeout 20 "$service"
    if [ "$mode" = kwallet ]; then
        # As the login does it: opens the wallet, or makes it, by a key of 56 bytes. Else it would ask.
        key=$(seq -s ', ' 101 156)
        gdbus call --session --dest "$service" --object-path /modules/kwalletd5 \
            --method org.kde.KWallet.pamOpen kdewallet "[byte $key]" 0 > /dev/null
    fi
fi
status=0
"$@" || status=$?
exit "$status"
