-- SPDX-FileCopyrightText: 2026 Sealbook contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- Version 7: requests and keys that no certificate has are rows of the inventory, so people write
-- onto them what they write onto certificates. Tokens are places, and have keys of their own.

ALTER TABLE certificate_request ADD COLUMN owner TEXT NOT NULL DEFAULT '';

ALTER TABLE certificate_request ADD COLUMN note TEXT NOT NULL DEFAULT '';

ALTER TABLE certificate_request ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';

ALTER TABLE certificate_request ADD COLUMN trashed_at BIGINT;

ALTER TABLE key_pair ADD COLUMN origin TEXT NOT NULL DEFAULT '';

ALTER TABLE key_pair ADD COLUMN owner TEXT NOT NULL DEFAULT '';

ALTER TABLE key_pair ADD COLUMN note TEXT NOT NULL DEFAULT '';

ALTER TABLE key_pair ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';

ALTER TABLE key_pair ADD COLUMN trashed_at BIGINT;

CREATE TABLE place_new (
    sha256 TEXT NOT NULL REFERENCES certificate (sha256) ON DELETE CASCADE,
    kind TEXT NOT NULL
        CHECK (kind IN ('issued', 'file', 'pasted', 'endpoint', 'store', 'log', 'token')),
    location TEXT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (sha256, kind, location)
);

INSERT INTO place_new (sha256, kind, location, first_seen_at, last_seen_at)
SELECT sha256, kind, location, first_seen_at, last_seen_at FROM place;

DROP TABLE place;

ALTER TABLE place_new RENAME TO place;

CREATE TABLE token_key (
    public_key_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(public_key_sha256) = 64),
    algorithm TEXT NOT NULL,
    origin TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    owner TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    trashed_at BIGINT
);
