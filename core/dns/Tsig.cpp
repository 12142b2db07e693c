// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/Tsig.h"

#include "core/crypto/Base64.h"
#include "core/crypto/Hmac.h"
#include "core/dns/Wire.h"

namespace sealbook {

namespace {

constexpr int headerSize = 12;
constexpr unsigned typeTsig = 250;
constexpr unsigned classAny = 255;
constexpr unsigned fudge = 300; // RFC 8945 section 10 recommends 300 seconds

struct AlgorithmRow
{
    TsigAlgorithm algorithm;
    const char *name; // on the wire, RFC 8945 section 6
    HashAlgorithm hash;
};

constexpr AlgorithmRow algorithms[] = {
    {TsigAlgorithm::HmacMd5, "hmac-md5.sig-alg.reg.int", HashAlgorithm::Md5},
    {TsigAlgorithm::HmacSha1, "hmac-sha1", HashAlgorithm::Sha1},
    {TsigAlgorithm::HmacSha256, "hmac-sha256", HashAlgorithm::Sha256},
    {TsigAlgorithm::HmacSha384, "hmac-sha384", HashAlgorithm::Sha384},
    {TsigAlgorithm::HmacSha512, "hmac-sha512", HashAlgorithm::Sha512},
};

const AlgorithmRow &rowOf(TsigAlgorithm algorithm)
{
    return *std::find_if(
        std::begin(algorithms), std::end(algorithms),
        [algorithm](const AlgorithmRow &row) { return row.algorithm == algorithm; });
}

DnsName wireName(TsigAlgorithm algorithm)
{
    return DnsName::fromText(QString::fromLatin1(rowOf(algorithm).name)).value_or(DnsName());
}

QByteArray labelsOf(const DnsName &name)
{
    WireWriter writer;
    writer.name(name);
    return writer.bytes().chopped(1); // as WireReader::name() gives them
}

struct TsigFields
{
    DnsName key;
    DnsName algorithm;
    quint64 time = 0;
    unsigned fudge = 0;
    unsigned error = 0;
    QByteArray other;
};

// RFC 8945 section 4.3.3: the variables that the MAC covers beside the message.
QByteArray variables(const TsigFields &fields)
{
    WireWriter writer;
    writer.name(fields.key);
    writer.u16(classAny);
    writer.u32(0);
    writer.name(fields.algorithm);
    writer.u48(fields.time);
    writer.u16(fields.fudge);
    writer.u16(fields.error);
    writer.u16(static_cast<unsigned>(fields.other.size()));
    writer.raw(fields.other);
    return writer.bytes();
}

// The same message with another count of additional records.
QByteArray withAdditionalCount(QByteArray message, unsigned count)
{
    message[10] = static_cast<char>(count >> 8 & 0xff);
    message[11] = static_cast<char>(count & 0xff);
    return message;
}

bool equalInConstantTime(const QByteArray &left, const QByteArray &right)
{
    if (left.size() != right.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < left.size(); ++i)
        difference |= static_cast<unsigned char>(left.at(i) ^ right.at(i));
    return difference == 0;
}

// The TSIG record, which is always the last one (RFC 8945 section 5.1).
struct FoundTsig
{
    qsizetype offset = -1;
    QByteArray keyLabels;
    QByteArray algorithmLabels;
    TsigFields fields;
    QByteArray mac;
    unsigned originalId = 0;
};

bool readTsigRdata(const QByteArray &message, qsizetype at, FoundTsig &found)
{
    WireReader reader(message, at);
    found.algorithmLabels = reader.name();
    found.fields.time = reader.u48();
    found.fields.fudge = reader.u16();
    found.mac = reader.raw(static_cast<qsizetype>(reader.u16()));
    found.originalId = reader.u16();
    found.fields.error = reader.u16();
    found.fields.other = reader.raw(static_cast<qsizetype>(reader.u16()));
    return reader.ok();
}

Result<FoundTsig> findTsig(const QByteArray &message)
{
    FoundTsig found;
    WireReader header(message);
    header.raw(4);
    const unsigned questions = header.u16();
    unsigned records = header.u16();
    records += header.u16();
    records += header.u16();
    WireReader reader(message, headerSize);
    for (unsigned i = 0; i < questions && reader.ok(); ++i) {
        reader.name();
        reader.u32();
    }
    for (unsigned i = 0; i < records && reader.ok(); ++i) {
        const qsizetype offset = reader.at();
        const QByteArray owner = reader.name();
        const unsigned type = reader.u16();
        const unsigned recordClass = reader.u16();
        const quint32 ttl = reader.u32();
        const auto length = static_cast<qsizetype>(reader.u16());
        const qsizetype data = reader.at();
        reader.raw(length);
        if (type != typeTsig || i + 1 != records)
            continue;
        found.offset = offset;
        found.keyLabels = owner;
        const bool isProper = recordClass == classAny && ttl == 0; // RFC 8945 section 4.2
        if (!reader.ok() || !isProper || !readTsigRdata(message, data, found))
            break;
        return found;
    }
    if (!reader.ok() || !header.ok() || found.offset >= 0)
        return fail(Error::Kind::Corrupt, QStringLiteral("the signed reply cannot be read"));
    return found;
}

} // namespace

Result<TsigAlgorithm> tsigAlgorithmFromText(const QString &text)
{
    QString plain = text.trimmed().toLower();
    if (plain.endsWith(QLatin1Char('.')))
        plain.chop(1);
    if (plain == QLatin1String("hmac-md5"))
        return TsigAlgorithm::HmacMd5;
    for (const AlgorithmRow &row : algorithms)
        if (plain == QLatin1String(row.name))
            return row.algorithm;
    return fail(Error::Kind::BadRequest,
                QStringLiteral("\"%1\" is not a TSIG algorithm that is known here").arg(text),
                QStringLiteral("Use hmac-sha256, hmac-sha384, hmac-sha512, hmac-sha1 or hmac-md5, "
                               "as the server's configuration names it."));
}

QString tsigAlgorithmName(TsigAlgorithm algorithm)
{
    return QString::fromLatin1(rowOf(algorithm).name);
}

Result<TsigKey> tsigKeyFromFields(const QString &name, const QString &algorithm,
                                  const Secret &base64)
{
    TsigKey key;
    const Result<DnsName> parsed = DnsName::fromText(name.trimmed());
    if (!parsed || parsed->isRoot())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" cannot be the name of a TSIG key").arg(name));
    key.name = *parsed;
    const Result<TsigAlgorithm> known = tsigAlgorithmFromText(algorithm);
    if (!known)
        return fail(known.error());
    key.algorithm = *known;
    Result<Secret> secret = decodeBase64(base64, Base64Alphabet::Standard);
    if (!secret || secret->isEmpty())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the TSIG key \"%1\" is not base64").arg(name),
                    QStringLiteral("Copy the value of \"secret\" from the server's key file, "
                                   "without the quotes."));
    key.secret = std::move(*secret);
    return key;
}

