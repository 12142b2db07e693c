// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/TransparencySource.h"

#include "core/http/HttpTransport.h"
#include "core/x509/Certificate.h"
#include "core/x509/CertificateFacts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTimeZone>
#include <QUrlQuery>

#include <array>

namespace sealbook {

namespace {

constexpr std::array kinds{std::pair{TransparencySource::Kind::Search, "search"},
                           std::pair{TransparencySource::Kind::Rfc6962, "rfc6962"},
                           std::pair{TransparencySource::Kind::Static, "static"}};

constexpr qint64 longestReply = 16L * 1024 * 1024;
constexpr qint64 longestCertificate = 256L * 1024;
constexpr std::chrono::seconds limit(60); // search services are slow
constexpr qint64 tileEntries = 256;
constexpr qint64 entriesAtOnce = 256; // that get-entries is asked for; logs give fewer as they like
constexpr int mostDownloads = 100; // of single certificates, in one reading

// Takes values and services only: what it is a part of may be gone before it ends.
Task<QByteArray> fetch(HttpTransport *transport, QUrl url, qint64 bodyLimit, std::stop_token stop)
{
    HttpRequest request;
    request.url = url;
    request.bodyLimit = bodyLimit;
    request.timeout = limit;
    const QString host = url.host();
    Task<HttpResponse> sending = transport->send(std::move(request), stop);
    auto response = co_await std::move(sending);
    if (!response)
        co_return fail(response.error());
    if (response->status != 200) {
        Error error;
        error.kind = response->status == 429 ? Error::Kind::RateLimited : Error::Kind::Network;
        error.detail =
            QStringLiteral("%1 answers with HTTP status %2").arg(host).arg(response->status);
        co_return fail(error);
    }
    co_return std::move(response->body);
}

QUrl below(const QUrl &base, const QString &path)
{
    QUrl url = base;
    QString start = base.path();
    if (!start.endsWith(QLatin1Char('/')))
        start += QLatin1Char('/');
    url.setPath(start + path);
    return url;
}

// Keeps those that are about the domains. What cannot be read is about nobody.
void keepMatching(std::vector<LogEntry> entries, const QStringList &domains,
                  TransparencyReading &reading)
{
    CertificateFactsReader reader;
    for (LogEntry &entry : entries) {
        ++reading.looked;
        const Result<CertificateFacts> facts = reader.read(entry.der);
        if (facts && isAboutDomains(facts->names + QStringList{facts->subject}, domains))
            reading.entries.push_back(std::move(entry));
    }
}

// Where to begin, for logs: entries are numbered from 0.
qint64 startOf(qint64 position, qint64 size)
{
    return position < 0 ? std::max<qint64>(0, size - TransparencySource::firstEntries)
                        : std::min(position, size);
}

// RFC 6962 section 4.
class Rfc6962Source final : public TransparencySource
{
public:
    Rfc6962Source(QUrl url, HttpTransport &transport)
        : m_url(std::move(url))
        , m_transport(transport)
    {
    }
    [[nodiscard]] Task<TransparencyReading> read(TransparencyQuery query,
                                                 std::stop_token stop) override
    {
        return readLog(&m_transport, m_url, std::move(query), std::move(stop));
    }

private:
    static Result<std::vector<LogEntry>> entriesIn(const QByteArray &reply)
    {
        const QJsonArray array =
            QJsonDocument::fromJson(reply).object().value(QLatin1String("entries")).toArray();
        std::vector<LogEntry> entries;
        for (const QJsonValue &value : array) {
            const QJsonObject object = value.toObject();
            const auto bytes = [&object](const char *key) {
                return QByteArray::fromBase64(
                    object.value(QLatin1String(key)).toString().toLatin1());
            };
            const Result<LogEntry> entry = readLogEntry(bytes("leaf_input"), bytes("extra_data"));
            if (!entry)
                return fail(entry.error());
            entries.push_back(*entry);
        }
        if (entries.empty())
            return fail(Error::Kind::Corrupt, QStringLiteral("the log gives no entries"));
        return entries;
    }

    [[nodiscard]] static Task<TransparencyReading>
    readLog(HttpTransport *transport, QUrl base, TransparencyQuery query, std::stop_token stop)
    {
        const QUrl head = below(base, QStringLiteral("ct/v1/get-sth"));
        const auto tree = co_await fetch(transport, head, longestCertificate, stop);
        if (!tree)
            co_return fail(tree.error(), "asking a log for its size");
        const QJsonValue count =
            QJsonDocument::fromJson(*tree).object().value(QLatin1String("tree_size"));
        const qint64 size = count.toInteger(-1);
        if (size < 0)
            co_return fail(
                Error::Kind::Corrupt,
                QStringLiteral("%1 does not say how many entries it has").arg(base.host()));
        TransparencyReading reading;
        reading.position = startOf(query.position, size);
        while (reading.position < size && reading.looked < mostEntries) {
            QUrl url = below(base, QStringLiteral("ct/v1/get-entries"));
            QUrlQuery range;
            const qint64 last = std::min(size, reading.position + entriesAtOnce) - 1;
            range.addQueryItem(QStringLiteral("start"), QString::number(reading.position));
            range.addQueryItem(QStringLiteral("end"), QString::number(last));
            url.setQuery(range);
            const auto reply = co_await fetch(transport, url, longestReply, stop);
            if (!reply)
                co_return fail(reply.error(), "reading a log");
            auto entries = entriesIn(*reply);
            if (!entries)
                co_return fail(entries.error(), "reading a log");
            if (static_cast<qint64>(entries->size()) > last - reading.position + 1)
                co_return fail(Error::Kind::Corrupt,
                               QStringLiteral("the log gives more than it was asked for"));
            reading.position += static_cast<qint64>(entries->size());
            keepMatching(std::move(*entries), query.domains, reading);
        }
        reading.isComplete = reading.position >= size;
        co_return reading;
    }

