// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/DerTree.h"

#include "core/x509/DerReader.h"
#include "core/x509/OpensslHandles.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/objects.h>

#include <memory>

namespace sealbook {

namespace {

constexpr int deepest = 64;
constexpr std::size_t mostNodes = 20'000;
constexpr qsizetype longestText = 256;
constexpr std::size_t longestHex = 24;
constexpr std::uint8_t constructedBit = 0x20;
constexpr std::uint8_t classBits = 0xc0;
constexpr std::uint8_t contextClass = 0x80;
constexpr std::uint8_t numberBits = 0x1f;

using Bytes = std::span<const std::uint8_t>;

QString universalName(std::uint8_t number)
{
    switch (number) {
    case 1:
        return QStringLiteral("BOOLEAN");
    case 2:
        return QStringLiteral("INTEGER");
    case 3:
        return QStringLiteral("BIT STRING");
    case 4:
        return QStringLiteral("OCTET STRING");
    case 5:
        return QStringLiteral("NULL");
    case 6:
        return QStringLiteral("OBJECT IDENTIFIER");
    case 10:
        return QStringLiteral("ENUMERATED");
    case 12:
        return QStringLiteral("UTF8String");
    case 16:
        return QStringLiteral("SEQUENCE");
    case 17:
        return QStringLiteral("SET");
    case 18:
        return QStringLiteral("NumericString");
    case 19:
        return QStringLiteral("PrintableString");
    case 20:
        return QStringLiteral("TeletexString");
    case 22:
        return QStringLiteral("IA5String");
    case 23:
        return QStringLiteral("UTCTime");
    case 24:
        return QStringLiteral("GeneralizedTime");
    case 26:
        return QStringLiteral("VisibleString");
    case 28:
        return QStringLiteral("UniversalString");
    case 30:
        return QStringLiteral("BMPString");
    default:
        return QStringLiteral("UNIVERSAL %1").arg(number);
    }
}

QString typeName(std::uint8_t tag)
{
    const auto number = static_cast<std::uint8_t>(tag & numberBits);
    switch (tag & classBits) {
    case 0:
        return universalName(number);
    case contextClass:
        return QStringLiteral("[%1]").arg(number);
    case 0x40:
        return QStringLiteral("APPLICATION %1").arg(number);
    default:
        return QStringLiteral("PRIVATE %1").arg(number);
    }
}

QString hexOf(Bytes bytes)
{
    const Bytes shown = bytes.first(std::min(bytes.size(), longestHex));
    QString text = QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(shown.data()),
                                                  static_cast<qsizetype>(shown.size()))
                                           .toHex(' '));
    if (shown.size() < bytes.size())
        text += QStringLiteral(" … (%1 bytes)").arg(bytes.size());
    return text;
}

// What could steer a terminal or a label is shown as a mark.
QString textOf(Bytes bytes, bool isUtf8)
{
    const QByteArray raw(reinterpret_cast<const char *>(bytes.data()),
                         static_cast<qsizetype>(bytes.size()));
    QString text = isUtf8 ? QString::fromUtf8(raw) : QString::fromLatin1(raw);
    for (QChar &c : text) {
        if (!c.isPrint() || c.category() == QChar::Other_Format)
            c = QChar::ReplacementCharacter;
    }
    if (text.size() > longestText)
        text = text.left(longestText) + QStringLiteral("… (%1 characters)").arg(text.size());
    return text;
}

QString bmpText(Bytes bytes)
{
    QString text;
    for (std::size_t i = 0; i + 1 < bytes.size() && text.size() < longestText; i += 2)
        text += QChar(static_cast<char16_t>(bytes[i] << 8 | bytes[i + 1]));
    const QByteArray utf8 = text.toUtf8();
    return textOf(Bytes(reinterpret_cast<const std::uint8_t *>(utf8.constData()),
                        static_cast<std::size_t>(utf8.size())),
                  true);
}

QString oidText(Bytes whole)
{
    const unsigned char *at = whole.data();
    using Object = std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)>;
    const Object object(d2i_ASN1_OBJECT(nullptr, &at, static_cast<long>(whole.size())),
                        &ASN1_OBJECT_free);
    if (!object)
        return QString();
    std::array<char, 256> dotted{};
    OBJ_obj2txt(dotted.data(), static_cast<int>(dotted.size()), object.get(), 1);
    const int nid = OBJ_obj2nid(object.get());
    const QString number = QString::fromLatin1(dotted.data());
    return nid == NID_undef
        ? number
        : QStringLiteral("%1 (%2)").arg(QString::fromLatin1(OBJ_nid2ln(nid)), number);
}

