// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/AuditRepository.h"

namespace sealbook {

// The audit entries of one transaction (R33): an act and its entry stand or fall together. Keeps
// what it appended, for who tells of it once it is on disk. Used on the store's thread.
class AuditNotes
{
public:
    AuditNotes(Database &database, std::vector<AuditEntry> &noted)
        : m_repository(database)
        , m_noted(noted)
    {
    }

    [[nodiscard]] Result<AuditEntry> append(const AuditEntry &entry)
    {
        Result<AuditEntry> stored = m_repository.append(entry);
        if (stored)
            m_noted.push_back(*stored);
        return stored;
    }
    [[nodiscard]] Result<> add(const AuditEntry &entry)
    {
        const Result<AuditEntry> stored = append(entry);
        if (!stored)
            return fail(stored.error());
        return {};
    }
    [[nodiscard]] Result<> add(const std::optional<AuditEntry> &entry)
    {
        return entry ? add(*entry) : Result<>();
    }
    [[nodiscard]] Result<> add(const std::vector<AuditEntry> &entries)
    {
        for (const AuditEntry &entry : entries) {
            if (const Result<> added = add(entry); !added)
                return added;
        }
        return {};
    }

private:
    AuditRepository m_repository;
    std::vector<AuditEntry> &m_noted;
};

} // namespace sealbook
