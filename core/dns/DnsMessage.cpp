// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DnsMessage.h"

#include "core/dns/Wire.h"

#include <QRandomGenerator>
#include <QSet>

#include <ldns/ldns.h>

#include <memory>

namespace sealbook {

namespace {

constexpr int headerSize = 12;

struct PacketFree
{
    void operator()(ldns_pkt *packet) const { ldns_pkt_free(packet); }
};

unsigned fieldAt(const QByteArray &bytes, qsizetype at)
{
    return static_cast<unsigned>(static_cast<unsigned char>(bytes.at(at))) << 8
        | static_cast<unsigned char>(bytes.at(at + 1));
}

QByteArray bytesOf(const ldns_rdf *rdf)
{
    return {reinterpret_cast<const char *>(ldns_rdf_data(rdf)),
            static_cast<qsizetype>(ldns_rdf_size(rdf))};
}

// ldns has undone the compression by now. Names that a DnsName cannot hold (blanks, dots inside a
// label) are nullopt.
std::optional<DnsName> nameOf(const ldns_rdf *rdf)
{
    const QByteArray wire = bytesOf(rdf);
    QString text;
    for (qsizetype at = 0; at < wire.size();) {
        const auto length = static_cast<unsigned char>(wire.at(at));
        if (length == 0)
            break;
        const QByteArray label = wire.mid(at + 1, length);
        if (label.contains('.'))
            return std::nullopt;
        if (!text.isEmpty())
            text += QLatin1Char('.');
        text += QString::fromLatin1(label);
        at += 1 + length;
    }
    if (text.isEmpty())
        return DnsName();
    const Result<DnsName> name = DnsName::fromText(text);
    return name ? std::optional(*name) : std::nullopt;
}

// RFC 2181 section 8: a TTL with the top bit set means 0.
int ttlOf(quint32 seconds)
{
    return seconds > 0x7fffffffU ? 0 : static_cast<int>(seconds);
}

bool readRdata(const ldns_rr *rr, DnsRecord &record)
{
    const size_t fields = ldns_rr_rd_count(rr);
    if (fields == 0)
        return false;
    const ldns_rdf *first = ldns_rr_rdf(rr, 0);
    switch (record.type) {
    case DnsType::A:
    case DnsType::AAAA: {
        const QByteArray bytes = bytesOf(first);
        QHostAddress address;
        if (bytes.size() == 4)
            address.setAddress(fieldAt(bytes, 0) << 16 | fieldAt(bytes, 2));
        else if (bytes.size() == 16)
            address.setAddress(reinterpret_cast<const quint8 *>(bytes.constData()));
        record.value = address.toString();
        return !address.isNull();
    }
    case DnsType::NS:
    case DnsType::CNAME: {
        const auto target = nameOf(first);
        record.value = target ? target->text() : QString();
        return target.has_value();
    }
    case DnsType::SOA: {
        const auto primary = nameOf(first);
        if (fields < 7 || !primary)
            return false;
        record.value = primary->text();
        record.serial = ldns_rdf2native_int32(ldns_rr_rdf(rr, 2));
        record.refresh = ttlOf(ldns_rdf2native_int32(ldns_rr_rdf(rr, 3)));
        record.minimum = ttlOf(ldns_rdf2native_int32(ldns_rr_rdf(rr, 6)));
        return true;
    }
    case DnsType::TXT:
        for (size_t i = 0; i < fields; ++i)
            record.strings.append(bytesOf(ldns_rr_rdf(rr, i)).mid(1));
        record.value = QString::fromLatin1(record.strings.join());
        return true;
    case DnsType::CAA: {
        if (fields < 3)
            return false;
        const QByteArray flags = bytesOf(first);
        const unsigned bits = flags.isEmpty() ? 0 : static_cast<unsigned char>(flags.at(0));
        record.value = QStringLiteral("%1 %2 %3")
                           .arg(bits)
                           .arg(QString::fromLatin1(bytesOf(ldns_rr_rdf(rr, 1)).mid(1)),
                                QString::fromLatin1(bytesOf(ldns_rr_rdf(rr, 2))));
        return true;
    }
    }
    return false;
}

bool isKnown(unsigned type)
{
    switch (static_cast<DnsType>(type)) {
    case DnsType::A:
    case DnsType::NS:
    case DnsType::CNAME:
    case DnsType::SOA:
    case DnsType::TXT:
    case DnsType::AAAA:
    case DnsType::CAA:
        return true;
    }
    return false;
}

std::vector<DnsRecord> recordsOf(const ldns_rr_list *list)
{
    std::vector<DnsRecord> records;
    for (size_t i = 0; i < ldns_rr_list_rr_count(list); ++i) {
        const ldns_rr *rr = ldns_rr_list_rr(list, i);
        const auto owner = nameOf(ldns_rr_owner(rr));
        if (!owner || ldns_rr_get_class(rr) != LDNS_RR_CLASS_IN || !isKnown(ldns_rr_get_type(rr)))
            continue;
        DnsRecord record;
        record.owner = *owner;
        record.type = static_cast<DnsType>(ldns_rr_get_type(rr));
        record.ttl = ttlOf(ldns_rr_ttl(rr));
        if (readRdata(rr, record))
            records.push_back(std::move(record));
    }
    return records;
}

// The names that an answer may speak about: the question's, and what CNAMEs lead to from there.
QSet<DnsName> chainFrom(const DnsName &name, const std::vector<DnsRecord> &answer)
{
    QSet<DnsName> chain{name};
    for (qsizetype before = 0; before != chain.size();) {
        before = chain.size();
        for (const DnsRecord &record : answer) {
            if (record.type != DnsType::CNAME || !chain.contains(record.owner))
                continue;
            if (const Result<DnsName> target = DnsName::fromText(record.value))
                chain.insert(*target);
        }
    }
    return chain;
}

tl::unexpected<Error> corrupt(const QString &detail)
{
    Error error;
    error.kind = Error::Kind::Corrupt;
    error.detail = detail;
    error.evidence.insert(QStringLiteral("reason"), QStringLiteral("garbage"));
    return fail(std::move(error));
}

bool sameExchange(const QByteArray &reply, const QByteArray &sent)
{
    if (reply.size() < headerSize || sent.size() < headerSize)
        return false;
    constexpr unsigned qr = 0x8000;
    constexpr unsigned opcode = 0x7800;
    const unsigned flags = fieldAt(reply, 2);
    return fieldAt(reply, 0) == fieldAt(sent, 0) && (flags & qr) != 0
        && (flags & opcode) == (fieldAt(sent, 2) & opcode);
}

} // namespace

QString rcodeName(int rcode)
{
    static const QHash<int, QString> names{
        {0, QStringLiteral("NOERROR")},  {1, QStringLiteral("FORMERR")},
        {2, QStringLiteral("SERVFAIL")}, {3, QStringLiteral("NXDOMAIN")},
        {4, QStringLiteral("NOTIMP")},   {5, QStringLiteral("REFUSED")},
        {6, QStringLiteral("YXDOMAIN")}, {7, QStringLiteral("YXRRSET")},
        {8, QStringLiteral("NXRRSET")},  {9, QStringLiteral("NOTAUTH")},
        {10, QStringLiteral("NOTZONE")}, {16, QStringLiteral("BADSIG")},
        {17, QStringLiteral("BADKEY")},  {18, QStringLiteral("BADTIME")},
        {22, QStringLiteral("BADTRUNC")}};
    const auto found = names.constFind(rcode);
    return found == names.constEnd() ? QStringLiteral("RCODE%1").arg(rcode) : *found;
}

QString DnsEndpoint::text() const
{
    const QString plain = address.toString();
    if (port == 53)
        return plain;
    return address.protocol() == QAbstractSocket::IPv6Protocol
        ? QStringLiteral("[%1]:%2").arg(plain).arg(port)
        : QStringLiteral("%1:%2").arg(plain).arg(port);
}

quint16 randomMessageId()
{
    return static_cast<quint16>(QRandomGenerator::system()->bounded(0x10000));
}

QByteArray packQuestion(const DnsQuestion &question, quint16 id, Edns edns)
{
    WireWriter writer;
    writer.u16(id);
    writer.u16(question.recursion ? 0x0100 : 0); // RD
    writer.u16(1);
    writer.u16(0);
    writer.u16(0);
    writer.u16(edns == Edns::With ? 1 : 0);
    writer.name(question.name);
    writer.u16(static_cast<unsigned>(question.type));
    writer.u16(1); // IN
    if (edns == Edns::Without)
        return writer.bytes();
    writer.u8(0); // OPT at the root
    writer.u16(41);
    writer.u16(1232);
    writer.u32(0);
    writer.u16(0);
    return writer.bytes();
}

bool isReplyTo(const QByteArray &reply, const QByteArray &sent)
{
    if (!sameExchange(reply, sent))
        return false;
    const unsigned questions = fieldAt(reply, 4);
    if (questions == 0)
        return (fieldAt(reply, 2) & 0xf) == 1;
    if (questions != 1)
        return false;
    WireReader got(reply, headerSize);
    WireReader asked(sent, headerSize);
    const bool sameName = got.name() == asked.name();
    const bool sameRest = got.u32() == asked.u32(); // type and class
    return sameName && sameRest && got.ok() && asked.ok();
}

bool isBareReplyTo(const QByteArray &reply, const QByteArray &sent)
{
    return sameExchange(reply, sent) && fieldAt(reply, 4) == 0;
}

bool isTruncated(const QByteArray &reply)
{
    return reply.size() >= headerSize && (fieldAt(reply, 2) & 0x0200) != 0;
}

Result<DnsReply> parseReply(const QByteArray &bytes, const DnsQuestion &question)
{
    if (bytes.size() < headerSize || bytes.size() > 0xffff)
        return corrupt(QStringLiteral("the reply has %1 bytes").arg(bytes.size()));
    const unsigned count = fieldAt(bytes, 6) + fieldAt(bytes, 8) + fieldAt(bytes, 10);
    if (count > maxRecords)
        return corrupt(QStringLiteral("the reply claims to hold %1 records").arg(count));

    ldns_pkt *raw = nullptr;
    const ldns_status status =
        ldns_wire2pkt(&raw, reinterpret_cast<const uint8_t *>(bytes.constData()),
                      static_cast<size_t>(bytes.size()));
    const std::unique_ptr<ldns_pkt, PacketFree> packet(raw);
    if (status != LDNS_STATUS_OK || !packet)
        return corrupt(QStringLiteral("the reply cannot be read: %1")
                           .arg(QString::fromLatin1(ldns_get_errorstr_by_id(status))));

    DnsReply reply;
    reply.rcode = static_cast<int>(ldns_pkt_get_rcode(packet.get()))
        | static_cast<int>(ldns_pkt_edns_extended_rcode(packet.get())) << 4;
    reply.authoritative = ldns_pkt_aa(packet.get());
    reply.truncated = ldns_pkt_tc(packet.get());
    reply.answer = recordsOf(ldns_pkt_answer(packet.get()));
    reply.authority = recordsOf(ldns_pkt_authority(packet.get()));
    reply.additional = recordsOf(ldns_pkt_additional(packet.get()));

    const auto counted = [&reply](DnsType type) {
        return std::count_if(reply.answer.begin(), reply.answer.end(),
                             [type](const DnsRecord &record) { return record.type == type; });
    };
    if (counted(DnsType::TXT) > maxTxtRecords)
        return corrupt(QStringLiteral("the reply holds more than %1 TXT records; clean them up")
                           .arg(maxTxtRecords));
    if (counted(DnsType::CNAME) > maxCnameRecords)
        return corrupt(
            QStringLiteral("the reply holds more than %1 CNAME records").arg(maxCnameRecords));

    const QSet<DnsName> chain = chainFrom(question.name, reply.answer);
    std::erase_if(reply.answer, [&](const DnsRecord &record) {
        return !chain.contains(record.owner)
            || (record.type != question.type && record.type != DnsType::CNAME);
    });
    std::erase_if(reply.authority, [&](const DnsRecord &record) {
        return std::none_of(chain.begin(), chain.end(),
                            [&](const DnsName &name) { return name.isAtOrBelow(record.owner); });
    });
    return reply;
}

} // namespace sealbook
