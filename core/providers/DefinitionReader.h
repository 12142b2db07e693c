// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/ProviderDefinition.h"

#include <QSet>

namespace sealbook {

// One object of a definition, read key by key. Faults are collected with the place they stand at;
// finish() reports the keys that nobody asked for. Lives for the reading of one file.
class DefinitionReader
{
public:
    DefinitionReader(const QJsonObject &object, QString place, QStringList &faults)
        : m_object(object)
        , m_place(std::move(place))
        , m_faults(faults)
    {
    }

    [[nodiscard]] bool has(const char *key) const;
    [[nodiscard]] QString text(const char *key); // MUST be there, not empty
    [[nodiscard]] QString optionalText(const char *key);
    [[nodiscard]] bool flag(const char *key, bool otherwise);
    [[nodiscard]] int number(const char *key, int otherwise);
    [[nodiscard]] QStringList texts(const char *key);
    [[nodiscard]] QList<int> numbers(const char *key);
    [[nodiscard]] QJsonObject object(const char *key);
    [[nodiscard]] QJsonArray array(const char *key);
    [[nodiscard]] QJsonValue any(const char *key);
    [[nodiscard]] ValuePath path(const char *key);
    [[nodiscard]] std::map<QString, ValuePath> paths(const char *key);
    [[nodiscard]] DefinitionReader inner(const char *key);
    // The position of the key's text in `names`; 0 and a fault where it is none of them.
    [[nodiscard]] int choice(const char *key, const QStringList &names);
    void fault(const QString &what);
    void finish();
    [[nodiscard]] const QString &place() const { return m_place; }

private:
    [[nodiscard]] QJsonValue take(const char *key);
    [[nodiscard]] ValuePath parsed(const QString &text, const char *key);

    QJsonObject m_object;
    QString m_place;
    QStringList &m_faults;
    QSet<QString> m_read;
};

} // namespace sealbook
