// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/NameText.h"

#include "core/x509/OpensslHandles.h"

#include <array>

namespace sealbook {

QString printable(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        const ushort code = c.unicode();
        if (c.category() == QChar::Other_Control)
            out += QStringLiteral("\\x%1").arg(code, 2, 16, QLatin1Char('0'));
        else if (c.category() == QChar::Other_Format || code == 0x2028 || code == 0x2029)
            out += QStringLiteral("\\u%1").arg(code, 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out;
}

QString textOf(const ASN1_STRING *string)
{
    if (!string)
        return {};
    unsigned char *utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, string);
    if (size < 0)
        return {};
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(utf8), size);
    OPENSSL_free(utf8);
    return printable(text);
}

QString rfc4514(const X509_NAME *name)
{
    const BioPtr out(BIO_new(BIO_s_mem()));
    // RFC 2253's flags, with UTF-8 left readable instead of escaped byte by byte.
    constexpr unsigned long flags =
        XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (!out || !name || X509_NAME_print_ex(out.get(), name, 0, flags) < 0)
        return {};
    char *data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return printable(QString::fromUtf8(data, static_cast<qsizetype>(size)));
}

QString attributeOf(const X509_NAME *name, int nid)
{
    int last = -1;
    for (int at = X509_NAME_get_index_by_NID(name, nid, -1); at >= 0;
         at = X509_NAME_get_index_by_NID(name, nid, at))
        last = at;
    if (last < 0)
        return {};
    return textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
}

QString oidText(const ASN1_OBJECT *object)
{
    std::array<char, 128> text{};
    const int size = OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1);
    return size > 0 ? QString::fromLatin1(text.data()) : QString();
}

namespace {

QString ia5(const ASN1_STRING *string)
{
    // Latin-1 on purpose: what is not ASCII there is wrong, and must not vanish in decoding.
    return printable(QString::fromLatin1(
        reinterpret_cast<const char *>(ASN1_STRING_get0_data(string)), ASN1_STRING_length(string)));
}

QString address(const ASN1_OCTET_STRING *octets)
{
    const unsigned char *bytes = ASN1_STRING_get0_data(octets);
    const int size = ASN1_STRING_length(octets);
    QStringList parts;
    if (size == 4) {
        for (int i = 0; i < 4; ++i)
            parts.append(QString::number(bytes[i]));
        return parts.join(QLatin1Char('.'));
    }
    const QByteArray raw(reinterpret_cast<const char *>(bytes), size);
    if (size != 16)
        return QString::fromLatin1(raw.toHex(':'));
    for (int i = 0; i < 16; i += 2)
        parts.append(QString::number(bytes[i] << 8 | bytes[i + 1], 16));
    // The longest run of zero groups shrinks to "::" (RFC 5952 section 4.2).
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; ++i) {
        int j = i;
        while (j < 8 && parts[j] == QLatin1String("0"))
            ++j;
        if (j - i > length) {
            start = i;
            length = j - i;
        }
    }
    if (start < 0)
        return parts.join(QLatin1Char(':'));
    return parts.mid(0, start).join(QLatin1Char(':')) + QStringLiteral("::")
        + parts.mid(start + length).join(QLatin1Char(':'));
}

} // namespace

QString generalNameText(const GENERAL_NAME *name)
{
    int kind = 0;
    const void *value = GENERAL_NAME_get0_value(name, &kind);
    switch (kind) {
    case GEN_DNS:
    case GEN_EMAIL:
    case GEN_URI:
        return ia5(static_cast<const ASN1_STRING *>(value));
    case GEN_IPADD:
        return address(static_cast<const ASN1_OCTET_STRING *>(value));
    case GEN_DIRNAME:
        return rfc4514(static_cast<const X509_NAME *>(value));
    case GEN_RID:
        return oidText(static_cast<const ASN1_OBJECT *>(value));
    default:
        return {};
    }
}

QString taggedGeneralName(const GENERAL_NAME *name)
{
    int kind = 0;
    (void)GENERAL_NAME_get0_value(name, &kind);
    const QString text = generalNameText(name);
    switch (kind) {
    case GEN_DNS:
        return QStringLiteral("DNS: ") + text;
    case GEN_EMAIL:
        return QStringLiteral("Email: ") + text;
    case GEN_URI:
        return QStringLiteral("URI: ") + text;
    case GEN_IPADD:
        return QStringLiteral("IP: ") + text;
    case GEN_DIRNAME:
        return QStringLiteral("Directory: ") + text;
    case GEN_RID:
        return QStringLiteral("OID: ") + text;
    default:
        return QStringLiteral("Other name");
    }
}

} // namespace sealbook
