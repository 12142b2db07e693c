// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ErrorText.h"

#include <QCoreApplication>

namespace sealbook {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("ErrorText", text);
}

struct Words
{
    const char *sentence;
    const char *advice;
};

Words wordsOf(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Network:
        return {QT_TRANSLATE_NOOP("ErrorText", "The other side cannot be reached."),
                QT_TRANSLATE_NOOP("ErrorText",
                                  "Check the network connection and the proxy, then try again.")};
    case Error::Kind::Timeout:
        return {QT_TRANSLATE_NOOP("ErrorText", "It took too long, so it was given up."),
                QT_TRANSLATE_NOOP("ErrorText", "Try again; nothing that was done so far is lost.")};
    case Error::Kind::Cancelled:
        return {QT_TRANSLATE_NOOP("ErrorText", "It was cancelled."), ""};
    case Error::Kind::RateLimited:
        return {QT_TRANSLATE_NOOP("ErrorText", "The other side asks for patience."),
                QT_TRANSLATE_NOOP("ErrorText", "Wait before you try again.")};
    case Error::Kind::Unauthorized:
        return {QT_TRANSLATE_NOOP("ErrorText", "The credential was refused."),
                QT_TRANSLATE_NOOP("ErrorText",
                                  "Check whether it is still valid and has the rights it needs.")};
    case Error::Kind::BadRequest:
        return {QT_TRANSLATE_NOOP("ErrorText", "What was entered cannot be used."),
                QT_TRANSLATE_NOOP("ErrorText", "Correct it, then try again.")};
    case Error::Kind::DnsNotReady:
        return {QT_TRANSLATE_NOOP("ErrorText", "The name servers do not serve the record yet."),
                QT_TRANSLATE_NOOP("ErrorText",
                                  "The certificate authority was not asked. Resume when they do.")};
    case Error::Kind::PolicyDenied:
        return {QT_TRANSLATE_NOOP("ErrorText", "A rule of this profile does not allow it."),
                QT_TRANSLATE_NOOP("ErrorText", "Change the rule, or what was asked for.")};
    case Error::Kind::ApprovalNeeded:
        return {QT_TRANSLATE_NOOP("ErrorText", "Somebody has to approve this first."), ""};
    case Error::Kind::KeychainDenied:
        return {QT_TRANSLATE_NOOP("ErrorText", "The keychain did not open."),
                QT_TRANSLATE_NOOP("ErrorText", "Unlock the keychain, then try again.")};
    case Error::Kind::KeychainAbsent:
        return {
            QT_TRANSLATE_NOOP("ErrorText", "This computer has no keychain that can be used."),
            QT_TRANSLATE_NOOP("ErrorText",
                              "Start a Secret Service such as GNOME Keyring or KWallet. Secrets "
                              "are never put into a file instead.")};
    case Error::Kind::NotFound:
        return {QT_TRANSLATE_NOOP("ErrorText", "It is not there."), ""};
    case Error::Kind::Conflict:
        return {QT_TRANSLATE_NOOP("ErrorText", "Something else stands in the way."), ""};
    case Error::Kind::Corrupt:
        return {QT_TRANSLATE_NOOP("ErrorText", "The data does not hold together."),
                QT_TRANSLATE_NOOP("ErrorText", "Nothing was changed.")};
    case Error::Kind::CaRefused:
        return {QT_TRANSLATE_NOOP("ErrorText", "The certificate authority said no."), ""};
    case Error::Kind::ProviderRefused:
        return {QT_TRANSLATE_NOOP("ErrorText", "The DNS provider said no."), ""};
    case Error::Kind::Internal:
        return {QT_TRANSLATE_NOOP("ErrorText", "Sealbook made a mistake."),
                QT_TRANSLATE_NOOP("ErrorText", "Please report it; the report holds no secret.")};
    }
    Q_UNREACHABLE();
}

QString retryWords(std::chrono::seconds after)
{
    const auto seconds = after.count();
    if (seconds < 90)
        return QCoreApplication::translate("ErrorText", "Can be tried again in %1 s.").arg(seconds);
    if (seconds < 90 * 60)
        return QCoreApplication::translate("ErrorText", "Can be tried again in %1 min.")
            .arg((seconds + 59) / 60);
    return QCoreApplication::translate("ErrorText", "Can be tried again in %1 h.")
        .arg((seconds + 3599) / 3600);
}

} // namespace

ErrorText ErrorText::of(const Error &error)
{
    const Words words = wordsOf(error.kind);
    ErrorText text;
    text.sentence = say(words.sentence);
    text.detail = error.detail;
    for (const Error::Part &part : error.parts) {
        const QString line = part.subject.isEmpty()
            ? part.detail
            : QStringLiteral("%1: %2").arg(part.subject, part.detail);
        text.detail += text.detail.isEmpty() ? line : QLatin1Char('\n') + line;
    }
    text.advice = error.advice;
    if (text.advice.isEmpty() && *words.advice != '\0')
        text.advice = say(words.advice);
    if (error.retryAfter)
        text.retry = retryWords(*error.retryAfter);
    return text;
}

QString asSentence(const QString &phrase)
{
    QString sentence = phrase.trimmed();
    if (sentence.isEmpty())
        return sentence;
    sentence[0] = sentence.at(0).toUpper();
    if (!sentence.back().isPunct() || sentence.endsWith(QLatin1Char('"')))
        sentence += QLatin1Char('.');
    return sentence;
}

QString ErrorText::report(const Error &error)
{
    const ErrorText text = of(error);
    QStringList lines{text.sentence, QString(),
                      QStringLiteral("kind: %1").arg(kindName(error.kind))};
    if (!error.type.isEmpty())
        lines.append(QStringLiteral("type: %1").arg(error.type));
    if (!text.detail.isEmpty())
        lines.append(QStringLiteral("detail: %1").arg(text.detail));
    for (const QString &doing : error.context)
        lines.append(QStringLiteral("while: %1").arg(doing));
    if (!text.advice.isEmpty())
        lines.append(QStringLiteral("advice: %1").arg(text.advice));
    if (error.retryAfter)
        lines.append(QStringLiteral("retry after: %1 s").arg(error.retryAfter->count()));
    if (!error.evidence.isEmpty()) {
        lines.append(QStringLiteral("evidence: %1")
                         .arg(QString::fromUtf8(
                             QJsonDocument(error.evidence).toJson(QJsonDocument::Compact))));
    }
    lines.append(QStringLiteral("program: %1 %2, Qt %3")
                     .arg(QCoreApplication::applicationName(),
                          QCoreApplication::applicationVersion(), QLatin1String(qVersion())));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace sealbook