    const QUrl m_url;
    HttpTransport &m_transport;
};

// https://c2sp.org/static-ct-api
class StaticSource final : public TransparencySource
{
public:
    StaticSource(QUrl url, HttpTransport &transport)
        : m_url(std::move(url))
        , m_transport(transport)
    {
    }
    [[nodiscard]] Task<TransparencyReading> read(TransparencyQuery query,
                                                 std::stop_token stop) override
    {
        return readTiles(&m_transport, m_url, std::move(query), std::move(stop));
    }

private:
    // "x001/x234/067", and ".p/12" behind it for a tile that is not full.
    static QString tilePath(qint64 tile, qint64 width)
    {
        QString path = QStringLiteral("%1").arg(tile % 1000, 3, 10, QLatin1Char('0'));
        for (qint64 rest = tile / 1000; rest > 0; rest /= 1000)
            path.prepend(QStringLiteral("x%1/").arg(rest % 1000, 3, 10, QLatin1Char('0')));
        path.prepend(QStringLiteral("tile/data/"));
        return width < tileEntries ? path + QStringLiteral(".p/%1").arg(width) : path;
    }

    [[nodiscard]] static Task<TransparencyReading>
    readTiles(HttpTransport *transport, QUrl base, TransparencyQuery query, std::stop_token stop)
    {
        const QUrl head = below(base, QStringLiteral("checkpoint"));
        const auto checkpoint = co_await fetch(transport, head, longestCertificate, stop);
        if (!checkpoint)
            co_return fail(checkpoint.error(), "asking a log for its size");
        const auto size = sizeFromCheckpoint(*checkpoint);
        if (!size)
            co_return fail(size.error());
        TransparencyReading reading;
        reading.position = startOf(query.position, *size);
        while (reading.position < *size && reading.looked < mostEntries) {
            const qint64 tile = reading.position / tileEntries;
            const qint64 width = std::min(tileEntries, *size - tile * tileEntries);
            const QUrl url = below(base, tilePath(tile, width));
            const auto bytes = co_await fetch(transport, url, longestReply, stop);
            if (!bytes)
                co_return fail(bytes.error(), "reading a log");
            auto entries = readLogTile(*bytes);
            if (!entries)
                co_return fail(entries.error(), "reading a log");
            if (static_cast<qint64>(entries->size()) != width)
                co_return fail(Error::Kind::Corrupt,
                               QStringLiteral("a tile of the log has %1 entries instead of %2")
                                   .arg(entries->size())
                                   .arg(width));
            // Those of the tile that were read before.
            const auto known = static_cast<std::ptrdiff_t>(reading.position - tile * tileEntries);
            entries->erase(entries->begin(), entries->begin() + known);
            reading.position = tile * tileEntries + width;
            keepMatching(std::move(*entries), query.domains, reading);
        }
        reading.isComplete = reading.position >= *size;
        co_return reading;
    }

    const QUrl m_url;
    HttpTransport &m_transport;
};

// A search service: "?q=DOMAIN&output=json" gives a list, "?d=ID" one certificate as PEM.
class SearchSource final : public TransparencySource
{
public:
    SearchSource(QUrl url, HttpTransport &transport)
        : m_url(std::move(url))
        , m_transport(transport)
    {
    }
    [[nodiscard]] Task<TransparencyReading> read(TransparencyQuery query,
                                                 std::stop_token stop) override
    {
        return search(&m_transport, m_url, std::move(query), std::move(stop));
    }

private:
    struct Hit
    {
        qint64 id = 0;
        QString serial;
        QDateTime loggedAt;
    };

    static QDateTime timeIn(const QJsonObject &object, const char *key)
    {
        QDateTime time =
            QDateTime::fromString(object.value(QLatin1String(key)).toString(), Qt::ISODateWithMs);
        time.setTimeZone(QTimeZone::utc()); // they are UTC and do not say so
        return time;
    }

