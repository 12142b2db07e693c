#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Sealbook contributors
# SPDX-License-Identifier: Apache-2.0
"""Makes the certificates, keys and PKCS#12 files of this folder. The keys are for tests only.

A DER encoder of its own, because most of these files break a rule that libraries keep. Run it in
this folder; it needs python3-cryptography, openssl and keytool.
"""
import base64
import os
import subprocess

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

PASSWORD = b"open sesame"


def tlv(tag, *parts):
    body = b"".join(parts)
    n = len(body)
    if n < 128:
        head = bytes([n])
    else:
        size = n.to_bytes((n.bit_length() + 7) // 8, "big")
        head = bytes([0x80 | len(size)]) + size
    return bytes([tag]) + head + body


def seq(*parts):
    return tlv(0x30, *parts)


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = bytearray()
    for number in [40 * first + second, *rest]:
        chunk = [number & 0x7F]
        number >>= 7
        while number:
            chunk.insert(0, 0x80 | number & 0x7F)
            number >>= 7
        out += bytes(chunk)
    return tlv(6, bytes(out))


def integer(number):
    return tlv(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def name(*attributes):
    kinds = {"CN": "2.5.4.3", "O": "2.5.4.10", "C": "2.5.4.6"}
    return seq(*[tlv(0x31, seq(oid(kinds[k]), tlv(0x0C, v.encode()))) for k, v in attributes])


def utc(text):
    return tlv(0x17, text.encode())


def generalized(text):
    return tlv(0x18, text.encode())


def extension(kind, value, critical=False):
    return seq(oid(kind), tlv(1, b"\xff") if critical else b"", tlv(4, value))


def san(*names):
    return extension("2.5.29.17", seq(*names))


def dns(text):
    return tlv(0x82, text if isinstance(text, bytes) else text.encode())


def ca_extensions(path_length=None):
    inner = tlv(1, b"\xff") + (integer(path_length) if path_length is not None else b"")
    return [extension("2.5.29.19", seq(inner), True),
            extension("2.5.29.15", tlv(3, b"\x01\x06"), True)]


def spki(key):
    return key.public_key().public_bytes(serialization.Encoding.DER,
                                         serialization.PublicFormat.SubjectPublicKeyInfo)


ECDSA_SHA256 = seq(oid("1.2.840.10045.4.3.2"))


def certificate(subject, issuer, public, signer, extensions=(), serial=b"\x01\x23\x45\x67",
                begin=utc("260101000000Z"), end=utc("460101000000Z")):
    tbs = seq(tlv(0xA0, integer(2)), tlv(2, serial), ECDSA_SHA256, issuer, seq(begin, end), subject,
              public, tlv(0xA3, seq(*extensions)) if extensions else b"")
    return seq(tbs, ECDSA_SHA256,
               tlv(3, b"\0" + signer.sign(tbs, ec.ECDSA(hashes.SHA256()))))


def pem(der, label="CERTIFICATE"):
    digits = base64.b64encode(der).decode()
    lines = [digits[i:i + 64] for i in range(0, len(digits), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode()


def write(path, data):
    with open(path, "wb") as out:
        out.write(data)


def key_pem(key, kind=serialization.PrivateFormat.PKCS8, password=None):
    sealing = (serialization.BestAvailableEncryption(password) if password
               else serialization.NoEncryption())
    return key.private_bytes(serialization.Encoding.PEM, kind, sealing)


def chain():
    root, middle, leaf, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(4))
    root_name = name(("C", "XX"), ("O", "Example Trust"), ("CN", "Example Root"))
    middle_name = name(("C", "XX"), ("O", "Example Trust"), ("CN", "Example Issuing"))
    write("root.pem", pem(certificate(root_name, root_name, spki(root), root, ca_extensions())))
    write("issuing.pem",
          pem(certificate(middle_name, root_name, spki(middle), root, ca_extensions(0),
                          serial=b"\x02")))
    sct = (b"\0" + bytes(range(32)) + (1767225600000).to_bytes(8, "big") + b"\0\0" + b"\x04\x03"
           + b"\0\x08" + b"\x30\x06\x02\x01\x01\x02\x01\x01")
    scts = len(sct).to_bytes(2, "big") + sct
    scts = len(scts).to_bytes(2, "big") + scts
    url = lambda text: tlv(0x86, text.encode())
    extensions = [
        san(dns("www.example.org"), dns("example.org"), tlv(0x87, bytes([192, 0, 2, 1])),
            tlv(0x87, bytes.fromhex("20010db8000000000000000000000001"))),
        extension("2.5.29.15", tlv(3, b"\x07\x80"), True),
        extension("2.5.29.37", seq(oid("1.3.6.1.5.5.7.3.1"))),
        extension("2.5.29.19", seq(), True),
        extension("2.5.29.14", tlv(4, bytes(range(20)))),
        extension("2.5.29.35", seq(tlv(0x80, bytes(range(20, 40))))),
        extension("2.5.29.31", seq(seq(tlv(0xA0, tlv(0xA0, url("http://crl.example.org/1.crl")))))),
        extension("1.3.6.1.5.5.7.1.1",
                  seq(seq(oid("1.3.6.1.5.5.7.48.1"), url("http://ocsp.example.org")),
                      seq(oid("1.3.6.1.5.5.7.48.2"), url("http://ca.example.org/i.der")))),
        extension("2.5.29.32", seq(seq(oid("2.23.140.1.2.1")))),
        extension("1.3.6.1.4.1.11129.2.4.2", tlv(4, scts)),
        extension("1.3.6.1.5.5.7.1.24", seq(integer(5))),
        extension("1.2.3.4.5", b"\x01\x02\xff"),
    ]
    leaf_der = certificate(name(("CN", "www.example.org")), middle_name, spki(leaf), middle,
                           extensions, serial=b"\x00\x87\x65\x43\x21")
    write("leaf.pem", pem(leaf_der))
    write("leaf.der", leaf_der)
    write("expired.pem",
          pem(certificate(name(("CN", "old.example.org")), middle_name, spki(other), middle,
                          [san(dns("old.example.org"))], serial=b"\x03",
                          begin=utc("200101000000Z"), end=utc("200401000000Z"))))
    write("forged.pem",
          pem(certificate(name(("CN", "www.example.org")), middle_name, spki(other), other,
                          [san(dns("www.example.org"))], serial=b"\x04")))
    write("leaf.key", key_pem(leaf))
    write("leaf-sec1.key", key_pem(leaf, serialization.PrivateFormat.TraditionalOpenSSL))
    write("leaf-encrypted.key", key_pem(leaf, password=PASSWORD))
    write("other.key", key_pem(other))
    return leaf, other, middle, middle_name


def odd(other, issuer, issuer_name):
    """Certificates that break a rule or stretch it: B46, B49 to B53."""
    here = name(("CN", "odd.example.org"))
    alt = [san(dns("odd.example.org"))]

    def make(path, subject=here, public=spki(other), extensions=alt, **more):
        write(f"odd/{path}.der",
              certificate(subject, issuer_name, public, issuer, extensions, **more))

    os.makedirs("odd", exist_ok=True)
    make("B49-ends-9999", end=generalized("99991231235959Z"))
    make("B49-begins-1949", begin=generalized("19490101000000Z"))
    make("B49-utc-2049", end=utc("491231235959Z"))
    make("B49-generalized-2050", end=generalized("20500101000000Z"))
    make("B49-no-date", begin=utc("999999999999Z"))
    make("B50-negative-serial", serial=b"\x80\x01")
    make("B50-long-serial", serial=b"\x7f" + bytes(range(40)))
    make("B50-zero-serial", serial=b"\0")
    rsa_oid = seq(oid("1.2.840.113549.1.1.1"), b"\x05\0")
    modulus = lambda bits: (1 << (bits - 1)) | 0x123457
    rsa_key = lambda n, e: seq(rsa_oid, tlv(3, b"\0" + seq(integer(n), integer(e))))
    make("B51-rsa-512", public=rsa_key(modulus(512), 65537))
    make("B51-rsa-16384", public=rsa_key(modulus(16384), 65537))
    make("B51-rsa-e1", public=rsa_key(modulus(2048), 1))
    make("B51-ed25519", public=spki(ed25519.Ed25519PrivateKey.generate()))
    make("B51-p192", public=seq(seq(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.1")),
                                tlv(3, b"\0\x04" + bytes.fromhex(
                                    "188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012"
                                    "07192b95ffc8da78631011ed6b24cdd573f977a11e794811"))))
    make("B51-ml-dsa-44", public=seq(seq(oid("2.16.840.1.101.3.4.3.17")),
                                     tlv(3, b"\0" + bytes(1312))))
    make("B51-point-off-curve", public=seq(seq(oid("1.2.840.10045.2.1"),
                                               oid("1.2.840.10045.3.1.7")),
                                           tlv(3, b"\0\x04" + b"\x01" * 64)))
    make("B52-no-san", extensions=[])
    make("B52-ten-thousand-sans",
         extensions=[san(*[dns(f"n{i}.example.org") for i in range(10000)])])
    make("B52-nul-in-san", extensions=[san(dns(b"good.example.org\0.evil.example.org"))])
    make("B52-broken-san", extensions=[extension("2.5.29.17", b"\x30\x7f\x01")])
    make("B53-html", subject=name(("CN", "<b>bold</b><img src=x>")))
    make("B53-right-to-left", subject=name(("CN", "exe.\u202efdp.example.org")))
    make("B53-ten-kib", subject=name(("O", "x" * 10240)))
    make("B53-control", subject=name(("CN", "a\x1b[31m\nb\0c")))
    write("odd/B46-deep.der", deep())


def deep():
    body = b""
    for _ in range(30000):
        body = seq(body)
    return body


def pkcs12(leaf_key):
    files = ["-in", "leaf.pem", "-inkey", "leaf.key", "-certfile", "issuing.pem", "-name", "www",
             "-export"]

    def make(out, *options, password="pass:open sesame"):
        subprocess.run(["openssl", "pkcs12", *files, "-out", out, "-passout", password, *options],
                       check=True)

    os.makedirs("pkcs12", exist_ok=True)
    make("pkcs12/aes.p12")
    make("pkcs12/3des.p12", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg",
         "sha1")
    make("pkcs12/B45-rc2-40.p12", "-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe",
         "PBE-SHA1-RC2-40")
    make("pkcs12/B45-no-mac.p12", "-nomac")
    make("pkcs12/B45-empty-password.p12", password="pass:")
    make("pkcs12/key-in-the-clear.p12", "-keypbe", "NONE", "-certpbe", "NONE")
    if os.path.exists("pkcs12/java.p12"):
        os.remove("pkcs12/java.p12")
    subprocess.run(["keytool", "-importkeystore", "-srckeystore", "pkcs12/aes.p12",
                    "-srcstorepass", "open sesame", "-destkeystore", "pkcs12/java.p12",
                    "-deststoretype", "PKCS12", "-deststorepass", "open sesame"],
                   check=True, stderr=subprocess.DEVNULL)
    for label, count in (("ten-million-and-one", 10_000_001), ("2-31", 1 << 31), ("zero", 0),
                         ("negative", -5), ("2-70", 1 << 70)):
        number = tlv(2, b"\xfb") if count < 0 else integer(count)
        safe = tlv(4, seq())
        data = seq(oid("1.2.840.113549.1.7.1"), tlv(0xA0, safe))
        mac = seq(seq(seq(oid("2.16.840.1.101.3.4.2.1"), b"\x05\0"), tlv(4, bytes(32))),
                  tlv(4, b"saltsalt"), number)
        write(f"pkcs12/B44-mac-{label}.p12", seq(integer(3), data, mac))
    # The rounds hide in the cipher of the safe instead of in the MAC.
    pbe = seq(oid("1.2.840.113549.1.12.1.3"), seq(tlv(4, b"saltsalt"), integer(1 << 31)))
    content = seq(oid("1.2.840.113549.1.7.1"), pbe, tlv(0x80, bytes(64)))
    safe = seq(oid("1.2.840.113549.1.7.6"), tlv(0xA0, seq(integer(0), content)))
    data = seq(oid("1.2.840.113549.1.7.1"), tlv(0xA0, tlv(4, seq(safe))))
    write("pkcs12/B44-safe-2-31.p12", seq(integer(3), data))
    pbkdf2 = seq(oid("1.2.840.113549.1.5.12"), seq(tlv(4, b"saltsalt"), integer(1 << 31)))
    cipher = seq(oid("2.16.840.1.101.3.4.1.42"), tlv(4, bytes(16)))
    pbes2 = seq(oid("1.2.840.113549.1.5.13"), seq(pbkdf2, cipher))
    shrouded = seq(oid("1.2.840.113549.1.12.10.1.2"), tlv(0xA0, seq(pbes2, tlv(4, bytes(64)))))
    safe = seq(oid("1.2.840.113549.1.7.1"), tlv(0xA0, tlv(4, seq(shrouded))))
    data = seq(oid("1.2.840.113549.1.7.1"), tlv(0xA0, tlv(4, seq(safe))))
    write("pkcs12/B44-key-2-31.p12", seq(integer(3), data))


def requests():
    subprocess.run(["openssl", "req", "-new", "-key", "leaf.key", "-subj", "/CN=Www.Example.org",
                    "-addext", "subjectAltName=DNS:example.org,DNS:www.example.org", "-out",
                    "request.pem"], check=True)
    text = open("request.pem").read().split("-----")[2]
    der = bytearray(base64.b64decode(text))
    der[-1] ^= 1
    write("B54-bad-signature.der", bytes(der))


def foreign_keys():
    rsa_key = rsa.generate_private_key(65537, 2048)
    write("rsa-pkcs1.key", key_pem(rsa_key, serialization.PrivateFormat.TraditionalOpenSSL))
    write("ed25519.key", key_pem(ed25519.Ed25519PrivateKey.generate()))
    # RFC 7517 appendix A.2, whose public part is the example of RFC 7638 section 3.1.
    number = lambda text: int.from_bytes(base64.urlsafe_b64decode(text + "=="), "big")
    n = number("0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6t"
               "Soc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-"
               "65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08q"
               "NLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8a"
               "wapJzKnqDKgw")
    p = number("83i-7IvMGXoMXCskv73TKr8637FiO7Z27zv8oj6pbWUQyLPQBQxtPVnwD20R-60eTDmD2ujnMt5PoqMrm8R"
               "fmNhVWDtjjMmCMjOpSXicFHj7XOuVIYQyqVWlWEh6dN36GVZYk93N8Bc9vY41xy8B9RzzOGVQzXvNEvn7O"
               "0nVbfs")
    q = n // p
    assert p * q == n
    d = pow(65537, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p),
                                    rsa.RSAPublicNumbers(65537, n))
    write("rfc7517-a2.key", key_pem(numbers.private_key()))


if __name__ == "__main__":
    leaf, other, issuer, issuer_name = chain()
    odd(other, issuer, issuer_name)
    requests()
    foreign_keys()
    pkcs12(leaf)
