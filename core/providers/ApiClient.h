// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/http/HttpTransport.h"
#include "core/providers/Gate.h"
#include "core/providers/ProviderDefinition.h"
#include "core/providers/Redactor.h"

#include <QMap>

#include <map>

namespace sealbook {

struct ApiReply
{
    int status = 0;
    QJsonValue document; // undefined where the body is not what the definition says
    QByteArray body;
    QUrl next; // Link header of relation "next"
    QByteArray contentType;
    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

// Speaks one provider's HTTP API: fills the templates of its definition in, puts the secrets where
// they belong (headers, or a signature), keeps to the definition's hosts, waits where the other
// side asks for patience, and turns what it says into Errors without our secrets. Owned by
// HttpApiProvider, with it on the main thread; the definition, transport and clock outlive it.
class ApiClient
{
public:
    ApiClient(const ProviderDefinition &definition, QMap<QString, QString> fields,
              std::map<QString, Secret> secrets, HttpTransport &transport, const Clock &clock);

    // {cred.x} of every field that is no secret.
    [[nodiscard]] TemplateVariables variables() const;
    // Sends; any status is a reply, except that patience has its limits (RateLimited). `page`
    // replaces the address where a list goes on.
    [[nodiscard]] Task<ApiReply> call(const RequestTemplate *request, TemplateVariables variables,
                                      QUrl page, std::stop_token stop);
    // True where the reply says that the request was carried out.
    [[nodiscard]] bool succeeded(const ApiReply &reply, const QList<int> &status) const;
    // The error of a reply, with the provider's own words.
    [[nodiscard]] Error errorOf(const ApiReply &reply, const RequestTemplate &request) const;
    // A reply that should be data and is not (a login page, cut JSON).
    [[nodiscard]] Error notUnderstood(const ApiReply &reply) const;

private:
    [[nodiscard]] Result<HttpRequest> build(const RequestTemplate &request,
                                            const TemplateVariables &variables,
                                            const QUrl &page) const;
    [[nodiscard]] Result<QUrl> address(const RequestTemplate &request,
                                       const TemplateVariables &variables, const QUrl &page) const;
    [[nodiscard]] Result<> fillBody(HttpRequest &http, const RequestTemplate &request,
                                    const TemplateVariables &variables) const;
    [[nodiscard]] Result<> authorize(HttpRequest &http) const;
    [[nodiscard]] ApiReply read(const HttpResponse &response) const;
    [[nodiscard]] QString errorCode(const ApiReply &reply) const;
    [[nodiscard]] std::optional<std::chrono::seconds>
    patience(const ApiReply &reply, const HttpResponse &response, int attempt) const;
    [[nodiscard]] const Secret *secret(const QString &field) const;

    const ProviderDefinition &m_definition;
    QMap<QString, QString> m_fields;
    std::map<QString, Secret> m_secrets;
    Redactor m_redactor{m_secrets};
    HttpTransport &m_transport;
    const Clock &m_clock;
    Gate m_gate;
};

} // namespace sealbook
