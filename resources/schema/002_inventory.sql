-- SPDX-FileCopyrightText: 2026 Sealbook contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- Version 2: the inventory. The certificate itself and its issuers move into tables of their own,
-- so that reading 100,000 rows for a list does not read hundreds of megabytes, and a chain that
-- many certificates share is there once. Places say where a certificate was seen.

CREATE TABLE issuer_chain (
    id TEXT NOT NULL PRIMARY KEY,
    pem BLOB NOT NULL
);

CREATE TABLE certificate_new (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    subject TEXT NOT NULL,
    subject_dn TEXT NOT NULL,
    names TEXT NOT NULL,
    issuer TEXT NOT NULL,
    issuer_dn TEXT NOT NULL,
    serial TEXT NOT NULL,
    not_before BIGINT,
    not_after BIGINT,
    key_algorithm TEXT NOT NULL,
    signature_algorithm TEXT NOT NULL,
    public_key_sha256 TEXT NOT NULL,
    is_ca INTEGER NOT NULL CHECK (is_ca IN (0, 1)),
    is_self_issued INTEGER NOT NULL CHECK (is_self_issued IN (0, 1)),
    key_id TEXT,
    origin TEXT NOT NULL,
    job_id TEXT,
    credential TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    failed_renewals INTEGER NOT NULL CHECK (failed_renewals >= 0),
    window_start BIGINT,
    window_end BIGINT,
    owner TEXT NOT NULL,
    note TEXT NOT NULL,
    tags TEXT NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    revoked_at BIGINT,
    trashed_at BIGINT
);

CREATE TABLE certificate_body (
    sha256 TEXT NOT NULL PRIMARY KEY REFERENCES certificate_new (sha256) ON DELETE CASCADE,
    chain_id TEXT REFERENCES issuer_chain (id),
    der BLOB NOT NULL
);

CREATE TABLE place (
    sha256 TEXT NOT NULL REFERENCES certificate_new (sha256) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('issued', 'file', 'pasted', 'endpoint', 'store', 'log')),
    location TEXT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (sha256, kind, location)
);

INSERT INTO issuer_chain (id, pem)
SELECT min(sha256), chain_pem FROM certificate WHERE length(chain_pem) > 0 GROUP BY chain_pem;

INSERT INTO certificate_new
SELECT sha256, subject, '', names, issuer, '', serial, not_before, not_after, key_algorithm,
    signature_algorithm, public_key_sha256, 0, 0, key_id, origin, job_id, credential, added_at,
    failed_renewals, NULL, NULL, '', '', '[]', retired, NULL, NULL
FROM certificate;

INSERT INTO certificate_body (sha256, chain_id, der)
SELECT sha256, (SELECT id FROM issuer_chain WHERE pem = certificate.chain_pem), der
FROM certificate;

INSERT INTO place (sha256, kind, location, first_seen_at, last_seen_at)
SELECT sha256,
    CASE WHEN origin IN ('issued', 'pasted') THEN origin ELSE 'file' END,
    CASE WHEN origin IN ('issued', 'pasted') THEN ''
        WHEN substr(origin, 1, 5) = 'file:' THEN substr(origin, 6) ELSE origin END,
    added_at, added_at
FROM certificate;

DROP TABLE certificate;

ALTER TABLE certificate_new RENAME TO certificate;

CREATE INDEX certificate_by_public_key ON certificate (public_key_sha256);
