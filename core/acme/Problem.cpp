// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/Problem.h"

#include "core/base/Log.h"
#include "core/http/RetryAfter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace sealbook {

static constexpr int maxDepth = 32;
static constexpr qsizetype maxTextLength = 2000;
static constexpr qsizetype maxParts = 500;
static const char *const urnPrefix = "urn:ietf:params:acme:error:";

struct KnownProblem
{
    const char *name;
    Error::Kind kind;
    const char *advice;
};

// RFC 8555 section 6.7, RFC 9773 section 7.4, draft-ietf-acme-profiles.
static const KnownProblem knownProblems[] = {
    {"accountDoesNotExist", Error::Kind::NotFound,
     "The CA does not know this account any more. Deactivate it here, then register anew."},
    {"alreadyReplaced", Error::Kind::Conflict,
     "The certificate was renewed already. Order again without naming it."},
    {"alreadyRevoked", Error::Kind::Conflict, "Nothing is left to do."},
    {"badCSR", Error::Kind::BadRequest, "Make a new key and request for this certificate."},
    {"badNonce", Error::Kind::CaRefused,
     "The CA's servers disagree with each other; try again in some minutes."},
    {"badPublicKey", Error::Kind::BadRequest, "Choose another kind of key for the account."},
    {"badRevocationReason", Error::Kind::BadRequest, "Choose another reason."},
    {"badSignatureAlgorithm", Error::Kind::CaRefused,
     "The CA does not accept this account's kind of key. Create another account with an EC P-256 "
     "key."},
    {"caa", Error::Kind::CaRefused,
     "A CAA record of the domain does not allow this CA. Add the CA to it, or choose another CA."},
    {"connection", Error::Kind::CaRefused, ""},
    {"dns", Error::Kind::CaRefused,
     "The CA's resolvers could not read the record. Check the domain's name servers."},
    {"externalAccountRequired", Error::Kind::CaRefused,
     "Get a key identifier and an HMAC key from the CA and enter them at the account."},
    {"incorrectResponse", Error::Kind::CaRefused, ""},
    {"invalidContact", Error::Kind::BadRequest, "Correct the account's e-mail address."},
    {"invalidProfile", Error::Kind::BadRequest, "Choose a profile that the CA offers."},
    {"malformed", Error::Kind::BadRequest, ""},
    {"orderNotReady", Error::Kind::Conflict, "Wait until the order is ready."},
    {"rateLimited", Error::Kind::RateLimited, "Wait until the CA allows the next attempt."},
    {"rejectedIdentifier", Error::Kind::CaRefused,
     "The CA issues nothing for this name. Choose another CA."},
    {"serverInternal", Error::Kind::Network, "The CA has a fault of its own; try again later."},
    {"tls", Error::Kind::CaRefused, ""},
    {"unauthorized", Error::Kind::CaRefused, ""},
    {"unsupportedContact", Error::Kind::BadRequest, "Use an e-mail address as contact."},
    {"unsupportedIdentifier", Error::Kind::BadRequest, "Leave this name out."},
    {"userActionRequired", Error::Kind::CaRefused,
     "Read the CA's terms of service and accept them, then try again."},
};

static const KnownProblem *knownProblem(const QString &type)
{
    for (const KnownProblem &known : knownProblems) {
        if (type == QLatin1String(urnPrefix) + QLatin1String(known.name))
            return &known;
    }
    return nullptr;
}

// A foreign text, fit to be shown: no control characters, no end without end.
static QString shown(const QString &text)
{
    QString clean;
    for (const QChar c : text.left(maxTextLength))
        clean.append(c.category() == QChar::Other_Control ? QChar::fromLatin1(' ') : c);
    return clean.trimmed();
}

static bool nestsTooDeep(const QByteArray &json)
{
    int depth = 0;
    bool inText = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText && c == '\\')
            ++i;
        else if (c == '"')
            inText = !inText;
        else if (!inText && (c == '{' || c == '[') && ++depth > maxDepth)
            return true;
        else if (!inText && (c == '}' || c == ']'))
            --depth;
    }
    return false;
}

Result<QJsonObject> acmeJson(const QByteArray &json)
{
    if (nestsTooDeep(json))
        return fail(
            Error::Kind::Corrupt,
            QStringLiteral("The CA's reply is nested deeper than %1 levels.").arg(maxDepth));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("The CA's reply is not a JSON object (%1).")
                        .arg(document.isNull() ? error.errorString() : QStringLiteral("a list")));
    return document.object();
}

Error errorFromProblem(const QJsonObject &problem)
{
    Error error;
    error.type = shown(problem[QLatin1String("type")].toString());
    const KnownProblem *known = knownProblem(error.type);
    error.kind = known ? known->kind : Error::Kind::CaRefused;
    if (known)
        error.advice = QString::fromLatin1(known->advice);
    error.detail = shown(problem[QLatin1String("detail")].toString());
    if (error.detail.isEmpty())
        error.detail = shown(problem[QLatin1String("title")].toString());
    if (error.detail.isEmpty())
        error.detail = QStringLiteral("The CA gives no reason (%1).")
                           .arg(error.type.isEmpty() ? QStringLiteral("no type") : error.type);
    const QUrl instance(problem[QLatin1String("instance")].toString(), QUrl::StrictMode);
    if (instance.scheme() == QLatin1String("https"))
        error.evidence[QLatin1String("instance")] = instance.toString();

    const QJsonArray subproblems = problem[QLatin1String("subproblems")].toArray();
    for (const QJsonValue &value : subproblems) {
        if (qsizetype(error.parts.size()) >= maxParts)
            break;
        const QJsonObject sub = value.toObject();
        const QJsonObject identifier = sub[QLatin1String("identifier")].toObject();
        error.parts.push_back({shown(identifier[QLatin1String("value")].toString()),
                               shown(sub[QLatin1String("type")].toString()),
                               shown(sub[QLatin1String("detail")].toString())});
    }
    return error;
}

