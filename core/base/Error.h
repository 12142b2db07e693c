// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace sealbook {

// The one error of the house. `kind` is what code branches on, `detail` is what happened in plain
// English (the other side's own words where there are any), `evidence` the facts behind it. Core
// never translates: ui/widgets/ErrorText and app/cli turn an Error into a sentence and an advice.
// A value, free to copy between threads. It MUST NOT hold a secret.
struct Error
{
    enum class Kind {
        Network, // no connection, TLS failure, broken reply
        Timeout, // a bound of ours ran out
        Cancelled, // a person or a stop token said so
        RateLimited, // the other side asks for patience; see retryAfter
        Unauthorized, // a credential was refused
        BadRequest, // our input was refused, by us or by the other side
        DnsNotReady, // the name servers do not serve what they must
        PolicyDenied, // a rule of ours forbids it
        ApprovalNeeded, // a person has to approve first
        KeychainDenied, // the keychain is locked, refused, or did not keep its word
        KeychainAbsent, // there is no usable keychain
        NotFound,
        Conflict, // somebody else holds it, or it exists already
        Corrupt, // stored or received data does not hold together
        CaRefused, // the certificate authority said no
        ProviderRefused, // the DNS provider said no
        Internal // a defect of ours
    };

    // One part of an error that concerns one thing, such as the subproblem of one name
    // (RFC 8555 section 6.7.1).
    struct Part
    {
        QString subject;
        QString type;
        QString detail;
        bool operator==(const Part &) const = default;
    };

    Kind kind = Kind::Internal;
    QString detail;
    QString advice; // what to do about it; empty where the face knows better
    QStringList context; // what was being done, innermost first
    QJsonObject evidence;
    std::optional<std::chrono::seconds> retryAfter;
    std::vector<Part> parts;
    QString type; // an ACME problem's URN, else empty

    bool operator==(const Error &) const = default;
};

// The name of a kind, as it stands in JSON ("DnsNotReady") and in the log.
[[nodiscard]] QString kindName(Error::Kind kind);
[[nodiscard]] std::optional<Error::Kind> kindFromName(const QString &name);

// One line for the log: detail, then the context from the inside out.
[[nodiscard]] QString describe(const Error &error);

// An error as it stands in a job's row and in the terminal's result line, and back.
[[nodiscard]] QJsonObject toJson(const Error &error);
[[nodiscard]] Error errorFromJson(const QJsonObject &object);

} // namespace sealbook