QString integerText(Bytes body)
{
    if (body.size() > 8)
        return hexOf(body);
    if (body.empty())
        return QString();
    qint64 value = (body.front() & 0x80) != 0 ? -1 : 0;
    for (const std::uint8_t byte : body)
        value = static_cast<qint64>((static_cast<quint64>(value) << 8) | byte);
    return QString::number(value);
}

QString valueOf(const DerReader::Element &element)
{
    const Bytes body = element.body;
    if ((element.tag & classBits) != 0) {
        // Implicitly tagged strings, as names in certificates are, read better as text.
        const bool isText = !body.empty()
            && std::all_of(body.begin(), body.end(), [](auto c) { return c >= 0x20 && c < 0x7f; });
        return isText ? textOf(body, false) : hexOf(body);
    }
    switch (element.tag & numberBits) {
    case 1:
        return body.empty() || body.front() == 0 ? QStringLiteral("false") : QStringLiteral("true");
    case 2:
    case 10:
        return integerText(body);
    case 3:
        return body.empty()
            ? QString()
            : QStringLiteral("%1 unused bits, ").arg(body.front()) + hexOf(body.subspan(1));
    case 5:
        return QString();
    case 6:
        return oidText(element.whole);
    case 12:
        return textOf(body, true);
    case 18:
    case 19:
    case 20:
    case 22:
    case 23:
    case 24:
    case 26:
        return textOf(body, false);
    case 30:
        return bmpText(body);
    default:
        return hexOf(body);
    }
}

class TreeWalk
{
public:
    explicit TreeWalk(Bytes whole)
        : m_whole(whole)
    {
    }

    // Appends the elements of `bytes`; false where they are no DER, and then nothing was appended.
    bool walk(Bytes bytes, int depth)
    {
        const std::size_t begun = m_nodes.size();
        DerReader reader(bytes);
        while (!reader.atEnd()) {
            const auto element = reader.next();
            if (!element || depth >= deepest || m_nodes.size() >= mostNodes) {
                m_isTooMuch = m_isTooMuch || element.has_value();
                m_nodes.resize(begun);
                return false;
            }
            const std::size_t index = append(*element, depth);
            if (!enter(*element, depth, index)) {
                m_nodes.resize(begun);
                return false;
            }
        }
        return true;
    }
    [[nodiscard]] bool isTooMuch() const { return m_isTooMuch; }
    [[nodiscard]] std::vector<DerNode> take() { return std::move(m_nodes); }

private:
    std::size_t append(const DerReader::Element &element, int depth)
    {
        DerNode node;
        node.depth = depth;
        node.offset = element.whole.data() - m_whole.data();
        node.bodyLength = static_cast<qsizetype>(element.body.size());
        node.headLength = static_cast<qsizetype>(element.whole.size()) - node.bodyLength;
        node.type = typeName(element.tag);
        m_nodes.push_back(std::move(node));
        return m_nodes.size() - 1;
    }

    bool enter(const DerReader::Element &element, int depth, std::size_t index)
    {
        if ((element.tag & constructedBit) != 0) {
            if (!walk(element.body, depth + 1))
                return false;
            m_nodes[index].hasChildren = m_nodes.size() > index + 1;
            return true;
        }
        // A string may hold DER of its own (RFC 5280 section 4.1: extnValue, subjectPublicKey).
        Bytes inner;
        if (element.tag == DerReader::octetString)
            inner = element.body;
        else if (element.tag == DerReader::bitString && element.body.size() > 1
                 && element.body.front() == 0)
            inner = element.body.subspan(1);
        const bool mayHold = inner.size() > 1 && !m_isTooMuch
            && (inner.front() == DerReader::sequence || inner.front() == DerReader::bitString
                || inner.front() == DerReader::octetString || inner.front() == DerReader::set
                || inner.front() == DerReader::integer);
        if (mayHold && walk(inner, depth + 1))
            m_nodes[index].hasChildren = true;
        else
            m_nodes[index].value = valueOf(element);
        return !m_isTooMuch;
    }

    Bytes m_whole;
    std::vector<DerNode> m_nodes;
    bool m_isTooMuch = false;
};

} // namespace

Result<std::vector<DerNode>> derTree(const QByteArray &der)
{
    const Bytes bytes(reinterpret_cast<const std::uint8_t *>(der.constData()),
                      static_cast<std::size_t>(der.size()));
    TreeWalk walk(bytes);
    if (der.isEmpty() || !walk.walk(bytes, 0)) {
        return walk.isTooMuch()
            ? fail(Error::Kind::BadRequest,
                   QStringLiteral("the encoding is nested too deeply or has too many elements"))
            : fail(Error::Kind::BadRequest, QStringLiteral("these bytes are no DER"));
    }
    return walk.take();
}

} // namespace sealbook
