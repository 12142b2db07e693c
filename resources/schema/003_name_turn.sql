-- SPDX-FileCopyrightText: 2026 Sealbook contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- Version 3. Who may change the TXT set at a name now; a row is there only while somebody does.

CREATE TABLE name_turn (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    lease_until BIGINT NOT NULL
);
