// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/JobRecord.h"

#include <QJsonArray>

namespace sealbook {

namespace {
QStringList toStringList(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue &item : value.toArray())
        list.append(item.toString());
    return list;
}
} // namespace

QJsonObject toJson(const IssuanceRequest &request)
{
    return {
        {QStringLiteral("names"), QJsonArray::fromStringList(request.names)},
        {QStringLiteral("ca"), request.caId},
        {QStringLiteral("credential"), request.credential},
        {QStringLiteral("key"), QString::fromLatin1(keyTypeName(request.keyType))},
        {QStringLiteral("csr"), QString::fromLatin1(request.csrDer.toBase64())},
        {QStringLiteral("profile"), request.profile},
        {QStringLiteral("account_key"), QString::fromLatin1(keyTypeName(request.accountKeyType))},
        {QStringLiteral("contacts"), QJsonArray::fromStringList(request.contacts)},
        {QStringLiteral("agrees_to_terms"), request.agreesToTerms},
        {QStringLiteral("timeout_s"), static_cast<qint64>(request.timeout.count())},
        {QStringLiteral("unattended"), request.unattended}};
}

IssuanceRequest issuanceRequestFromJson(const QJsonObject &object)
{
    IssuanceRequest request;
    request.names = toStringList(object.value(QStringLiteral("names")));
    request.caId = object.value(QStringLiteral("ca")).toString();
    request.credential = object.value(QStringLiteral("credential")).toString();
    request.keyType =
        keyTypeFromName(object.value(QStringLiteral("key")).toString()).value_or(KeyType::Ec256);
    request.csrDer =
        QByteArray::fromBase64(object.value(QStringLiteral("csr")).toString().toLatin1());
    request.profile = object.value(QStringLiteral("profile")).toString();
    request.accountKeyType = keyTypeFromName(object.value(QStringLiteral("account_key")).toString())
                                 .value_or(KeyType::Ec256);
    request.contacts = toStringList(object.value(QStringLiteral("contacts")));
    request.agreesToTerms = object.value(QStringLiteral("agrees_to_terms")).toBool();
    request.timeout =
        std::chrono::seconds(object.value(QStringLiteral("timeout_s")).toInteger(600));
    request.unattended = object.value(QStringLiteral("unattended")).toBool();
    return request;
}

QString jobStateName(JobRecord::State state)
{
    switch (state) {
    case JobRecord::State::Running:
        return QStringLiteral("running");
    case JobRecord::State::Paused:
        return QStringLiteral("paused");
    case JobRecord::State::Done:
        return QStringLiteral("done");
    case JobRecord::State::Failed:
        return QStringLiteral("failed");
    case JobRecord::State::Cancelled:
        return QStringLiteral("cancelled");
    }
    Q_UNREACHABLE();
}

JobRecord::State jobStateFromName(const QString &name)
{
    for (const auto state : {JobRecord::State::Running, JobRecord::State::Paused,
                             JobRecord::State::Done, JobRecord::State::Cancelled}) {
        if (name == jobStateName(state))
            return state;
    }
    return JobRecord::State::Failed;
}

QString jobStepStateName(JobStep::State state)
{
    switch (state) {
    case JobStep::State::Started:
        return QStringLiteral("started");
    case JobStep::State::Done:
        return QStringLiteral("done");
    case JobStep::State::Failed:
        return QStringLiteral("failed");
    case JobStep::State::Note:
        return QStringLiteral("note");
    }
    Q_UNREACHABLE();
}

JobStep::State jobStepStateFromName(const QString &name)
{
    for (const auto state :
         {JobStep::State::Started, JobStep::State::Done, JobStep::State::Failed}) {
        if (name == jobStepStateName(state))
            return state;
    }
    return JobStep::State::Note;
}

QString txtIntentStateName(TxtIntent::State state)
{
    switch (state) {
    case TxtIntent::State::Intended:
        return QStringLiteral("intended");
    case TxtIntent::State::Published:
        return QStringLiteral("published");
    case TxtIntent::State::Removed:
        return QStringLiteral("removed");
    }
    Q_UNREACHABLE();
}

TxtIntent::State txtIntentStateFromName(const QString &name)
{
    for (const auto state : {TxtIntent::State::Published, TxtIntent::State::Removed}) {
        if (name == txtIntentStateName(state))
            return state;
    }
    return TxtIntent::State::Intended;
}

} // namespace sealbook
