// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/RevocationCommands.h"

#include "app/Services.h"
#include "app/cli/Commands.h"
#include "core/inventory/RevocationService.h"
#include "core/store/Store.h"

#include <QRegularExpression>

namespace sealbook {

namespace {

constexpr int unansweredExit = 8; // nobody is known to be revoked, and somebody got no answer

// "30m", "6h", "1d", or seconds; nothing is 0.
Result<std::chrono::seconds> ageFrom(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,7})([smhd]?)$"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (text.isEmpty())
        return std::chrono::seconds(0);
    if (!match.hasMatch())
        return usageError(QStringLiteral("--max-age takes a time, as in 30m, 6h or 1d"));
    const qint64 count = match.captured(1).toLongLong();
    const QString unit = match.captured(2);
    if (unit == QLatin1String("m"))
        return std::chrono::minutes(count);
    if (unit == QLatin1String("h"))
        return std::chrono::hours(count);
    if (unit == QLatin1String("d"))
        return std::chrono::hours(24 * count);
    return std::chrono::seconds(count);
}

// What people write onto a certificate for a name: its first one.
Task<QString> titleOf(CommandCall call, QString sha256)
{
    const auto record = co_await call.services->store().certificate(sha256);
    if (!record)
        co_return fail(record.error());
    const QString first = record->names.isEmpty() ? record->subject : record->names.first();
    co_return first;
}

Task<QJsonObject> check(CommandCall call, std::stop_token stop)
{
    if (call.arguments.isEmpty() && !call.isSet("query"))
        co_return usageError(QStringLiteral("say which certificates: ID... or --query"));
    RevocationService::Options options;
    options.allowsPrivate = call.isSet("private");
    const auto age = ageFrom(call.value("max-age"));
    if (!age)
        co_return fail(age.error());
    options.maxAge = *age;
    Task<QStringList> choosing = chosenCertificates(call, stop);
    const auto chosen = co_await std::move(choosing);
    if (!chosen)
        co_return fail(chosen.error());
    const QStringList ids = *chosen;
    const ProgressSink silent; // the lines below tell it
    const auto records = co_await call.services->revocation().check(ids, options, silent, stop);
    if (!records)
        co_return fail(records.error());
    Error error;
    error.kind = Error::Kind::Conflict;
    int revoked = 0;
    int unanswered = 0;
    for (const RevocationRecord &record : *records) {
        const QString sha256 = record.sha256;
        const auto title = co_await titleOf(call, sha256);
        const QString name = title.value_or(sha256);
        QJsonObject object = revocationJson(record);
        object.insert(QStringLiteral("name"), name);
        call.output->item(
            object,
            QStringLiteral("%1  %2  %3").arg(sha256.left(16), name, revocationText(record)));
        const bool failed = record.error.has_value();
        revoked += record.state == RevocationRecord::State::Revoked ? 1 : 0;
        unanswered += failed ? 1 : 0;
        if (record.state == RevocationRecord::State::Revoked || failed)
            error.parts.push_back(
                {name, revocationStateName(record.state), revocationText(record)});
    }
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(records->size())},
                       {QStringLiteral("revoked"), revoked},
                       {QStringLiteral("unanswered"), unanswered}};
    if (error.parts.empty())
        co_return object;
    error.evidence = object;
    error.detail = revoked > 0
        ? QStringLiteral("%1 of %2 certificates are revoked").arg(revoked).arg(records->size())
        : QStringLiteral("of %1 of %2 certificates nobody could say")
              .arg(unanswered)
              .arg(records->size());
    co_return fail(error);
}

int checkExit(const QCommandLineParser &, Output &, const Result<QJsonObject> &result, int usual)
{
    if (result || !result.error().evidence.contains(QStringLiteral("unanswered")))
        return usual;
    return result.error().evidence.value(QStringLiteral("revoked")).toInt() > 0 ? usual
                                                                                : unansweredExit;
}

} // namespace

QJsonObject revocationJson(const RevocationRecord &record)
{
    QJsonObject object{{QStringLiteral("sha256"), record.sha256},
                       {QStringLiteral("state"), revocationStateName(record.state)},
                       {QStringLiteral("source"), record.source},
                       {QStringLiteral("address"), record.address},
                       {QStringLiteral("detail"), record.detail},
                       {QStringLiteral("checked_at"), rfc3339(record.checkedAt)},
                       {QStringLiteral("this_update"), rfc3339(record.thisUpdate)},
                       {QStringLiteral("next_update"), rfc3339(record.nextUpdate)},
                       {QStringLiteral("revoked_at"), rfc3339(record.revokedAt)},
                       {QStringLiteral("reason"), record.reason},
                       {QStringLiteral("failed_at"), rfc3339(record.failedAt)}};
    object.insert(QStringLiteral("error"),
                  record.error ? QJsonValue(toJson(*record.error)) : QJsonValue());
    return object;
}

QString revocationText(const RevocationRecord &record)
{
    QString text;
    switch (record.state) {
    case RevocationRecord::State::Good:
        text = QStringLiteral("not revoked, says %1 at %2")
                   .arg(record.source.toUpper(), rfc3339(record.checkedAt));
        break;
    case RevocationRecord::State::Revoked:
        text = QStringLiteral("REVOKED on %1%2, says %3 at %4")
                   .arg(rfc3339(record.revokedAt),
                        record.reason.isEmpty() ? QString()
                                                : QStringLiteral(" (%1)").arg(record.reason),
                        record.source.toUpper(), rfc3339(record.checkedAt));
        break;
    case RevocationRecord::State::Unknown:
        text = QStringLiteral("the responder does not know it");
        break;
    case RevocationRecord::State::NotOffered:
        text = QStringLiteral("nobody to ask. ") + record.detail;
        break;
    case RevocationRecord::State::Unanswered:
        return QStringLiteral("no answer: ")
            + (record.error ? record.error->detail : QStringLiteral("never asked"));
    }
    if (record.error)
        text += QStringLiteral("; no answer since: %1").arg(record.error->detail);
    return text;
}

std::vector<Command> revocationCommands()
{
    Command one;
    one.words = QStringLiteral("check revocation");
    one.arguments = QStringLiteral("[ID...]");
    one.summary = QStringLiteral("Ask the CA whether certificates were revoked: by OCSP, else by "
                                 "its list. Exit 1 where one is, 8 where nobody could say.");
    one.maximumArguments = -1;
    one.options = {
        commandOption("query", "All that it finds (see list --query-help).", "Q"),
        commandOption("private",
                      "Also ask addresses of this machine and its network, for a CA of "
                      "your own; who made the certificate chose them."),
        commandOption("max-age", "Take an answer that is not older: 30m, 6h, 1d.", "TIME")};
    one.run = check;
    one.exitCode = checkExit;
    return {one};
}

} // namespace sealbook
