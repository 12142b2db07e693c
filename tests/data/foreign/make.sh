#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
# Makes the keystores and certificates of this folder with other people's programs: keytool and
# Bouncy Castle (openjdk-17-jre-headless, libbcprov-java), GnuTLS (gnutls-bin), NSS (libnss3-tools),
# XCA (xca) and openssl. Their outputs are small and kept, so that the tests need none of these. The
# keys are for tests only. Run it in this folder.
set -euo pipefail

word="open sesame"
valid=(-validity 7000 -startdate "2026/01/01 00:00:00")
bc=(-provider org.bouncycastle.jce.provider.BouncyCastleProvider -providerpath /usr/share/java/bcprov.jar
    -J-Dorg.bouncycastle.bks.enable_v1=true)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f -- *.db *.jks *.jceks *.bks *.ubr *.p12 *.pem *.der *.p7b *.crl

pair() { # file type alias key-password options...
    local file=$1 type=$2 alias=$3 key=$4
    shift 4
    keytool -genkeypair -keystore "$file" -storetype "$type" -storepass "$word" -keypass "$key" \
        -alias "$alias" -dname "CN=$alias.example.org, O=Example" -ext "SAN=dns:$alias.example.org" \
        "${valid[@]}" "$@" 2>/dev/null
}

ec=(-keyalg EC -groupname secp256r1)
pair java.jks JKS web "$word" "${ec[@]}"
pair java.jks JKS other "another word" "${ec[@]}"
pair "$work/trusted.jks" JKS ca "$word" "${ec[@]}"
keytool -exportcert -keystore "$work/trusted.jks" -storepass "$word" -alias ca -file "$work/ca.der" 2>/dev/null
keytool -importcert -noprompt -keystore java.jks -storetype JKS -storepass "$word" -alias ca -file "$work/ca.der" 2>/dev/null

pair java.jceks JCEKS web "$word" "${ec[@]}"
keytool -genseckey -keystore java.jceks -storetype JCEKS -storepass "$word" -keypass "$word" \
    -alias secret -keyalg AES -keysize 256 2>/dev/null
pair java.jceks JCEKS behind "$word" "${ec[@]}"

# A password outside of ASCII.
word="pässwörd" pair umlaut.jks JKS web "pässwörd" "${ec[@]}"

for type in BKS UBER; do
    file="bouncy.${type,,}"
    file=${file/uber/ubr}
    pair "$file" "$type" web "$word" "${ec[@]}" "${bc[@]}"
    keytool -importcert -noprompt -keystore "$file" -storetype "$type" -storepass "$word" -alias ca \
        -file "$work/ca.der" "${bc[@]}" 2>/dev/null
done
pair bouncy-v1.bks BKS-V1 web "$word" "${ec[@]}" "${bc[@]}"

pair two-keys.p12 PKCS12 first "$word" "${ec[@]}"
pair two-keys.p12 PKCS12 second "$word" "${ec[@]}"

# GnuTLS
cat >"$work/template" <<'T'
cn = "gnutls.example.org"
dns_name = "gnutls.example.org"
dns_name = "*.gnutls.example.org"
ip_address = "192.0.2.7"
serial = 77
activation_date = "2026-01-01 00:00:00 UTC"
expiration_date = "2046-01-01 00:00:00 UTC"
tls_www_server
signing_key
T
certtool --generate-privkey --key-type ed25519 --outfile "$work/gnutls.key" 2>/dev/null
certtool --generate-self-signed --load-privkey "$work/gnutls.key" --template "$work/template" \
    --outfile gnutls.pem 2>/dev/null
certtool --to-p12 --load-privkey "$work/gnutls.key" --load-certificate gnutls.pem --outder \
    --p12-name gnutls --password "$word" --outfile gnutls.p12 2>/dev/null

# NSS
mkdir "$work/nss"
printf '%s' "$word" >"$work/word"
certutil -N -d "sql:$work/nss" -f "$work/word"
head -c 64 /dev/urandom >"$work/noise"
certutil -S -d "sql:$work/nss" -f "$work/word" -z "$work/noise" -n nss -s "CN=nss.example.org" \
    -8 nss.example.org -x -t ,, -k ec -q nistp256 -v 200 -m 4711 >/dev/null 2>&1
certutil -L -d "sql:$work/nss" -n nss -r >nss.der
pk12util -o nss.p12 -d "sql:$work/nss" -k "$work/word" -w "$work/word" -n nss >/dev/null
chmod 644 nss.p12
certutil -A -d "sql:$work/nss" -f "$work/word" -n ca -t C,, -a -i ../x509/root.pem
install -m 644 "$work/nss/cert9.db" nss-cert9.db

# NSS again: a database with keys of both kinds, and the certificates of those
mkdir "$work/keys"
certutil -N -d "sql:$work/keys" -f "$work/word"
certutil -S -d "sql:$work/keys" -f "$work/word" -z "$work/noise" -n ec -s "CN=nss.example.org" \
    -x -t C,, -k ec -q nistp256 -m 1 >/dev/null 2>&1
certutil -S -d "sql:$work/keys" -f "$work/word" -z "$work/noise" -n rsa \
    -s "CN=nssrsa.example.org" -x -t C,, -k rsa -g 2048 -m 2 >/dev/null 2>&1
install -m 644 "$work/keys/key4.db" nss-key4.db
certutil -L -d "sql:$work/keys" -n ec -r >nss-key4-ec.der
certutil -L -d "sql:$work/keys" -n rsa -r >nss-key4-rsa.der

# XCA, which asks for the password of a new database on a terminal: a key of its own, a certificate
# with its key, and a request
cat >"$work/new.py" <<'P'
import os
import pty
import sys

word, database = sys.argv[1:]


def answer(terminal):
    said = os.read(terminal, 1024)
    if b"assword:" in said:
        os.write(terminal, word.encode() + b"\n")
    return said


pty.spawn(["xca", "--no-gui", f"--database={database}", "--keygen=EC:prime256v1",
           "--name=first"], answer)
P
QT_QPA_PLATFORM=offscreen python3 "$work/new.py" "$word" "$work/xca.xdb" </dev/null >/dev/null
openssl req -new -newkey rsa:2048 -nodes -keyout "$work/xca.key" -subj "/CN=xca.example.org" \
    -out "$work/xca.csr" 2>/dev/null
QT_QPA_PLATFORM=offscreen xca --no-gui --database="$work/xca.xdb" --password="file:$work/word" --import ../x509/leaf.pem \
    ../x509/leaf.key "$work/xca.csr" >/dev/null </dev/null
install -m 644 "$work/xca.xdb" xca.xdb

# OpenSSL
openssl crl2pkcs7 -nocrl -certfile ../x509/leaf.pem -certfile ../x509/issuing.pem -outform DER \
    -out openssl.p7b
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/ca.key" \
    -subj "/CN=Example CRL issuer" -days 7000 -out "$work/crl-ca.pem" 2>/dev/null
: >"$work/index"
cat >"$work/ca.cnf" <<C
[ca]
default_ca = a
[a]
database = $work/index
default_md = sha256
default_crl_days = 7000
C
openssl ca -config "$work/ca.cnf" -gencrl -keyfile "$work/ca.key" -cert "$work/crl-ca.pem" \
    -out "$work/list.pem" 2>/dev/null
openssl crl -in "$work/list.pem" -outform DER -out openssl.crl
