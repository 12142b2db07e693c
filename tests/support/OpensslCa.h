// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/Certificate.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>

namespace sealbook {

// A CA made and run with the `openssl` program in a folder of its own: real certificates, real
// revocation lists, and what `openssl ocsp` needs. Owned by a test.
class OpensslCa
{
public:
    explicit OpensslCa(const QString &name = QStringLiteral("Loopback CA"))
    {
        write("index.txt", {});
        write("serial", "1001\n");
        write("crlnumber", "01\n");
        write("ca.cnf",
              "[ca]\ndefault_ca=one\n[one]\ndir=.\nnew_certs_dir=.\ndatabase=index.txt\n"
              "serial=serial\ncrlnumber=crlnumber\ncertificate=ca.pem\nprivate_key=ca.key\n"
              "default_md=sha256\npolicy=any\nunique_subject=no\ncopy_extensions=none\n"
              "[any]\ncommonName=supplied\n");
        run({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-keyout", "ca.key", "-out", "ca.pem", "-days", "100", "-subj", "/CN=" + name.toUtf8(),
             "-addext", "keyUsage=critical,keyCertSign,cRLSign"});
    }

    // A certificate of this CA with these lines of extensions.
    Certificate issue(const QByteArray &name, const QByteArray &extensions)
    {
        write(name + ".ext", extensions);
        run({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
             name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name});
        run({"ca", "-batch", "-config", "ca.cnf", "-in", name + ".csr", "-out", name + ".pem",
             "-notext", "-days", "60", "-extfile", name + ".ext"});
        return one(name + ".pem");
    }
    void revoke(const QByteArray &name, const QByteArray &reason = "keyCompromise")
    {
        run({"ca", "-config", "ca.cnf", "-revoke", name + ".pem", "-crl_reason", reason});
    }
    // The list as it is now, in DER; `section` are lines of extensions.
    QByteArray list(const QByteArray &section = {},
                    const QList<QByteArray> &more = {"-crldays", "7"})
    {
        QList<QByteArray> words{"ca", "-config", "ca.cnf", "-gencrl", "-out", "list.pem"};
        if (!section.isEmpty()) {
            QFile config(path("ca.cnf"));
            const bool isRead = config.open(QIODevice::ReadOnly);
            write("list.cnf",
                  (isRead ? config.readAll() : QByteArray()) + "[list]\n" + section + "\n");
            words = {"ca",       "-config", "list.cnf", "-gencrl",
                     "-crlexts", "list",    "-out",     "list.pem"};
        }
        run(words + more);
        run({"crl", "-in", "list.pem", "-outform", "DER", "-out", "list.der"});
        QFile file(path("list.der"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] Certificate certificate() const { return one("ca.pem"); }
    [[nodiscard]] Certificate one(const QByteArray &file) const
    {
        QFile pem(path(file));
        if (!pem.open(QIODevice::ReadOnly))
            qFatal("openssl made no %s", file.constData());
        return certificatesFromPem(pem.readAll(), true).value().front();
    }
    [[nodiscard]] QString path(const QByteArray &file) const
    {
        return m_folder.filePath(QString::fromUtf8(file));
    }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    QByteArray run(const QList<QByteArray> &words)
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        QStringList arguments;
        for (const QByteArray &word : words)
            arguments << QString::fromUtf8(word);
        process.start(QStringLiteral("openssl"), arguments);
        if (!process.waitForFinished(30'000) || process.exitCode() != 0)
            qFatal("openssl %s: %s", words.first().constData(),
                   process.readAllStandardError().constData());
        return process.readAllStandardOutput();
    }

private:
    void write(const QByteArray &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", name.constData());
    }
    QTemporaryDir m_folder;
};

// A real `openssl ocsp` for such a CA. Owned by a test; ends with it.
class OpensslResponder
{
public:
    // A port that is free now: certificates must name it before the responder starts.
    [[nodiscard]] static quint16 freePort()
    {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHost))
            qFatal("no free port");
        return server.serverPort();
    }
    OpensslResponder(const OpensslCa &ca, quint16 port,
                     const QString &signer = QStringLiteral("ca"), const QStringList &more = {})
    {
        m_process.setWorkingDirectory(ca.folder());
        const QStringList words{QStringLiteral("ocsp"),          QStringLiteral("-index"),
                                QStringLiteral("index.txt"),     QStringLiteral("-port"),
                                QString::number(port),           QStringLiteral("-rsigner"),
                                signer + QStringLiteral(".pem"), QStringLiteral("-rkey"),
                                signer + QStringLiteral(".key"), QStringLiteral("-CA"),
                                QStringLiteral("ca.pem")};
        m_process.start(QStringLiteral("openssl"), words + more);
        QByteArray output;
        while (!output.contains("ACCEPT") && m_process.waitForReadyRead(10'000))
            output += m_process.readAllStandardOutput();
        if (!output.contains("ACCEPT"))
            qFatal("openssl ocsp did not start: %s", m_process.readAllStandardError().constData());
    }
    ~OpensslResponder()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    OpensslResponder(const OpensslResponder &) = delete;
    OpensslResponder &operator=(const OpensslResponder &) = delete;

    // What it answers to a question, without HTTP.
    [[nodiscard]] static QByteArray answer(OpensslCa &ca, const QByteArray &question,
                                           const QByteArray &signer = "ca",
                                           const QList<QByteArray> &more = {"-ndays", "3"})
    {
        QFile file(ca.path("question.der"));
        if (!file.open(QIODevice::WriteOnly) || file.write(question) < 0)
            qFatal("cannot write the question");
        file.close();
        ca.run(QList<QByteArray>{"ocsp", "-index", "index.txt", "-rsigner", signer + ".pem",
                                 "-rkey", signer + ".key", "-CA", "ca.pem", "-reqin",
                                 "question.der", "-respout", "answer.der"}
               + more);
        QFile made(ca.path("answer.der"));
        return made.open(QIODevice::ReadOnly) ? made.readAll() : QByteArray();
    }

private:
    QProcess m_process;
};

} // namespace sealbook
