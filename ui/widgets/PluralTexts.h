// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QTranslator>

namespace sealbook {

// The singular of the texts with a number in them: the source has only the plural ("%n names").
// Reads resources/translations/sealbook_en.ts as it is, so that a build needs none of Qt's tools
// for translators. One for the application, installed as its translator.
class PluralTexts final : public QTranslator
{
public:
    explicit PluralTexts(QObject *parent = nullptr);

    bool isEmpty() const override { return m_singular.isEmpty(); }
    QString translate(const char *context, const char *source, const char *disambiguation,
                      int n) const override;

private:
    QHash<QByteArray, QString> m_singular; // by context and source
};

} // namespace sealbook