    // What was not seen before and has not ended. A certificate and its precertificate have the
    // same serial number: one of them is enough.
    static Result<std::vector<Hit>> hitsIn(const QByteArray &reply, qint64 position)
    {
        const QJsonDocument document = QJsonDocument::fromJson(reply);
        if (!document.isArray())
            return fail(Error::Kind::Corrupt,
                        QStringLiteral("the search service answers with something else than a "
                                       "list"));
        const QDateTime now = QDateTime::currentDateTimeUtc();
        std::vector<Hit> hits;
        for (const QJsonValue &value : document.array()) {
            const QJsonObject object = value.toObject();
            Hit hit;
            hit.id = object.value(QLatin1String("id")).toInteger();
            hit.serial = object.value(QLatin1String("serial_number")).toString();
            hit.loggedAt = timeIn(object, "entry_timestamp");
            const QDateTime ends = timeIn(object, "not_after");
            if (hit.id > position && (!ends.isValid() || ends > now))
                hits.push_back(hit);
        }
        return hits;
    }

    [[nodiscard]] static Task<TransparencyReading>
    search(HttpTransport *transport, QUrl base, TransparencyQuery query, std::stop_token stop)
    {
        std::vector<Hit> hits;
        for (const QString &domain : query.domains) {
            QUrl url = base;
            QUrlQuery question;
            question.addQueryItem(QStringLiteral("q"), domain);
            question.addQueryItem(QStringLiteral("output"), QStringLiteral("json"));
            url.setQuery(question);
            const auto reply = co_await fetch(transport, url, longestReply, stop);
            if (!reply)
                co_return fail(reply.error(), "searching the logs");
            const auto found = hitsIn(*reply, query.position);
            if (!found)
                co_return fail(found.error(), "searching the logs");
            hits.insert(hits.end(), found->begin(), found->end());
        }
        std::sort(hits.begin(), hits.end(), [](const Hit &a, const Hit &b) { return a.id < b.id; });
        TransparencyReading reading;
        reading.position = std::max<qint64>(0, query.position);
        QSet<QString> serials;
        int downloads = 0;
        for (const Hit &hit : hits) {
            reading.position = hit.id;
            ++reading.looked;
            if (serials.contains(hit.serial))
                continue;
            if (downloads++ >= mostDownloads) {
                reading.position = hit.id - 1;
                reading.isComplete = false;
                break;
            }
            serials.insert(hit.serial);
            QUrl url = base;
            QUrlQuery question;
            question.addQueryItem(QStringLiteral("d"), QString::number(hit.id));
            url.setQuery(question);
            const auto pem = co_await fetch(transport, url, longestCertificate, stop);
            if (!pem && reading.entries.empty())
                co_return fail(pem.error(), "fetching a certificate that was logged");
            if (!pem) { // what came is worth keeping; the rest is for the next reading
                reading.position = hit.id - 1;
                reading.isComplete = false;
                break;
            }
            const auto certificates = certificatesFromPem(*pem, true);
            if (!certificates || certificates->empty())
                continue; // one that nobody can read is nobody's
            LogEntry entry;
            entry.loggedAt = hit.loggedAt;
            entry.der = certificates->front().der();
            entry.isPrecertificate = isPoisoned(certificates->front());
            const QStringList names =
                certificates->front().names() + QStringList{certificates->front().commonName()};
            if (isAboutDomains(names, query.domains))
                reading.entries.push_back(std::move(entry));
        }
        co_return reading;
    }

    // RFC 6962 section 3.1.
    static bool isPoisoned(const Certificate &certificate)
    {
        const std::vector<Certificate::Extension> extensions = certificate.extensions();
        return std::any_of(extensions.begin(), extensions.end(), [](const auto &extension) {
            return extension.oid == QLatin1String("1.3.6.1.4.1.11129.2.4.3");
        });
    }

    const QUrl m_url;
    HttpTransport &m_transport;
};

} // namespace

Result<std::unique_ptr<TransparencySource>> TransparencySource::make(Kind kind, const QUrl &url,
                                                                     HttpTransport &transport)
{
    if (!url.isValid() || url.scheme() != QLatin1String("https") || url.host().isEmpty())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" is not an address that starts with https://")
                        .arg(url.toDisplayString()));
    switch (kind) {
    case Kind::Search:
        return std::make_unique<SearchSource>(url, transport);
    case Kind::Rfc6962:
        return std::make_unique<Rfc6962Source>(url, transport);
    case Kind::Static:
        return std::make_unique<StaticSource>(url, transport);
    }
    Q_UNREACHABLE();
}

QString transparencyKindName(TransparencySource::Kind kind)
{
    for (const auto &[candidate, name] : kinds) {
        if (candidate == kind)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<TransparencySource::Kind> transparencyKindFromName(QStringView name)
{
    for (const auto &[kind, candidate] : kinds) {
        if (name == QLatin1String(candidate))
            return kind;
    }
    return std::nullopt;
}

bool isAboutDomains(const QStringList &names, const QStringList &domains)
{
    for (const QString &name : names) {
        const QString lower = name.toLower();
        for (const QString &domain : domains) {
            if (lower == domain || lower.endsWith(QLatin1Char('.') + domain))
                return true;
        }
    }
    return false;
}

} // namespace sealbook