Result<TsigSigned> tsigSign(const QByteArray &message, const TsigKey &key, quint64 seconds)
{
    Q_ASSERT(message.size() >= headerSize);
    TsigFields fields;
    fields.key = key.name;
    fields.algorithm = wireName(key.algorithm);
    fields.time = seconds;
    fields.fudge = fudge;
    const Result<QByteArray> mac =
        hmac(rowOf(key.algorithm).hash, key.secret, message + variables(fields));
    if (!mac)
        return fail(mac.error(), "signing the DNS message");

    WireReader header(message);
    const unsigned id = header.u16();
    header.raw(8);
    const unsigned additional = header.u16();
    WireWriter rdata;
    rdata.name(fields.algorithm);
    rdata.u48(fields.time);
    rdata.u16(fields.fudge);
    rdata.u16(static_cast<unsigned>(mac->size()));
    rdata.raw(*mac);
    rdata.u16(id);
    rdata.u16(0);
    rdata.u16(0);
    WireWriter record;
    record.raw(withAdditionalCount(message, additional + 1));
    record.name(key.name);
    record.u16(typeTsig);
    record.u16(classAny);
    record.u32(0);
    record.u16(static_cast<unsigned>(rdata.bytes().size()));
    record.raw(rdata.bytes());
    return TsigSigned{record.bytes(), *mac};
}

Result<TsigVerdict> tsigVerify(const QByteArray &reply, const QByteArray &requestMac,
                               const TsigKey &key, quint64 seconds)
{
    Result<FoundTsig> found = findTsig(reply);
    if (!found)
        return fail(found.error());
    TsigVerdict verdict;
    verdict.present = found->offset >= 0;
    if (!verdict.present) {
        verdict.reason = QStringLiteral("the reply is not signed");
        return verdict;
    }
    verdict.error = static_cast<int>(found->fields.error);
    if (found->fields.other.size() == 6)
        verdict.serverTime = WireReader(found->fields.other).u48();
    if (found->keyLabels != labelsOf(key.name)
        || found->algorithmLabels != labelsOf(wireName(key.algorithm))) {
        verdict.reason = QStringLiteral("the reply is signed with another key or algorithm");
        return verdict;
    }
    found->fields.key = key.name;
    found->fields.algorithm = wireName(key.algorithm);

    // RFC 8945 section 5.3: request MAC, then the reply as it was before signing, then variables.
    WireReader counts(reply, 10);
    const unsigned additional = counts.u16();
    QByteArray plain = withAdditionalCount(reply.left(found->offset), additional - 1);
    plain[0] = static_cast<char>(found->originalId >> 8 & 0xff);
    plain[1] = static_cast<char>(found->originalId & 0xff);
    WireWriter digested;
    digested.u16(static_cast<unsigned>(requestMac.size()));
    digested.raw(requestMac);
    digested.raw(plain);
    digested.raw(variables(found->fields));
    const Result<QByteArray> mac = hmac(rowOf(key.algorithm).hash, key.secret, digested.bytes());
    if (!mac)
        return fail(mac.error(), "checking the reply's signature");
    if (!equalInConstantTime(*mac, found->mac)) {
        verdict.reason = QStringLiteral("the reply's signature is wrong");
        return verdict;
    }
    const quint64 apart =
        seconds > found->fields.time ? seconds - found->fields.time : found->fields.time - seconds;
    if (apart > found->fields.fudge) {
        verdict.reason =
            QStringLiteral("the reply's signature is %1 seconds off this machine's clock")
                .arg(apart);
        return verdict;
    }
    verdict.valid = true;
    return verdict;
}

} // namespace sealbook
