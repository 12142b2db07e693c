-- SPDX-FileCopyrightText: 2026 Sealbook contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- Version 5: certificate requests that wait for their certificate. What belongs to a request, a
-- certificate or a key, has its public key.

CREATE TABLE certificate_request (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    der BLOB NOT NULL,
    names TEXT NOT NULL,
    key_algorithm TEXT NOT NULL,
    public_key_sha256 TEXT NOT NULL,
    origin TEXT NOT NULL,
    added_at BIGINT NOT NULL
);

CREATE INDEX certificate_request_by_public_key ON certificate_request (public_key_sha256);
