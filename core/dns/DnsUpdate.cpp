// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DnsUpdate.h"

#include "core/dns/DnsMessage.h"
#include "core/dns/Wire.h"

#include <QDateTime>
#include <QTimeZone>

namespace sealbook {

namespace {

constexpr unsigned opcodeUpdate = 5U << 11;
constexpr unsigned classIn = 1;
constexpr unsigned classNone = 254; // "delete this very record", RFC 2136 section 2.5.4
constexpr qsizetype maxString = 255;
constexpr std::size_t maxValues = 200;

QByteArray txtRdata(const QString &value)
{
    const QByteArray bytes = value.toLatin1();
    WireWriter writer;
    for (qsizetype at = 0; at == 0 || at < bytes.size(); at += maxString) {
        const QByteArray part = bytes.mid(at, maxString);
        writer.u8(static_cast<unsigned>(part.size()));
        writer.raw(part);
    }
    return writer.bytes();
}

QByteArray packRecords(const std::vector<TxtUpdate> &values, bool adding)
{
    WireWriter writer;
    for (const TxtUpdate &update : values) {
        const QByteArray rdata = txtRdata(update.value);
        writer.name(update.name);
        writer.u16(static_cast<unsigned>(DnsType::TXT));
        writer.u16(adding ? classIn : classNone);
        writer.u32(adding ? static_cast<quint32>(std::max(0, update.ttl)) : 0);
        writer.u16(static_cast<unsigned>(rdata.size()));
        writer.raw(rdata);
    }
    return writer.bytes();
}

// Everything that makes no sense to send.
std::optional<Error> problemIn(const DnsName &zone, const std::vector<TxtUpdate> &values)
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    if (values.size() > maxValues)
        error.detail = QStringLiteral("%1 records are too many for one update").arg(values.size());
    for (const TxtUpdate &update : values) {
        if (!update.name.isAtOrBelow(zone))
            error.detail = QStringLiteral("%1 does not lie in the zone %2")
                               .arg(update.name.text(), zone.absolute());
        const bool plain = std::all_of(update.value.begin(), update.value.end(), [](QChar c) {
            return c.unicode() >= 0x20 && c.unicode() < 0x7f;
        });
        if (!plain || update.value.isEmpty() || update.value.size() > 2048)
            error.detail = QStringLiteral("the value for %1 is empty, too long or not plain ASCII")
                               .arg(update.name.text());
    }
    return error.detail.isEmpty() ? std::nullopt : std::optional(error);
}

QString clockAdvice(quint64 serverTime)
{
    if (serverTime == 0)
        return QStringLiteral("Set this machine's clock, and the server's.");
    const QDateTime time =
        QDateTime::fromSecsSinceEpoch(static_cast<qint64>(serverTime), QTimeZone::utc()).toUTC();
    return QStringLiteral("The server's clock says %1; set the one that is wrong.")
        .arg(time.toString(Qt::ISODate));
}

Error unsignedAnswer(const DnsEndpoint &server, const TsigVerdict &verdict)
{
    Error error;
    error.kind = Error::Kind::Corrupt;
    error.detail =
        QStringLiteral("%1 did what was asked, but %2").arg(server.text(), verdict.reason);
    error.advice = QStringLiteral("Somebody may be answering in the server's name.");
    return error;
}

// What a refusal means in words. `tsigError` is 0 where the reply carries none.
Error refusal(int rcode, int tsigError, quint64 serverTime, const DnsEndpoint &server,
              const DnsName &zone, const QString &what)
{
    const QString name = tsigError != 0 ? rcodeName(tsigError) : rcodeName(rcode);
    Error error;
    error.kind = Error::Kind::ProviderRefused;
    error.evidence = {{QStringLiteral("server"), server.text()},
                      {QStringLiteral("zone"), zone.text()},
                      {QStringLiteral("rcode"), rcodeName(rcode)}};
    if (tsigError != 0)
        error.evidence.insert(QStringLiteral("tsig_error"), rcodeName(tsigError));
    const QString where =
        QStringLiteral("%1 refused %2 %3 (%4): ").arg(server.text(), what, zone.text(), name);
    if (tsigError == 18) {
        error.kind = Error::Kind::Unauthorized;
        error.detail = where + QStringLiteral("the clocks are too far apart");
        error.advice = clockAdvice(serverTime);
    } else if (tsigError == 16 || tsigError == 22) {
        error.kind = Error::Kind::Unauthorized;
        error.detail = where + QStringLiteral("the key's secret is wrong");
        error.advice = QStringLiteral("Copy the key's secret from the server once more.");
    } else if (tsigError == 17) {
        // Some servers answer BADKEY for a record type or name that the key may not touch.
        error.kind = Error::Kind::Unauthorized;
        error.detail = where
            + QStringLiteral("the key's name or algorithm is wrong, or it is not allowed this");
        error.advice = QStringLiteral("Compare name and algorithm with the server's configuration, "
                                      "and look whether the key may edit TXT records there.");
    } else if (rcode == 9) {
        error.kind = Error::Kind::Unauthorized;
        error.detail = where
            + QStringLiteral("the key is wrong or not allowed this, or the server is not "
                             "authoritative for the zone");
        error.advice = QStringLiteral("Look whether this is the zone's primary server and whether "
                                      "the key may edit TXT records there.");
    } else if (rcode == 5) {
        error.kind = Error::Kind::Unauthorized;
        error.detail = where + QStringLiteral("the key is not allowed this");
        error.advice =
            QStringLiteral("Allow the key to update TXT records of this name at the server.");
    } else if (rcode == 10) {
        error.detail = where + QStringLiteral("the name does not lie in the zone");
    } else if (rcode == 2) {
        error.detail = where + QStringLiteral("it could not carry the update out");
        error.advice = QStringLiteral("The server's log says why; often the zone's folder cannot "
                                      "be written.");
    } else {
        error.detail = where + QStringLiteral("no reason given");
    }
    return error;
}

} // namespace

