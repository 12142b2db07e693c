// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Output.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

namespace sealbook {

namespace {
void write(std::FILE *stream, const QByteArray &line)
{
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
}

// Texts of certificates, name servers and CAs come along: none of them steers the terminal, or
// writes backwards in it. Line breaks and tabs are ours.
bool steers(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
        return c != U'\n' && c != U'\t';
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

template <typename Function>
QByteArray withSteering(const QString &text, Function instead)
{
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u' ' && c < u'\x7f'; }))
        return text.toLatin1();
    QString plain;
    plain.reserve(text.size());
    for (const uint c : text.toUcs4()) {
        if (steers(c))
            plain += instead(c);
        else
            plain += QStringView(QChar::fromUcs4(c));
    }
    return plain.toUtf8();
}

QByteArray printable(const QString &text)
{
    return withSteering(text, [](uint) { return QString(QChar::ReplacementCharacter); });
}

// JSON leaves all but the first 32 as they are; escaped they mean the same to who reads it.
QByteArray printableJson(const QJsonObject &object)
{
    const QString text = QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    return withSteering(text, [](uint c) {
        const auto units = QChar::fromUcs4(c);
        QString escaped;
        for (const QChar unit : QStringView(units))
            escaped += QStringLiteral("\\u%1").arg(unit.unicode(), 4, 16, QLatin1Char('0'));
        return escaped;
    });
}

QString boardLine(const BoardRow &row)
{
    QString word = verdictName(row.verdict);
    word.replace(u'_', u' ');
    return QStringLiteral("  %1  %2 (%3)  %4%5")
        .arg(row.recordName.text(), row.server, row.address, word,
             row.reason.isEmpty() ? QString() : QStringLiteral(": ") + row.reason);
}

QString errorText(const Error &error)
{
    QString text = QStringLiteral("sealbook: ") + error.detail;
    for (const QString &doing : error.context)
        text += QStringLiteral("\n  while ") + doing;
    for (const Error::Part &part : error.parts)
        text += QStringLiteral("\n  %1: %2").arg(part.subject, part.detail);
    if (error.retryAfter) {
        const QDateTime when =
            QDateTime::currentDateTime().addSecs(static_cast<qint64>(error.retryAfter->count()));
        text += QStringLiteral("\n  Try again after %1.")
                    .arg(when.toString(QStringLiteral("yyyy-MM-dd HH:mm")));
    }
    if (!error.advice.isEmpty())
        text += QStringLiteral("\n  ") + error.advice;
    return text;
}
} // namespace

QString oneLine(QString text)
{
    return text.replace(u'\n', u' ').replace(u'\t', u' ');
}

QString rfc3339(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

QJsonObject certificateJson(const CertificateRecord &certificate)
{
    return {{QStringLiteral("sha256"), certificate.sha256},
            {QStringLiteral("serial"), certificate.serial},
            {QStringLiteral("names"), QJsonArray::fromStringList(certificate.names)},
            {QStringLiteral("issuer"), certificate.issuer},
            {QStringLiteral("not_before"), rfc3339(certificate.notBefore)},
            {QStringLiteral("not_after"), rfc3339(certificate.notAfter)},
            {QStringLiteral("key_algorithm"), certificate.keyAlgorithm},
            {QStringLiteral("has_key"), certificate.keyId.isValid()},
            {QStringLiteral("origin"), certificate.origin}};
}

void Output::print(const QJsonObject &object)
{
    write(stdout, printableJson(object));
}

void Output::say(const QString &line)
{
    write(m_json ? stderr : stdout, printable(line));
}

void Output::note(const QString &line)
{
    write(stderr, printable(line));
}

void Output::item(QJsonObject object, const QString &line)
{
    if (!m_json) {
        say(oneLine(line));
        return;
    }
    object.insert(QStringLiteral("event"), QStringLiteral("item"));
    print(object);
}

void Output::step(const JobStep &step)
{
    if (step.state == JobStep::State::Started)
        return;
    if (m_json) {
        print({{QStringLiteral("event"), QStringLiteral("step")},
               {QStringLiteral("step"), step.step},
               {QStringLiteral("state"), jobStepStateName(step.state)},
               {QStringLiteral("ms"), static_cast<qint64>(step.took.count())},
               {QStringLiteral("detail"), step.detail}});
        return;
    }
    note(step.state == JobStep::State::Note ? QStringLiteral("  %1").arg(step.detail)
                                            : QStringLiteral("%1 %2 (%3 ms)  %4")
                                                  .arg(step.step, jobStepStateName(step.state))
                                                  .arg(step.took.count())
                                                  .arg(step.detail));
}

void Output::board(const BoardState &board)
{
    if (!m_json && board.headline != m_headline)
        note(board.headline);
    m_headline = board.headline;
    for (std::size_t i = 0; i < board.rows.size(); ++i) {
        const BoardRow &row = board.rows[i];
        const bool known = i < m_shown.size() && m_shown[i].verdict == row.verdict
            && m_shown[i].reason == row.reason && m_shown[i].address == row.address;
        if (known || row.verdict == Verdict::NotAsked)
            continue;
        if (m_json) {
            QJsonObject object = toJson(row);
            object.insert(QStringLiteral("event"), QStringLiteral("board"));
            print(object);
        } else {
            note(boardLine(row));
        }
    }
    m_shown = board.rows;
}

ExitCode Output::finish(const Result<QJsonObject> &result)
{
    if (result) {
        if (m_json) {
            QJsonObject object = *result;
            object.insert(QStringLiteral("event"), QStringLiteral("result"));
            object.insert(QStringLiteral("ok"), true);
            print(object);
        }
        return ExitCode::Done;
    }
    const Error &error = result.error();
    if (m_json)
        print({{QStringLiteral("event"), QStringLiteral("result")},
               {QStringLiteral("ok"), false},
               {QStringLiteral("error"), toJson(error)}});
    note(errorText(error));
    return exitCodeOf(error);
}

} // namespace sealbook
