// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateActions.h"

#include "ui/certificates/CertificateImporter.h"
#include "ui/certificates/CertificateWords.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/PageAction.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QWidget>

namespace sealbook {

CertificateActions::CertificateActions(CertificateService &certificates, Dialogs &dialogs,
                                       CertificateImporter &importer, QWidget *page)
    : QObject(page)
    , m_certificates(certificates)
    , m_dialogs(dialogs)
    , m_importer(importer)
    , m_page(page)
{
    m_issue = makePageAction(this, "issueCertificate", tr("&Issue…"), QStringLiteral("issue"),
                             QKeySequence::New);
    m_import = makePageAction(this, "importCertificates", tr("I&mport…"), QStringLiteral("import"),
                              QKeySequence::Open);
    m_paste =
        makePageAction(this, "pasteCertificates", tr("Paste PEM"), QString(), QKeySequence::Paste);
    m_export = makePageAction(this, "exportCertificate", tr("&Export…"), QStringLiteral("export"),
                              Qt::CTRL | Qt::Key_E);
    m_copyPem = makePageAction(this, "copyPem", tr("&Copy PEM"), QStringLiteral("copy"),
                               Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    m_remove = makePageAction(this, "removeCertificate", tr("Remove…"), QStringLiteral("trash"),
                              QKeySequence::Delete);
    m_find =
        makePageAction(this, "findCertificate", tr("Find certificates"), QStringLiteral("search"));
    m_clearFilter = makePageAction(this, "clearCertificateFilter", tr("Clear the filter"));
    m_folder = makePageAction(this, "importFolder", tr("Import a folder…"));
    connect(m_import, &QAction::triggered, this, &CertificateActions::chooseFiles);
    connect(m_folder, &QAction::triggered, this, &CertificateActions::chooseFolder);
    connect(m_paste, &QAction::triggered, this, &CertificateActions::pasteClipboard);
    connect(m_export, &QAction::triggered, this, &CertificateActions::exportWanted);
    connect(m_copyPem, &QAction::triggered, this, &CertificateActions::copyPemOfCurrent);
    connect(m_remove, &QAction::triggered, this, &CertificateActions::removeCurrent);
    setCurrent(nullptr);
}

CertificateActions::~CertificateActions()
{
    m_stop.request_stop();
}

void CertificateActions::setCurrent(const CertificateRecord *record)
{
    m_current = record == nullptr ? std::nullopt : std::optional(*record);
    for (QAction *action : {m_export, m_copyPem, m_remove})
        action->setEnabled(m_current.has_value());
}

void CertificateActions::chooseFiles()
{
    Dialogs::FileQuestion question;
    question.title = tr("Import certificates");
    question.filters = {tr("Certificates and keystores (*.pem *.crt *.cer *.der *.p7b *.p12 *.pfx "
                           "*.key)"),
                        tr("All files (*)")};
    question.several = true;
    m_dialogs.chooseFiles(m_page, question,
                          [this](const QStringList &paths) { m_importer.importFiles(paths); });
}

void CertificateActions::chooseFolder()
{
    Dialogs::FileQuestion question;
    question.title = tr("Import a folder");
    m_dialogs.chooseFolder(m_page, question, [this](const QString &folder) {
        if (!folder.isEmpty())
            m_importer.importFiles({folder});
    });
}

void CertificateActions::pasteClipboard()
{
    const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
    if (mime != nullptr && mime->hasUrls()) {
        QStringList paths;
        for (const QUrl &url : mime->urls()) {
            if (url.isLocalFile())
                paths << url.toLocalFile();
        }
        m_importer.importFiles(paths);
        return;
    }
    // A key may come along: the copies that we hold are wiped, the clipboard's own is the user's.
    QString text = mime == nullptr ? QString() : mime->text();
    QByteArray bytes = text.toUtf8();
    wipe(text);
    Result<Secret> secret = Secret::take(std::move(bytes));
    if (!secret) {
        Q_EMIT failed(secret.error());
        return;
    }
    if (secret->isEmpty()) {
        Error error;
        error.kind = Error::Kind::BadRequest;
        error.detail = tr("The clipboard holds no text.");
        error.advice = tr("Copy a PEM block, from its BEGIN line to its END line.");
        Q_EMIT failed(error);
        return;
    }
    m_importer.importBytes(std::move(*secret), tr("Pasted text"));
}

void CertificateActions::copyPemOfCurrent()
{
    if (!m_current)
        return;
    const Result<Certificate> leaf = Certificate::fromDer(m_current->der);
    if (!leaf) {
        Q_EMIT failed(leaf.error());
        return;
    }
    QGuiApplication::clipboard()->setText(QString::fromLatin1(leaf->pem() + m_current->chainPem));
    Q_EMIT noted(m_current->chainPem.isEmpty() ? tr("The certificate is on the clipboard as PEM.")
                                               : tr("The certificate and its issuers are on the "
                                                    "clipboard as PEM."));
}

void CertificateActions::removeCurrent()
{
    if (!m_current)
        return;
    const QString name = CertificateWords::readable(m_current->names.value(0, m_current->subject));
    Dialogs::Question question;
    question.title = tr("Remove certificate?");
    question.text = tr("%1 is removed from this inventory.").arg(name);
    question.detail = m_current->keyId.isValid()
        ? tr("Its private key goes with it. Whatever serves the certificate keeps doing so; it is "
             "not revoked.")
        : tr("Whatever serves the certificate keeps doing so; it is not revoked.");
    question.accept = tr("Remove");
    question.destructive = true;
    m_dialogs.ask(m_page, question, [this, sha256 = m_current->sha256, name](bool yes) {
        if (!yes)
            return;
        Task<> task = m_certificates.remove(sha256);
        QCoro::connect(std::move(task), this, [this, name](const Result<> &result) {
            if (result)
                Q_EMIT noted(tr("%1 was removed.").arg(name));
            else
                Q_EMIT failed(result.error());
        });
    });
}

} // namespace sealbook
