-- SPDX-FileCopyrightText: 2026 Sealbook contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- Version 1. One statement a paragraph: Migrations splits at blank lines. Moments are milliseconds
-- since 1970 UTC, NULL where there is none; lists and maps are JSON; ids are UUIDs as text.

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE key_pair (
    id TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    public_key_sha256 TEXT NOT NULL,
    sealed BLOB NOT NULL,
    created_at BIGINT
);

CREATE INDEX key_pair_by_public_key ON key_pair (public_key_sha256);

CREATE TABLE keychain_item (
    name TEXT NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE certificate (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    der BLOB NOT NULL,
    chain_pem BLOB NOT NULL,
    subject TEXT NOT NULL,
    names TEXT NOT NULL,
    issuer TEXT NOT NULL,
    serial TEXT NOT NULL,
    not_before BIGINT,
    not_after BIGINT,
    key_algorithm TEXT NOT NULL,
    signature_algorithm TEXT NOT NULL,
    public_key_sha256 TEXT NOT NULL,
    key_id TEXT,
    origin TEXT NOT NULL,
    job_id TEXT,
    credential TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    failed_renewals INTEGER NOT NULL CHECK (failed_renewals >= 0),
    retired INTEGER NOT NULL CHECK (retired IN (0, 1))
);

CREATE INDEX certificate_by_not_after ON certificate (not_after);

CREATE TABLE ca (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    directory_url TEXT NOT NULL,
    ca_file TEXT NOT NULL,
    caa_identity TEXT NOT NULL,
    terms TEXT NOT NULL,
    needs_eab INTEGER NOT NULL CHECK (needs_eab IN (0, 1)),
    offers_wildcards INTEGER NOT NULL CHECK (offers_wildcards IN (0, 1)),
    is_practice INTEGER NOT NULL CHECK (is_practice IN (0, 1)),
    is_staging INTEGER NOT NULL CHECK (is_staging IN (0, 1))
);

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    ca_id TEXT NOT NULL,
    directory_url TEXT NOT NULL,
    url TEXT NOT NULL,
    key_id TEXT,
    key_algorithm TEXT NOT NULL,
    contacts TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'valid', 'deactivated')),
    eab_kid TEXT NOT NULL,
    terms_agreed INTEGER NOT NULL CHECK (terms_agreed IN (0, 1)),
    created_at BIGINT
);

CREATE TABLE credential (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
    provider TEXT NOT NULL,
    owner TEXT NOT NULL CHECK (length(owner) > 0),
    purpose TEXT NOT NULL CHECK (length(purpose) > 0),
    fields TEXT NOT NULL,
    secret_items TEXT NOT NULL,
    keychain_backend TEXT NOT NULL,
    reach TEXT NOT NULL,
    reach_checked_at BIGINT,
    created_at BIGINT,
    last_used_at BIGINT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'active', 'revoked'))
);

CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'failed', 'cancelled')),
    step TEXT NOT NULL,
    names_key TEXT NOT NULL,
    request TEXT NOT NULL,
    account_id TEXT,
    order_url TEXT NOT NULL,
    key_id TEXT,
    csr_der BLOB NOT NULL,
    certificate_sha256 TEXT NOT NULL,
    error TEXT,
    owner TEXT NOT NULL,
    lease_until BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    requests INTEGER NOT NULL
);

CREATE INDEX job_by_names ON job (names_key, state);

CREATE TABLE job_step (
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    sequence BIGINT NOT NULL,
    step TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('started', 'done', 'failed', 'note')),
    detail TEXT NOT NULL,
    took_ms BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (job_id, sequence)
);

CREATE TABLE txt_intent (
    id TEXT NOT NULL PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id),
    certificate_name TEXT NOT NULL,
    record_name TEXT NOT NULL,
    zone TEXT NOT NULL,
    value TEXT NOT NULL,
    credential TEXT NOT NULL,
    handle TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('intended', 'published', 'removed')),
    created_at BIGINT NOT NULL,
    removed_at BIGINT
);

CREATE INDEX txt_intent_by_job ON txt_intent (job_id);

CREATE INDEX txt_intent_open ON txt_intent (removed_at) WHERE removed_at IS NULL;

CREATE TABLE audit (
    sequence BIGINT NOT NULL PRIMARY KEY CHECK (sequence > 0),
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    result TEXT NOT NULL,
    details TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
);

CREATE TRIGGER audit_is_never_edited BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log can only be added to');
END;

CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log can only be added to');
END;
