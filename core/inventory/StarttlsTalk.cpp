// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/StarttlsTalk.h"

#include <array>

namespace sealbook {

namespace {

constexpr qsizetype longestLine = 4096;
constexpr qsizetype mostWords = 160;

// RFC 4511 section 4.14.1: an ExtendedRequest with the StartTLS OID, message 1.
const QByteArray ldapRequest("\x30\x1d\x02\x01\x01\x77\x18\x80\x16"
                             "1.3.6.1.4.1.1466.20037",
                             31);
// Length 8 and the code 80877103, "SSLRequest" of the frontend/backend protocol.
const QByteArray postgresRequest("\x00\x00\x00\x08\x04\xd2\x16\x2f", 8);
const QByteArray tlsNamespace("urn:ietf:params:xml:ns:xmpp-tls");

tl::unexpected<Error> broken(const QString &detail, const QByteArray &words = {})
{
    Error error;
    error.kind = Error::Kind::Network;
    error.detail = detail;
    const QString said = quotedWords(words);
    if (!said.isEmpty()) {
        error.detail += QStringLiteral(": \"%1\"").arg(said);
        error.evidence.insert(QStringLiteral("server_said"), said);
    }
    return fail(std::move(error));
}

tl::unexpected<Error> noTls(const QByteArray &words = {})
{
    Error error = broken(QStringLiteral("the server does not offer TLS"), words).value();
    error.kind = Error::Kind::NotFound;
    return fail(std::move(error));
}

unsigned char byteAt(const QByteArray &bytes, qsizetype at)
{
    return static_cast<unsigned char>(bytes.at(at));
}

// The three digits in front of an answer of SMTP or FTP.
bool isCode(const QByteArray &code)
{
    return code.size() == 3
        && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A BER length at `at`, which moves behind it; -1 while bytes are missing, -2 for nonsense.
qsizetype berLength(const QByteArray &bytes, qsizetype &at)
{
    if (at >= bytes.size())
        return -1;
    const unsigned char first = byteAt(bytes, at++);
    if (first < 0x80)
        return first;
    const int count = first & 0x7f;
    if (count == 0 || count > 3)
        return -2;
    if (at + count > bytes.size())
        return -1;
    qsizetype length = 0;
    for (int i = 0; i < count; ++i)
        length = length << 8 | byteAt(bytes, at++);
    return length;
}

// The element at `at` of type `tag`: its content, and `at` behind it. Empty optional = nonsense.
std::optional<QByteArray> berElement(const QByteArray &bytes, qsizetype &at, unsigned char tag)
{
    if (at >= bytes.size() || byteAt(bytes, at) != tag)
        return std::nullopt;
    ++at;
    const qsizetype length = berLength(bytes, at);
    if (length < 0 || at + length > bytes.size())
        return std::nullopt;
    const QByteArray content = bytes.mid(at, length);
    at += length;
    return content;
}

// Where a start tag of this local name, with any prefix, ends; -1 when it is not (wholly) there.
qsizetype endOfTag(const QByteArray &text, const QByteArray &name)
{
    for (qsizetype at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
        qsizetype before = at - 1;
        if (before >= 0 && text.at(before) == ':') {
            --before;
            while (before >= 0 && std::isalnum(static_cast<int>(byteAt(text, before))) != 0)
                --before;
        }
        const qsizetype behind = at + name.size();
        if (before < 0 || text.at(before) != '<' || behind >= text.size()
            || std::isalnum(static_cast<int>(byteAt(text, behind))) != 0 || text.at(behind) == ':'
            || text.at(behind) == '-')
            continue;
        return text.indexOf('>', behind);
    }
    return -1;
}

} // namespace

QString quotedWords(const QByteArray &bytes)
{
    const QByteArray trimmed = bytes.left(1024).trimmed();
    QString text;
    for (const QChar c : QString::fromUtf8(trimmed)) {
        if (c.isSpace() || c.category() == QChar::Other_Control)
            text += text.endsWith(QLatin1Char(' ')) ? QString() : QStringLiteral(" ");
        else
            text += c.category() == QChar::Other_Format ? QChar(QChar::ReplacementCharacter) : c;
    }
    return text.size() > mostWords ? text.left(mostWords) + QStringLiteral("...") : text;
}

QString protocolOfBytes(const QByteArray &bytes)
{
    static const std::array known{
        std::pair{"SSH-", "SSH"},        std::pair{"HTTP/", "HTTP without TLS"},
        std::pair{"<html", "HTTP"},      std::pair{"<!DOCTYPE", "HTTP"},
        std::pair{"* OK", "IMAP"},       std::pair{"* PREAUTH", "IMAP"},
        std::pair{"* BYE", "IMAP"},      std::pair{"+OK", "POP3"},
        std::pair{"-ERR", "POP3"},       std::pair{"220", "SMTP or FTP"},
        std::pair{"421", "SMTP or FTP"}, std::pair{"554", "SMTP"},
        std::pair{"<?xml", "XMPP"},      std::pair{"<stream", "XMPP"},
        std::pair{"RFB ", "VNC"},        std::pair{"AMQP", "AMQP"}};
    for (const auto &[start, name] : known) {
        if (bytes.startsWith(start))
            return QLatin1String(name);
    }
    // A packet's length and number, then protocol version 10.
    if (bytes.size() > 5 && bytes.at(3) == 0 && bytes.at(4) == 10)
        return QStringLiteral("MySQL");
    return {};
}

StarttlsTalk::StarttlsTalk(EndpointKind kind, QString name)
    : m_kind(kind)
    , m_name(std::move(name))
{
}

QByteArray StarttlsTalk::ready()
{
    m_isReady = true;
    return {};
}

QByteArray StarttlsTalk::opening()
{
    switch (m_kind) {
    case EndpointKind::Tls:
        return ready();
    case EndpointKind::Ldap:
        m_step = Step::Answer;
        return ldapRequest;
    case EndpointKind::Postgres:
        m_step = Step::Answer;
        return postgresRequest;
    case EndpointKind::XmppClient:
    case EndpointKind::XmppServer:
        m_step = Step::Capabilities;
        return "<?xml version='1.0'?><stream:stream to='" + m_name.toHtmlEscaped().toUtf8()
            + "' xmlns='jabber:"
            + (m_kind == EndpointKind::XmppClient ? QByteArray("client") : QByteArray("server"))
            + "' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
    default:
        return {};
    }
}

QString StarttlsTalk::waitsFor() const
{
    switch (m_step) {
    case Step::Greeting:
        return QStringLiteral("the server's greeting");
    case Step::Capabilities:
        return QStringLiteral("the list of what the server can do");
    case Step::Answer:
        break;
    }
    return QStringLiteral("the answer to the request for TLS");
}

Result<QByteArray> StarttlsTalk::feed(const QByteArray &bytes)
{
    m_received += bytes.size();
    if (m_received > maxBytes)
        return broken(QStringLiteral("the server talks without end before TLS"), m_buffer);
    m_buffer += bytes;
    // An alert: the server waits for a ClientHello and calls our words, or their lack, an error.
    if (m_step == Step::Greeting && m_buffer.startsWith(QByteArray("\x15\x03", 2)))
        return broken(QStringLiteral("the server speaks TLS at once, without being asked for it"));
    switch (m_kind) {
    case EndpointKind::Ldap:
        return feedLdap();
    case EndpointKind::XmppClient:
    case EndpointKind::XmppServer:
        return feedXmpp();
    case EndpointKind::Postgres:
        return feedPostgres();
    case EndpointKind::Mysql:
        return feedMysql();
    default:
        return feedLines();
    }
}

Result<QByteArray> StarttlsTalk::feedLines()
{
    QByteArray send;
    qsizetype end = 0;
    while ((end = m_buffer.indexOf('\n')) >= 0) {
        QByteArray line = m_buffer.left(end);
        if (line.endsWith('\r'))
            line.chop(1);
        m_buffer.remove(0, end + 1);
        Result<QByteArray> answer = onLine(line);
        if (!answer)
            return answer;
        // What stands behind the agreement came in the clear: whoever sits between could have put
        // it there (RFC 3207 section 6).
        if (m_isReady && !m_buffer.isEmpty())
            return broken(QStringLiteral("the server sent more in the clear after it agreed to "
                                         "TLS"),
                          m_buffer);
        send += *answer;
    }
    if (m_buffer.size() > longestLine)
        return broken(QStringLiteral("the server sends a line without end"), m_buffer);
    return send;
}

Result<QByteArray> StarttlsTalk::onLine(const QByteArray &line)
{
    switch (m_kind) {
    case EndpointKind::Smtp:
        return smtpLine(line);
    case EndpointKind::Imap:
        return imapLine(line);
    case EndpointKind::Pop3:
        return pop3Line(line);
    default:
        return ftpLine(line);
    }
}

Result<QByteArray> StarttlsTalk::smtpLine(const QByteArray &line)
{
    const QByteArray code = line.left(3);
    const bool isLast = line.size() == 3 || (line.size() > 3 && line.at(3) == ' ');
    if (!isCode(code) || (!isLast && line.at(3) != '-'))
        return broken(QStringLiteral("this is not SMTP"), line);
    switch (m_step) {
    case Step::Greeting:
        if (code != "220")
            return broken(QStringLiteral("the server turns us away"), line);
        if (!isLast)
            return QByteArray();
        m_step = Step::Capabilities;
        return QByteArrayLiteral("EHLO sealbook.invalid\r\n");
    case Step::Capabilities:
        if (code != "250")
            return broken(QStringLiteral("the server refuses EHLO"), line);
        m_offersTls = m_offersTls || line.mid(4).trimmed().toUpper() == "STARTTLS";
        if (!isLast)
            return QByteArray();
        if (!m_offersTls)
            return noTls();
        m_step = Step::Answer;
        return QByteArrayLiteral("STARTTLS\r\n");
    case Step::Answer:
        break;
    }
    if (code != "220")
        return broken(QStringLiteral("the server refuses TLS"), line);
    return isLast ? ready() : QByteArray();
}

Result<QByteArray> StarttlsTalk::imapLine(const QByteArray &line)
{
    if (m_step == Step::Greeting) {
        if (line.startsWith("* PREAUTH"))
            return broken(QStringLiteral("the server lets us in without TLS"), line);
        if (!line.startsWith("* OK"))
            return broken(line.startsWith("* BYE") ? QStringLiteral("the server turns us away")
                                                   : QStringLiteral("this is not IMAP"),
                          line);
        m_step = Step::Answer;
        return QByteArrayLiteral("s1 STARTTLS\r\n");
    }
    if (line.startsWith("s1 OK"))
        return ready();
    if (line.startsWith("s1 NO"))
        return broken(QStringLiteral("the server refuses TLS"), line);
    if (line.startsWith("s1 BAD"))
        return noTls(line);
    if (line.startsWith("* BYE"))
        return broken(QStringLiteral("the server turns us away"), line);
    if (!line.startsWith('*'))
        return broken(QStringLiteral("this is not IMAP"), line);
    return QByteArray();
}

Result<QByteArray> StarttlsTalk::pop3Line(const QByteArray &line)
{
    const bool isOk = line.startsWith("+OK");
    if (!isOk && !line.startsWith("-ERR"))
        return broken(QStringLiteral("this is not POP3"), line);
    if (m_step == Step::Greeting) {
        if (!isOk)
            return broken(QStringLiteral("the server turns us away"), line);
        m_step = Step::Answer;
        return QByteArrayLiteral("STLS\r\n");
    }
    return isOk ? Result<QByteArray>(ready()) : noTls(line);
}

Result<QByteArray> StarttlsTalk::ftpLine(const QByteArray &line)
{
    // RFC 959 section 4.2: a long answer begins with its code and a hyphen and ends with a line of
    // the same code and a blank; between them lines may say anything.
    const QByteArray code = line.left(3);
    const bool isWhole = isCode(code) && (line.size() == 3 || line.at(3) == ' ');
    if (!m_longAnswer.isEmpty() && (!isWhole || code != m_longAnswer))
        return QByteArray();
    if (m_longAnswer.isEmpty() && !isWhole) {
        if (!isCode(code) || line.at(3) != '-')
            return broken(QStringLiteral("this is not FTP"), line);
        m_longAnswer = code;
        return QByteArray();
    }
    m_longAnswer.clear();
    if (m_step == Step::Greeting) {
        if (line.startsWith("120"))
            return QByteArray();
        if (!line.startsWith("220"))
            return broken(QStringLiteral("the server turns us away"), line);
        m_step = Step::Answer;
        return QByteArrayLiteral("AUTH TLS\r\n");
    }
    if (line.startsWith("234"))
        return ready();
    return line.startsWith('5') ? noTls(line)
                                : broken(QStringLiteral("the server refuses TLS"), line);
}

Result<QByteArray> StarttlsTalk::feedLdap()
{
    qsizetype at = 1;
    if (m_buffer.isEmpty())
        return QByteArray();
    const qsizetype length = byteAt(m_buffer, 0) == 0x30 ? berLength(m_buffer, at) : -2;
    if (length == -2 || length > maxBytes)
        return broken(QStringLiteral("this is not LDAP"), m_buffer);
    if (length == -1 || m_buffer.size() < at + length)
        return QByteArray();
    const QByteArray message = m_buffer.mid(at, length);
    const QByteArray rest = m_buffer.mid(at + length);
    qsizetype inside = 0;
    const std::optional<QByteArray> id = berElement(message, inside, 0x02);
    const std::optional<QByteArray> response =
        id ? berElement(message, inside, 0x78) : std::nullopt; // ExtendedResponse
    qsizetype part = 0;
    const std::optional<QByteArray> code =
        response ? berElement(*response, part, 0x0a) : std::nullopt;
    if (!code || code->size() != 1)
        return broken(QStringLiteral("this is not LDAP"), m_buffer);
    if (code->at(0) != 0) {
        const std::optional<QByteArray> matched = berElement(*response, part, 0x04);
        const QByteArray words =
            matched ? berElement(*response, part, 0x04).value_or(QByteArray()) : QByteArray();
        // protocolError: the server does not know the request (section 4.14.2.2).
        return code->at(0) == 2 ? noTls(words)
                                : broken(QStringLiteral("the server refuses TLS (LDAP result %1)")
                                             .arg(static_cast<int>(byteAt(*code, 0))),
                                         words);
    }
    if (!rest.isEmpty())
        return broken(QStringLiteral("the server sent more in the clear after it agreed to TLS"));
    return ready();
}

Result<QByteArray> StarttlsTalk::feedXmpp()
{
    if (m_buffer.contains("<!DOCTYPE") || m_buffer.contains("<!ENTITY"))
        return broken(QStringLiteral("this is not XMPP"), m_buffer); // RFC 6120 section 11.1
    if (!m_buffer.trimmed().isEmpty() && !m_buffer.trimmed().startsWith('<'))
        return broken(QStringLiteral("this is not XMPP"), m_buffer);
    if (endOfTag(m_buffer, "error") >= 0 || endOfTag(m_buffer, "failure") >= 0)
        return broken(QStringLiteral("the server refuses"),
                      m_buffer.mid(std::max(m_buffer.indexOf("error>") - 40, qsizetype(0))));
    if (m_step == Step::Capabilities) {
        const qsizetype start = endOfTag(m_buffer, "features");
        if (start < 0)
            return QByteArray();
        const bool isEmpty = m_buffer.at(start - 1) == '/';
        const qsizetype end = isEmpty ? start : m_buffer.indexOf("features>", start);
        if (end < 0)
            return QByteArray();
        const QByteArray features = m_buffer.left(end);
        if (endOfTag(features, "starttls") < 0 || !features.contains(tlsNamespace))
            return noTls();
        m_buffer.clear();
        m_step = Step::Answer;
        return QByteArray("<starttls xmlns='" + tlsNamespace + "'/>");
    }
    const qsizetype proceed = endOfTag(m_buffer, "proceed");
    if (proceed < 0)
        return QByteArray();
    // <proceed></proceed> is the same as <proceed/>.
    QByteArray rest = m_buffer.mid(proceed + 1).trimmed();
    if (m_buffer.at(proceed - 1) != '/') {
        const qsizetype end = rest.indexOf('>');
        if (end < 0)
            return QByteArray();
        rest = rest.mid(end + 1);
    }
    if (!rest.isEmpty())
        return broken(QStringLiteral("the server sent more in the clear after it agreed to TLS"),
                      rest);
    return ready();
}

Result<QByteArray> StarttlsTalk::feedPostgres()
{
    if (m_buffer.isEmpty())
        return QByteArray();
    const char answer = m_buffer.at(0);
    if (answer == 'N')
        return noTls();
    if (answer == 'S' && m_buffer.size() == 1)
        return ready();
    if (answer == 'S')
        return broken(QStringLiteral("the server sent more in the clear after it agreed to TLS"));
    // An ErrorResponse ('E', length, fields), from servers before the request was known.
    return broken(answer == 'E' ? QStringLiteral("the server refuses TLS")
                                : QStringLiteral("this is not PostgreSQL"),
                  m_buffer.mid(answer == 'E' ? 5 : 0));
}

Result<QByteArray> StarttlsTalk::feedMysql()
{
    if (m_buffer.size() < 5)
        return QByteArray();
    const qsizetype length =
        byteAt(m_buffer, 0) | byteAt(m_buffer, 1) << 8 | byteAt(m_buffer, 2) << 16;
    const unsigned char version = byteAt(m_buffer, 4);
    if (version == 0xff && m_buffer.at(3) == 0)
        return broken(QStringLiteral("the server turns us away"), m_buffer.mid(7));
    if (version != 10 || m_buffer.at(3) != 0 || length > longestLine)
        return broken(QStringLiteral("this is not MySQL"), m_buffer);
    if (m_buffer.size() < 4 + length)
        return QByteArray();
    // Protocol::HandshakeV10: version text, NUL, 4 bytes thread, 8 bytes salt, NUL, capabilities.
    const qsizetype nul = m_buffer.indexOf('\0', 5);
    const qsizetype flags = nul + 1 + 4 + 8 + 1;
    if (nul < 0 || flags + 2 > 4 + length)
        return broken(QStringLiteral("this is not MySQL"), m_buffer);
    if ((byteAt(m_buffer, flags + 1) & 0x08) == 0) // CLIENT_SSL
        return noTls();
    // Protocol::SSLRequest as packet 1: CLIENT_PROTOCOL_41, CLIENT_SSL, CLIENT_SECURE_CONNECTION,
    // the longest packet, utf8, 23 bytes of nothing.
    QByteArray request("\x20\x00\x00\x01\x00\x8a\x00\x00\x00\x00\x00\x01\x21", 13);
    request.append(23, '\0');
    m_isReady = true;
    return request;
}

} // namespace sealbook
