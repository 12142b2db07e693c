// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/HttpTransport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <deque>
#include <optional>

namespace sealbook {

// One request that a test expects and what it is answered. `url` is a whole URL, or a path with
// query that starts with "/" (then any host will do). Each header listed must be sent with exactly
// that value; every secret header that is sent must be listed. A JSON body is compared as JSON. No
// body expected means that none may be sent; the body "*" stands for any.
struct RecordedExchange
{
    QByteArray method = "GET";
    QString url;
    std::vector<HttpHeader> headers;
    QByteArray body;
    HttpResponse reply;
    std::optional<Error> error; // instead of a reply

    // {"request": {"method", "url", "headers": {}, "body": JSON or text},
    //  "reply": {"status", "headers": {}, "body": JSON or text}}, or "error" as in toJson(Error)
    // instead of "reply".
    [[nodiscard]] static RecordedExchange fromJson(const QJsonObject &object)
    {
        const QJsonObject request = object[QLatin1String("request")].toObject();
        RecordedExchange exchange;
        exchange.method = request[QLatin1String("method")].toString(QStringLiteral("GET")).toUtf8();
        exchange.url = request[QLatin1String("url")].toString();
        exchange.headers = headersFromJson(request[QLatin1String("headers")].toObject(), false);
        exchange.body = bytesOf(request[QLatin1String("body")]);
        if (object.contains(QLatin1String("error"))) {
            exchange.error = errorFromJson(object[QLatin1String("error")].toObject());
            return exchange;
        }
        const QJsonObject reply = object[QLatin1String("reply")].toObject();
        exchange.reply.status = reply[QLatin1String("status")].toInt(200);
        exchange.reply.headers = headersFromJson(reply[QLatin1String("headers")].toObject(), true);
        exchange.reply.body = bytesOf(reply[QLatin1String("body")]);
        return exchange;
    }

    [[nodiscard]] static std::vector<RecordedExchange> listFromJson(const QJsonArray &array)
    {
        std::vector<RecordedExchange> exchanges;
        for (const QJsonValue &value : array)
            exchanges.push_back(fromJson(value.toObject()));
        return exchanges;
    }

private:
    static QByteArray bytesOf(const QJsonValue &value)
    {
        if (value.isObject())
            return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
        if (value.isArray())
            return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
        return value.toString().toUtf8();
    }

    static std::vector<HttpHeader> headersFromJson(const QJsonObject &object, bool lowerNames)
    {
        std::vector<HttpHeader> headers;
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QString name = lowerNames ? it.key().toLower() : it.key();
            headers.push_back({name.toUtf8(), it.value().toString().toUtf8()});
        }
        return headers;
    }
};

// An HttpTransport that plays exchanges in their order and fails the running test on the first
// difference between what was expected and what was sent, and at its end for exchanges that nobody
// asked for. Owned by the test, on its thread; every send() answers through the event loop.
class RecordedTransport final : public HttpTransport
{
public:
    RecordedTransport() = default;
    explicit RecordedTransport(std::vector<RecordedExchange> exchanges)
        : m_exchanges(exchanges.begin(), exchanges.end())
    {
    }
    ~RecordedTransport() override
    {
        if (!m_exchanges.empty() && !m_mismatch)
            report(QStringLiteral("%1 recorded exchanges were never asked for, first %2")
                       .arg(m_exchanges.size())
                       .arg(m_exchanges.front().url));
    }

    void expect(RecordedExchange exchange) { m_exchanges.push_back(std::move(exchange)); }
    [[nodiscard]] bool isExhausted() const { return m_exchanges.empty(); }
    [[nodiscard]] int requestCount() const override { return m_count; }
    // Of the last request that was sent, for what a recording cannot pin.
    [[nodiscard]] QByteArray lastBody() const { return m_lastBody; }
    // Takes reports of mismatches instead of QFAIL; for the test of this class.
    void setReporter(std::function<void(QString)> reporter) { m_reporter = std::move(reporter); }

