// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/ScriptedCa.h"
#include "tests/support/SigningCa.h"

namespace sealbook {

// Makes a ScriptedCa issue for one name: one order, one dns-01 challenge, and a certificate for the
// key of whatever CSR comes. It believes every answer to the challenge, so a test sees by
// `validations` whether it was asked. Owned by the test, outlives the ScriptedCa's requests.
class IssuingCa
{
public:
    IssuingCa(ScriptedCa &ca, QString name)
        : m_name(std::move(name))
    {
        ca.on(QStringLiteral("/new-order"), [this](const CaRequest &) {
            ++orders;
            return ScriptedCa::reply(201, order(), {{"location", "https://ca.example/order/1"}});
        });
        ca.on(QStringLiteral("/order/1"),
              [this](const CaRequest &) { return ScriptedCa::reply(200, order()); });
        ca.on(QStringLiteral("/authorization/1"),
              [this](const CaRequest &) { return ScriptedCa::reply(200, authorization()); });
        ca.on(QStringLiteral("/challenge/1"), [this](const CaRequest &) {
            ++validations;
            m_status = QStringLiteral("ready");
            return ScriptedCa::reply(200, challenge());
        });
        ca.on(QStringLiteral("/finalize/1"), [this](const CaRequest &request) {
            sign(request.json()[QLatin1String("csr")].toString().toLatin1());
            m_status = QStringLiteral("valid");
            return ScriptedCa::reply(200, order());
        });
        ca.on(QStringLiteral("/certificate/1"), [this](const CaRequest &) {
            return HttpResponse{
                200, {{"content-type", "application/pem-certificate-chain"}}, m_chain};
        });
    }

    int orders = 0; // that were made
    int validations = 0; // that were asked for

private:
    [[nodiscard]] QJsonObject identifier() const
    {
        return {{QStringLiteral("type"), QStringLiteral("dns")}, {QStringLiteral("value"), m_name}};
    }
    [[nodiscard]] QJsonObject order() const
    {
        QJsonObject json{
            {QStringLiteral("status"), m_status},
            {QStringLiteral("identifiers"), QJsonArray{identifier()}},
            {QStringLiteral("authorizations"), QJsonArray{ScriptedCa::text("/authorization/1")}},
            {QStringLiteral("finalize"), ScriptedCa::text("/finalize/1")}};
        if (!m_chain.isEmpty())
            json[QLatin1String("certificate")] = ScriptedCa::text("/certificate/1");
        return json;
    }
    [[nodiscard]] QJsonObject challenge() const
    {
        const bool isDone = m_status != QLatin1String("pending");
        return {{QStringLiteral("type"), QStringLiteral("dns-01")},
                {QStringLiteral("url"), ScriptedCa::text("/challenge/1")},
                {QStringLiteral("status"),
                 isDone ? QStringLiteral("valid") : QStringLiteral("pending")},
                {QStringLiteral("token"), QStringLiteral("token-of-the-ca")}};
    }
    [[nodiscard]] QJsonObject authorization() const
    {
        const QJsonObject one = challenge();
        return {{QStringLiteral("identifier"), identifier()},
                {QStringLiteral("status"), one[QLatin1String("status")]},
                {QStringLiteral("challenges"), QJsonArray{one}}};
    }
    void sign(const QByteArray &csr)
    {
        const QByteArray der = fromBase64Url(csr).value_or(QByteArray());
        const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
        const X509ReqPtr request(d2i_X509_REQ(nullptr, &at, der.size()));
        EVP_PKEY *const key = X509_REQ_get0_pubkey(request.get());
        m_chain = m_issuer.leafPem(key, {m_name}) + m_issuer.pem();
    }

    SigningCa m_root{"Test Root"};
    SigningCa m_issuer{"Test Issuer", &m_root};
    QString m_name;
    QString m_status = QStringLiteral("pending");
    QByteArray m_chain;
};

} // namespace sealbook
