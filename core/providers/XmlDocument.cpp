// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/XmlDocument.h"

#include "core/providers/Template.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

namespace sealbook {

namespace {

constexpr int deepest = 32;

void add(QJsonObject &object, const QString &name, const QJsonValue &value)
{
    const auto existing = object.find(name);
    if (existing == object.end()) {
        object.insert(name, value);
        return;
    }
    QJsonArray all = existing->isArray() ? existing->toArray() : QJsonArray{existing.value()};
    all.append(value);
    existing.value() = all;
}

// The reader stands on the start of an element, and afterwards on its end.
QJsonValue readElement(QXmlStreamReader &reader, int depth)
{
    QJsonObject object;
    const QXmlStreamAttributes attributes = reader.attributes();
    for (const QXmlStreamAttribute &attribute : attributes)
        object.insert(QLatin1Char('@') + attribute.name().toString(), attribute.value().toString());
    if (depth > deepest) {
        reader.raiseError(QStringLiteral("elements are nested too deeply"));
        return {};
    }
    QString text;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::StartElement: {
            const QString name = reader.name().toString();
            add(object, name, readElement(reader, depth + 1));
            break;
        }
        case QXmlStreamReader::Characters:
            text += reader.text();
            break;
        case QXmlStreamReader::EndElement:
            return object.isEmpty() ? QJsonValue(text.trimmed()) : QJsonValue(object);
        case QXmlStreamReader::DTD:
            reader.raiseError(QStringLiteral("a DTD is not accepted"));
            break;
        default:
            break;
        }
    }
    return {};
}

bool writeElement(QXmlStreamWriter &writer, const QJsonValue &value)
{
    const QJsonArray element = value.toArray();
    if (element.isEmpty() || !element.at(0).isString())
        return false;
    writer.writeStartElement(element.at(0).toString());
    for (qsizetype i = 1; i < element.size(); ++i) {
        const QJsonValue part = element.at(i);
        if (part.isArray()) {
            if (!writeElement(writer, part))
                return false;
        } else if (part.isObject()) {
            const QJsonObject attributes = part.toObject();
            for (auto it = attributes.begin(); it != attributes.end(); ++it)
                writer.writeAttribute(it.key(), it.value().toString());
        } else {
            writer.writeCharacters(templateText(part));
        }
    }
    writer.writeEndElement();
    return true;
}

} // namespace

Result<QJsonValue> readXml(const QByteArray &xml)
{
    QXmlStreamReader reader(xml);
    reader.setNamespaceProcessing(false);
    QJsonObject document;
    while (!reader.atEnd() && !reader.isStartElement()) {
        if (reader.readNext() == QXmlStreamReader::DTD)
            reader.raiseError(QStringLiteral("a DTD is not accepted"));
    }
    if (reader.isStartElement()) {
        const QString name = reader.name().toString();
        document.insert(name, readElement(reader, 1));
    }
    if (reader.hasError())
        return fail(Error::Kind::Corrupt, QStringLiteral("not XML: ") + reader.errorString());
    return QJsonValue(document);
}

Result<QByteArray> writeXml(const QJsonValue &element)
{
    QByteArray xml;
    QXmlStreamWriter writer(&xml);
    writer.writeStartDocument();
    if (!writeElement(writer, element))
        return fail(Error::Kind::Internal,
                    QStringLiteral("the definition's XML body is not [\"Name\", ...]"));
    return xml;
}

} // namespace sealbook
