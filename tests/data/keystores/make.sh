#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
# Makes the keystores of this folder anew, as base64: make.sh FOLDER. Wants keytool (a JRE), which
# the tests do without. The password is "changeit"; each holds one key pair "web" and one trusted
# certificate "root".
set -euo pipefail
out=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for type in jks jceks pkcs12; do
    keytool -genkeypair -alias web -keyalg EC -groupname secp256r1 -dname CN=java.example \
        -ext san=dns:java.example -validity 3650 -storetype "$type" -keystore "$type" \
        -storepass changeit -keypass changeit 2>/dev/null
    keytool -genkeypair -alias other -keyalg EC -groupname secp256r1 -dname CN=root.example \
        -validity 3650 -storetype "$type" -keystore "other-$type" -storepass changeit \
        -keypass changeit 2>/dev/null
    keytool -exportcert -alias other -keystore "other-$type" -storepass changeit -file "$type.der" \
        2>/dev/null
    keytool -importcert -noprompt -alias root -file "$type.der" -keystore "$type" \
        -storepass changeit 2>/dev/null
    base64 "$type" >"$out/$type.b64"
done
