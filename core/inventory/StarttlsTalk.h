// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/EndpointAddress.h"

#include <QByteArray>

namespace sealbook {

// The words that lead from a plain protocol to TLS, without a socket: it is fed what the server
// sends and says what to send. It says no more than is needed to ask for TLS, and names nobody.
// Everything it reads is bounded. Owned by one probe.
class StarttlsTalk
{
public:
    // `name` is the host that is asked for, which XMPP wants to know before TLS.
    StarttlsTalk(EndpointKind kind, QString name);

    // What to send at once; empty where the server speaks first.
    [[nodiscard]] QByteArray opening();
    // Takes what came; gives what to send now (often nothing). An error ends the talk: Network with
    // the server's own words where it said something, NotFound where it does not offer TLS.
    [[nodiscard]] Result<QByteArray> feed(const QByteArray &bytes);
    // TLS comes next.
    [[nodiscard]] bool isReady() const { return m_isReady; }
    // What is being waited for, for the text of a timeout: "the greeting".
    [[nodiscard]] QString waitsFor() const;

    static constexpr qsizetype maxBytes = 16 * 1024;

private:
    enum class Step { Greeting, Capabilities, Answer };

    [[nodiscard]] Result<QByteArray> onLine(const QByteArray &line);
    [[nodiscard]] Result<QByteArray> smtpLine(const QByteArray &line);
    [[nodiscard]] Result<QByteArray> imapLine(const QByteArray &line);
    [[nodiscard]] Result<QByteArray> pop3Line(const QByteArray &line);
    [[nodiscard]] Result<QByteArray> ftpLine(const QByteArray &line);
    [[nodiscard]] Result<QByteArray> feedLines();
    [[nodiscard]] Result<QByteArray> feedLdap();
    [[nodiscard]] Result<QByteArray> feedXmpp();
    [[nodiscard]] Result<QByteArray> feedPostgres();
    [[nodiscard]] Result<QByteArray> feedMysql();
    [[nodiscard]] QByteArray ready();

    EndpointKind m_kind;
    QString m_name;
    Step m_step = Step::Greeting;
    QByteArray m_buffer;
    QByteArray m_longAnswer; // FTP: the code of the answer that we are inside of
    qsizetype m_received = 0;
    bool m_offersTls = false; // among the capabilities
    bool m_isReady = false;
};

// What a server that does not speak TLS seems to speak, by its first bytes: "SSH", "SMTP". Empty
// when it is not known.
[[nodiscard]] QString protocolOfBytes(const QByteArray &bytes);
// A server's words as they fit into a sentence: printable, on one line, at most 160 characters.
[[nodiscard]] QString quotedWords(const QByteArray &bytes);

} // namespace sealbook