// Boulder names the moment in its text, and not every front end keeps the header.
static std::optional<std::chrono::seconds> retryAfterInText(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("retry after ([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9:]{8}) ?(?:UTC|Z)"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QDateTime until = QDateTime::fromString(
        match.captured(1) + QLatin1Char('T') + match.captured(2) + QLatin1Char('Z'), Qt::ISODate);
    const qint64 seconds = QDateTime::currentDateTimeUtc().secsTo(until);
    return std::chrono::seconds(std::clamp(seconds, qint64(0), qint64(30) * 86400));
}

// The target of the first Link header with that relation (RFC 8288).
static QString linkTarget(const HttpResponse &response, const QString &relation)
{
    static const QRegularExpression pattern(QStringLiteral("<([^<>]*)>\\s*;\\s*rel=\"?([a-z-]+)"));
    for (const HttpHeader &header : response.headers) {
        if (header.name != "link")
            continue;
        auto matches = pattern.globalMatch(QString::fromLatin1(header.value));
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            if (match.captured(2) == relation)
                return match.captured(1);
        }
    }
    return {};
}

static Error errorWithoutProblem(const HttpResponse &response, const QUrl &url)
{
    Error error;
    const QString host = url.host();
    const QString type = shown(QString::fromLatin1(response.header("content-type")));
    error.kind = Error::Kind::Network;
    if (response.status == 429)
        error.kind = Error::Kind::RateLimited;
    if (response.status == 404)
        error.kind = Error::Kind::NotFound;
    if (response.status >= 300 && response.status < 400) {
        error.detail =
            QStringLiteral("%1 answered with a redirect (HTTP %2), which is not followed.")
                .arg(host)
                .arg(response.status);
        error.advice = QStringLiteral(
            "A sign-in page of this network may be in the way, or the address has changed.");
        return error;
    }
    error.detail = QStringLiteral("%1 answered with HTTP %2 and %3, not with an ACME reply.")
                       .arg(host)
                       .arg(response.status)
                       .arg(type.isEmpty() ? QStringLiteral("no content type") : type);
    error.advice = response.status >= 500
        ? QStringLiteral("The CA is overloaded or under maintenance; try again later.")
        : QStringLiteral("Check the address of the CA's directory.");
    return error;
}

static Error errorOfReply(const HttpResponse &response, const QUrl &url)
{
    // Some CAs send their problems as application/json; what decides is the "type" or "detail".
    const Result<QJsonObject> json = acmeJson(response.body);
    const bool problem =
        json && (json->contains(QLatin1String("type")) || json->contains(QLatin1String("detail")));
    if (!problem || response.status < 400)
        return errorWithoutProblem(response, url);
    Error error = errorFromProblem(*json);
    const bool typed = knownProblem(error.type) != nullptr;
    // Here it is the account that is refused; inside an order it is a domain.
    if (isProblem(error, "unauthorized")) {
        error.kind = Error::Kind::Unauthorized;
        error.advice = QStringLiteral("The CA refuses this account. It may be deactivated or "
                                      "revoked; choose or create another account.");
    }
    if (response.status == 404 && (!typed || isProblem(error, "malformed")))
        error.kind = Error::Kind::NotFound;
    if (response.status == 409 && !typed)
        error.kind = Error::Kind::Conflict;
    if (response.status == 429)
        error.kind = Error::Kind::RateLimited;
    if (response.status >= 500 && !typed)
        error.kind = Error::Kind::Network;
    return error;
}

Error errorFromReply(const HttpResponse &response, const QUrl &url)
{
    Error error = errorOfReply(response, url);
    error.retryAfter = retryAfter(response);
    if (error.kind == Error::Kind::RateLimited && !error.retryAfter)
        error.retryAfter = retryAfterInText(error.detail);
    if (response.status == 503 && error.retryAfter)
        error.kind = Error::Kind::RateLimited;
    if (error.retryAfter)
        error.evidence[QLatin1String("retryAt")] = QDateTime::currentDateTimeUtc()
                                                       .addSecs(error.retryAfter->count())
                                                       .toString(Qt::ISODate);
    error.evidence[QLatin1String("url")] = safeUrl(url);
    error.evidence[QLatin1String("status")] = response.status;
    // RFC 8555 section 7.3.3: the new terms stand in a Link header.
    const QUrl terms(linkTarget(response, QStringLiteral("terms-of-service")), QUrl::StrictMode);
    if (isProblem(error, "userActionRequired") && terms.scheme() == QLatin1String("https"))
        error.evidence[QLatin1String("termsOfService")] = terms.toString();
    return error;
}

bool isProblem(const Error &error, const char *name)
{
    return error.type == QLatin1String(urnPrefix) + QLatin1String(name);
}

} // namespace sealbook
