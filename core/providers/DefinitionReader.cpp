// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/DefinitionReader.h"

#include <QJsonArray>

namespace sealbook {

QJsonValue DefinitionReader::take(const char *key)
{
    const QString name = QString::fromLatin1(key);
    m_read.insert(name);
    return m_object.value(name);
}

bool DefinitionReader::has(const char *key) const
{
    return m_object.contains(QString::fromLatin1(key));
}

void DefinitionReader::fault(const QString &what)
{
    m_faults.append(m_place.isEmpty() ? what : m_place + QLatin1String(": ") + what);
}

QString DefinitionReader::text(const char *key)
{
    const QString text = optionalText(key);
    if (text.isEmpty())
        fault(QStringLiteral("\"%1\" is missing").arg(QString::fromLatin1(key)));
    return text;
}

QString DefinitionReader::optionalText(const char *key)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isString())
        fault(QStringLiteral("\"%1\" is not a text").arg(QString::fromLatin1(key)));
    return value.toString();
}

bool DefinitionReader::flag(const char *key, bool otherwise)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isBool())
        fault(QStringLiteral("\"%1\" is neither true nor false").arg(QString::fromLatin1(key)));
    return value.toBool(otherwise);
}

int DefinitionReader::number(const char *key, int otherwise)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isDouble())
        fault(QStringLiteral("\"%1\" is not a number").arg(QString::fromLatin1(key)));
    return value.toInt(otherwise);
}

QStringList DefinitionReader::texts(const char *key)
{
    QStringList texts;
    const QJsonArray values = array(key);
    for (const QJsonValue &value : values) {
        if (!value.isString())
            fault(QStringLiteral("\"%1\" holds something else than texts")
                      .arg(QString::fromLatin1(key)));
        texts.append(value.toString());
    }
    return texts;
}

QList<int> DefinitionReader::numbers(const char *key)
{
    QList<int> numbers;
    const QJsonArray values = array(key);
    for (const QJsonValue &value : values)
        numbers.append(value.toInt());
    return numbers;
}

QJsonObject DefinitionReader::object(const char *key)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isObject())
        fault(QStringLiteral("\"%1\" is not an object").arg(QString::fromLatin1(key)));
    return value.toObject();
}

QJsonArray DefinitionReader::array(const char *key)
{
    const QJsonValue value = take(key);
    if (!value.isUndefined() && !value.isArray())
        fault(QStringLiteral("\"%1\" is not a list").arg(QString::fromLatin1(key)));
    return value.toArray();
}

QJsonValue DefinitionReader::any(const char *key)
{
    return take(key);
}

ValuePath DefinitionReader::parsed(const QString &text, const char *key)
{
    const Result<ValuePath> path = ValuePath::parse(text);
    if (!path) {
        fault(QStringLiteral("\"%1\": %2").arg(QString::fromLatin1(key), path.error().detail));
        return {};
    }
    return *path;
}

ValuePath DefinitionReader::path(const char *key)
{
    if (!has(key))
        fault(QStringLiteral("\"%1\" is missing").arg(QString::fromLatin1(key)));
    return parsed(optionalText(key), key);
}

std::map<QString, ValuePath> DefinitionReader::paths(const char *key)
{
    std::map<QString, ValuePath> paths;
    const QJsonObject members = object(key);
    for (auto it = members.begin(); it != members.end(); ++it)
        paths.emplace(it.key(), parsed(it.value().toString(), key));
    return paths;
}

DefinitionReader DefinitionReader::inner(const char *key)
{
    const QString name = QString::fromLatin1(key);
    return DefinitionReader(object(key),
                            m_place.isEmpty() ? name : m_place + QLatin1Char('/') + name, m_faults);
}

int DefinitionReader::choice(const char *key, const QStringList &names)
{
    const auto position = names.indexOf(text(key));
    if (position < 0)
        fault(QStringLiteral("\"%1\" is none of: %2")
                  .arg(QString::fromLatin1(key), names.join(QLatin1String(", "))));
    return int(qMax(qsizetype(0), position));
}

void DefinitionReader::finish()
{
    for (auto it = m_object.begin(); it != m_object.end(); ++it) {
        if (!m_read.contains(it.key()))
            fault(QStringLiteral("\"%1\" is not a key that we know").arg(it.key()));
    }
}

} // namespace sealbook
