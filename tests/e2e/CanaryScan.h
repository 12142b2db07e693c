// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

#include <bitset>
#include <map>
#include <vector>

namespace sealbook {

// Looks for secrets in bytes, in every form that a program might write them (security.md 5.6).
// Given the secrets only after what is to be scanned has been gathered. A value, owned by a test.
class CanaryScan
{
public:
    // `name` is what a hit is called, never the secret itself.
    void add(const QString &name, const QByteArray &secret);
    // The private number of a P-256 key in PKCS#8, and the lines of its PEM that hold a part of it.
    // False where it is no such key.
    [[nodiscard]] bool addKey(const QString &name, const QByteArray &pkcs8);

    // "name as form" of everything found.
    [[nodiscard]] QStringList hitsIn(const QByteArray &bytes) const;
    // The same for files, links not followed: "path: name as form".
    [[nodiscard]] QStringList hitsBelow(const QString &folder, int *files = nullptr) const;
    [[nodiscard]] QStringList hitsInFile(const QString &path) const;

    // Form and bytes for one secret.
    [[nodiscard]] static std::vector<std::pair<QString, QByteArray>>
    formsOf(const QByteArray &secret);

private:
    struct Form
    {
        QString what;
        QByteArray bytes;
    };

    void addForm(const QString &name, const QString &form, const QByteArray &bytes);

    std::vector<Form> m_forms;
    std::multimap<quint32, std::size_t> m_byStart; // first four bytes -> form
    std::bitset<65536> m_starts; // quick no
};

} // namespace sealbook
