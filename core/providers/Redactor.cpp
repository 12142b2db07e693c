// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/Redactor.h"

namespace sealbook {

namespace {
constexpr std::size_t shortest = 4; // anything shorter would cut common words
}

QByteArray Redactor::withoutSecrets(QByteArray bytes) const
{
    for (const auto &[field, secret] : m_secrets) {
        if (secret.size() < shortest)
            continue;
        QByteArray plain(secret.text().data(), qsizetype(secret.size()));
        QByteArray inJson = plain; // many APIs write every "/" as "\/"
        inJson.replace("/", "\\/");
        QByteArray forms[] = {
            plain, inJson, plain.toPercentEncoding(), plain.toBase64(),
            plain.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)};
        inJson = QByteArray(); // forms holds the only one, which is wiped there
        for (QByteArray &form : forms) {
            bytes.replace(form, "[secret]");
            wipe(form);
        }
        wipe(plain);
    }
    return bytes;
}

QString Redactor::clean(const QByteArray &bytes, int limit) const
{
    QString text = QString::fromUtf8(withoutSecrets(bytes));
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = QLatin1Char(' ');
    }
    text = text.simplified();
    if (text.size() > limit)
        text = text.left(limit) + QChar(0x2026);
    return text;
}

} // namespace sealbook
