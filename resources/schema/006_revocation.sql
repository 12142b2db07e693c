-- SPDX-FileCopyrightText: 2026 Sealbook contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- Version 6: what was found out last about the revocation of a certificate. When it was revoked
-- stands in the certificate's own row too, for lists to show.

CREATE TABLE revocation_check (
    sha256 TEXT NOT NULL PRIMARY KEY REFERENCES certificate (sha256) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('good', 'revoked', 'unknown', 'not_offered',
        'unanswered')),
    source TEXT NOT NULL CHECK (source IN ('', 'ocsp', 'crl')),
    address TEXT NOT NULL,
    detail TEXT NOT NULL,
    checked_at BIGINT,
    this_update BIGINT,
    next_update BIGINT,
    revoked_at BIGINT,
    reason TEXT NOT NULL,
    failed_at BIGINT,
    error TEXT
);
