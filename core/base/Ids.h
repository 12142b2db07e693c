// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QUuid>

#include <compare>

namespace sealbook {

// A UUID that knows what it names, so that a job's id cannot be handed to something that wants an
// account's. Prints without braces. An invalid (null) id is the default.
template <typename Tag>
class Id
{
public:
    Id() = default;
    [[nodiscard]] static Id make() { return Id(QUuid::createUuid()); }
    [[nodiscard]] static Id fromText(const QString &text) { return Id(QUuid::fromString(text)); }
    [[nodiscard]] QString text() const { return m_uuid.toString(QUuid::WithoutBraces); }
    [[nodiscard]] bool isValid() const { return !m_uuid.isNull(); }
    bool operator==(const Id &) const = default;
    bool operator<(const Id &other) const { return m_uuid < other.m_uuid; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.m_uuid, seed); }

private:
    explicit Id(QUuid uuid)
        : m_uuid(uuid)
    {
    }
    QUuid m_uuid;
};

using JobId = Id<struct JobTag>;
using AccountId = Id<struct AccountTag>;
using CredentialId = Id<struct CredentialTag>;
using KeyId = Id<struct KeyTag>;
using EndpointId = Id<struct EndpointTag>;
using IntentId = Id<struct IntentTag>;

} // namespace sealbook
