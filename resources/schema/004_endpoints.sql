-- SPDX-FileCopyrightText: 2026 Sealbook contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- Version 4: endpoints that are watched, and what each of their addresses answered. Checks in a row
-- with the same answer are one row from first_at to last_at, so that the history is a list of
-- changes. What is current has the last_at of its endpoint's checked_at.

CREATE TABLE endpoint (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('tls', 'smtp', 'imap', 'pop3', 'ftp', 'ldap', 'xmpp-client',
        'xmpp-server', 'postgres', 'mysql')),
    host TEXT NOT NULL CHECK (length(host) > 0),
    port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    server_name TEXT NOT NULL,
    only_address TEXT NOT NULL,
    interval_seconds BIGINT NOT NULL CHECK (interval_seconds > 0),
    owner TEXT NOT NULL,
    tags TEXT NOT NULL,
    notifies INTEGER NOT NULL CHECK (notifies IN (0, 1)),
    added_at BIGINT NOT NULL,
    checked_at BIGINT,
    removed_at BIGINT,
    UNIQUE (kind, host, port, server_name, only_address)
);

CREATE TABLE endpoint_check (
    endpoint_id TEXT NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    times INTEGER NOT NULL CHECK (times > 0),
    outcome TEXT NOT NULL CHECK (outcome IN ('served', 'no_tls', 'no_answer')),
    sha256 TEXT NOT NULL,
    subject TEXT NOT NULL,
    not_before BIGINT,
    not_after BIGINT,
    name_matches INTEGER NOT NULL CHECK (name_matches IN (0, 1)),
    is_trusted INTEGER NOT NULL CHECK (is_trusted IN (0, 1)),
    trust_reason TEXT NOT NULL,
    protocol TEXT NOT NULL,
    cipher TEXT NOT NULL,
    alpn TEXT NOT NULL,
    asks_client_certificate INTEGER NOT NULL CHECK (asks_client_certificate IN (0, 1)),
    has_staple INTEGER NOT NULL CHECK (has_staple IN (0, 1)),
    notes TEXT NOT NULL,
    error TEXT,
    took_ms BIGINT NOT NULL,
    PRIMARY KEY (endpoint_id, address, first_at)
);

CREATE INDEX endpoint_check_by_time ON endpoint_check (endpoint_id, last_at);
