// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/PluralTexts.h"

#include <QFile>
#include <QXmlStreamReader>

// Outside of every namespace, as Q_INIT_RESOURCE wants it. The texts lie in a static library, whose
// resources nobody else registers.
static void initTranslations()
{
    Q_INIT_RESOURCE(translations);
}

namespace sealbook {

namespace {
QByteArray keyOf(const QByteArray &context, const QByteArray &source)
{
    return context + '\n' + source;
}
} // namespace

PluralTexts::PluralTexts(QObject *parent)
    : QTranslator(parent)
{
    initTranslations();
    QFile file(QStringLiteral(":/translations/sealbook_en.ts"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    QByteArray context;
    QByteArray source;
    QXmlStreamReader reader(&file);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == QLatin1String("name")) {
            context = reader.readElementText().toUtf8();
        } else if (reader.name() == QLatin1String("source")) {
            source = reader.readElementText().toUtf8();
        } else if (reader.name() == QLatin1String("numerusform")) {
            // English has two forms; the first is the one for 1, the other is the source's.
            const QString form = reader.readElementText();
            if (!form.isEmpty() && !m_singular.contains(keyOf(context, source)))
                m_singular.insert(keyOf(context, source), form);
        }
    }
}

QString PluralTexts::translate(const char *context, const char *source, const char *disambiguation,
                               int n) const
{
    Q_UNUSED(disambiguation)
    return n == 1 ? m_singular.value(keyOf(context, source)) : QString();
}

} // namespace sealbook
