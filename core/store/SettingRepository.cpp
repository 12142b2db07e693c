// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/SettingRepository.h"

#include "core/store/Database.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace sealbook {

Result<QJsonValue> SettingRepository::value(const QString &key)
{
    Result<Rows> rows = m_database.run("SELECT value FROM setting WHERE key = ?", {key});
    if (!rows)
        return fail(rows.error(), "reading a setting");
    if (!rows->next())
        return QJsonValue(QJsonValue::Undefined);
    // A JSON document holds an array or an object, so each value lies in an array of one.
    return QJsonDocument::fromJson(rows->text(0).toUtf8()).array().at(0);
}

Result<bool> SettingRepository::claim(const QString &key, const QJsonValue &value)
{
    const Result<QJsonValue> held = this->value(key);
    if (!held)
        return fail(held.error());
    if (!held->isUndefined() && !held->isNull())
        return false;
    if (const Result<> saved = save(key, value); !saved)
        return fail(saved.error());
    return true;
}

Result<> SettingRepository::save(const QString &key, const QJsonValue &value)
{
    QJsonArray wrapped;
    wrapped.append(value);
    const QByteArray json = QJsonDocument(wrapped).toJson(QJsonDocument::Compact);
    const Result<int> saved =
        m_database.change("INSERT INTO setting (key, value) VALUES (?, ?) "
                          "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                          {key, QString::fromUtf8(json)});
    if (!saved)
        return fail(saved.error(), "saving a setting");
    return {};
}

} // namespace sealbook