    [[nodiscard]] Task<HttpResponse> send(HttpRequest request, std::stop_token stop) override
    {
        ++m_count;
        m_lastBody = request.body;
        Deferred<HttpResponse> deferred;
        Result<HttpResponse> result = answer(request);
        QMetaObject::invokeMethod(
            qApp, [deferred, result] { deferred.settle(result); }, Qt::QueuedConnection);
        const QString what = QStringLiteral("the recorded reply");
        Task<HttpResponse> task = within(deferred, std::chrono::seconds(10), what, stop);
        co_return co_await std::move(task);
    }

private:
    [[nodiscard]] Result<HttpResponse> answer(const HttpRequest &request)
    {
        const QString sent = QString::fromUtf8(request.method) + QLatin1Char(' ')
            + QString::fromUtf8(request.url.toEncoded());
        if (m_exchanges.empty())
            return mismatch(QStringLiteral("nothing more was expected, but sent was: ") + sent);
        const RecordedExchange wanted = m_exchanges.front();
        m_exchanges.pop_front();
        const QString difference = differenceOf(wanted, request);
        if (!difference.isEmpty())
            return mismatch(sent + QLatin1String(": ") + difference);
        if (wanted.error)
            return fail(*wanted.error);
        return wanted.reply;
    }

    static QString differenceOf(const RecordedExchange &wanted, const HttpRequest &request)
    {
        const QString url = QString::fromUtf8(request.url.toEncoded());
        const QString path = QString::fromUtf8(request.url.toEncoded(
            QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment));
        if (wanted.method != request.method)
            return QStringLiteral("expected the method ") + QString::fromUtf8(wanted.method);
        if (wanted.url != (wanted.url.startsWith(QLatin1Char('/')) ? path : url))
            return QStringLiteral("expected the address ") + wanted.url;
        for (const HttpHeader &header : wanted.headers) {
            const std::optional<QByteArray> value = sentHeader(request, header.name);
            if (!value)
                return QStringLiteral("header %1 is missing").arg(QString::fromUtf8(header.name));
            if (*value != header.value)
                return QStringLiteral("header %1 is \"%2\", expected \"%3\"")
                    .arg(QString::fromUtf8(header.name), QString::fromUtf8(*value),
                         QString::fromUtf8(header.value));
        }
        for (const SecretHeader &secret : request.secretHeaders) {
            const auto listed = [&secret](const HttpHeader &header) {
                return header.name.compare(secret.name, Qt::CaseInsensitive) == 0;
            };
            if (std::none_of(wanted.headers.begin(), wanted.headers.end(), listed))
                return QStringLiteral("the secret header %1 was not expected")
                    .arg(QString::fromUtf8(secret.name));
        }
        if (!bodyMatches(wanted.body, request.body))
            return QStringLiteral("the body is \"%1\", expected \"%2\"")
                .arg(QString::fromUtf8(request.body), QString::fromUtf8(wanted.body));
        return {};
    }

    static std::optional<QByteArray> sentHeader(const HttpRequest &request, const QByteArray &name)
    {
        for (const HttpHeader &header : request.headers) {
            if (header.name.compare(name, Qt::CaseInsensitive) == 0)
                return header.value;
        }
        for (const SecretHeader &header : request.secretHeaders) {
            if (header.name.compare(name, Qt::CaseInsensitive) == 0)
                return QByteArray(header.value.text().data(), qsizetype(header.value.size()));
        }
        return std::nullopt;
    }

    static bool bodyMatches(const QByteArray &wanted, const QByteArray &sent)
    {
        if (wanted == "*" || wanted == sent)
            return true;
        const QJsonDocument wantedJson = QJsonDocument::fromJson(wanted);
        return !wantedJson.isNull() && wantedJson == QJsonDocument::fromJson(sent);
    }

    tl::unexpected<Error> mismatch(const QString &text)
    {
        m_mismatch = true;
        report(text);
        return fail(Error::Kind::Internal, QStringLiteral("recording: ") + text);
    }

    void report(const QString &text) const
    {
        if (m_reporter)
            m_reporter(text);
        else
            QTest::qFail(qPrintable(text), __FILE__, __LINE__);
    }

    std::deque<RecordedExchange> m_exchanges;
    std::function<void(QString)> m_reporter;
    QByteArray m_lastBody;
    int m_count = 0;
    bool m_mismatch = false;
};

} // namespace sealbook