DnsUpdate::DnsUpdate(DnsTransport &transport, DnsEndpoint server, TsigKey key)
    : m_transport(transport)
    , m_server(std::move(server))
    , m_key(std::move(key))
{
}

Task<> DnsUpdate::add(DnsName zone, std::vector<TxtUpdate> values, std::stop_token stop)
{
    if (const auto problem = problemIn(zone, values))
        co_return fail(*problem);
    QByteArray records = packRecords(values, true);
    const auto count = static_cast<quint16>(values.size());
    Task<> task = send(zone, std::move(records), count, stop);
    const Result<> sent = co_await std::move(task);
    if (!sent)
        co_return fail(sent.error(), "adding the TXT record");
    co_return Result<>();
}

Task<> DnsUpdate::remove(DnsName zone, std::vector<TxtUpdate> values, std::stop_token stop)
{
    if (const auto problem = problemIn(zone, values))
        co_return fail(*problem);
    QByteArray records = packRecords(values, false);
    const auto count = static_cast<quint16>(values.size());
    Task<> task = send(zone, std::move(records), count, stop);
    const Result<> sent = co_await std::move(task);
    if (!sent)
        co_return fail(sent.error(), "removing the TXT record");
    co_return Result<>();
}

Task<> DnsUpdate::send(DnsName zone, QByteArray records, quint16 count, std::stop_token stop)
{
    WireWriter writer; // RFC 2136 section 2.2
    writer.u16(randomMessageId());
    writer.u16(opcodeUpdate);
    writer.u16(1);
    writer.u16(0);
    writer.u16(count);
    writer.u16(0);
    writer.name(zone);
    writer.u16(static_cast<unsigned>(DnsType::SOA));
    writer.u16(classIn);
    writer.raw(records);

    Task<Answer> exchanging = exchangeSigned(writer.bytes(), stop);
    const Result<Answer> answer = co_await std::move(exchanging);
    if (!answer)
        co_return fail(answer.error());
    const int rcode = static_cast<unsigned char>(answer->reply.at(3)) & 0xf;
    if (rcode != 0)
        co_return fail(refusal(rcode, answer->verdict.error, answer->verdict.serverTime, m_server,
                               zone, QStringLiteral("the update of")));
    if (!answer->verdict.valid)
        co_return fail(unsignedAnswer(m_server, answer->verdict));
    co_return Result<>();
}

// Questions too are signed: a primary that hides may answer nobody else, and with views the key
// decides which zone is meant.
Task<DnsUpdate::Answer> DnsUpdate::exchangeSigned(QByteArray plain, std::stop_token stop)
{
    const auto now = static_cast<quint64>(QDateTime::currentSecsSinceEpoch());
    const Result<TsigSigned> message = tsigSign(plain, m_key, now);
    if (!message)
        co_return fail(message.error());
    const QByteArray sent = message->message;
    DnsTransport::Matcher matches = [sent](const QByteArray &reply) {
        // RFC 2136 section 3.8 lets the sections of a reply be empty.
        return isReplyTo(reply, sent) || isBareReplyTo(reply, sent);
    };
    const DnsEndpoint server = m_server;
    Task<DnsTransport::Exchanged> task =
        m_transport.exchange(server, sent, std::move(matches), m_limit, stop);
    const Result<DnsTransport::Exchanged> exchanged = co_await std::move(task);
    if (!exchanged)
        co_return fail(exchanged.error());
    const auto later = static_cast<quint64>(QDateTime::currentSecsSinceEpoch());
    const Result<TsigVerdict> verdict = tsigVerify(exchanged->reply, message->mac, m_key, later);
    if (!verdict)
        co_return fail(verdict.error());
    Answer answer;
    answer.reply = exchanged->reply;
    answer.verdict = *verdict;
    co_return answer;
}

Task<QStringList> DnsUpdate::find(DnsName name, std::stop_token stop)
{
    const DnsQuestion question{name, DnsType::TXT, false};
    const QByteArray plain = packQuestion(question, randomMessageId());
    Task<Answer> exchanging = exchangeSigned(plain, stop);
    const Result<Answer> answer = co_await std::move(exchanging);
    if (!answer)
        co_return fail(answer.error(), "looking for the TXT record");
    const Result<DnsReply> reply = parseReply(answer->reply, question);
    if (!reply)
        co_return fail(reply.error(), "looking for the TXT record");
    if (reply->rcode != 0 && reply->rcode != 3) {
        Error error = refusal(reply->rcode, answer->verdict.error, answer->verdict.serverTime,
                              m_server, name, QStringLiteral("the question for"));
        co_return fail(std::move(error), "looking for the TXT record");
    }
    if (!answer->verdict.valid)
        co_return fail(unsignedAnswer(m_server, answer->verdict), "looking for the TXT record");
    QStringList values;
    for (const DnsRecord &record : reply->answer)
        if (record.type == DnsType::TXT && record.owner == name)
            values.append(record.value);
    co_return values;
}

} // namespace sealbook
