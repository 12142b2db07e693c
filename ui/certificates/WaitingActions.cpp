// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/WaitingActions.h"

#include "ui/certificates/CertificateImporter.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/PageAction.h"

#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QWidget>

namespace sealbook {

WaitingActions::WaitingActions(CertificateService &certificates, Dialogs &dialogs,
                               CertificateImporter &importer, QWidget *page)
    : QObject(page)
    , m_certificates(certificates)
    , m_dialogs(dialogs)
    , m_importer(importer)
    , m_page(page)
{
    m_copy = makePageAction(this, "copyRequest", tr("Copy the &request"), QStringLiteral("copy"));
    m_save =
        makePageAction(this, "saveRequest", tr("&Save the request…"), QStringLiteral("export"));
    m_match = makePageAction(this, "matchWaiting", tr("&Match a file…"), QStringLiteral("link"));
    connect(m_copy, &QAction::triggered, this, &WaitingActions::copyPem);
    connect(m_save, &QAction::triggered, this, &WaitingActions::chooseFile);
    connect(m_match, &QAction::triggered, this, &WaitingActions::chooseMatch);
    setRow(std::nullopt);
}

WaitingActions::~WaitingActions()
{
    m_stop.request_stop();
}

void WaitingActions::setRow(const std::optional<InventoryRow> &row)
{
    m_row = row && !row->isCertificate() ? row : std::nullopt;
    const bool isRequest = m_row && m_row->is(InventoryRow::IsRequest);
    for (QAction *action : {m_copy, m_save}) {
        action->setEnabled(isRequest);
        action->setVisible(isRequest);
    }
    m_match->setEnabled(m_row.has_value());
    m_match->setVisible(m_row.has_value());
}

void WaitingActions::copyPem()
{
    Task<RequestDetails> reading = m_certificates.requestDetails(m_row->sha256.hex());
    QCoro::connect(std::move(reading), this, [this](const Result<RequestDetails> &details) {
        if (!details) {
            Q_EMIT failed(details.error());
            return;
        }
        QGuiApplication::clipboard()->setText(QString::fromLatin1(details->pem));
        Q_EMIT noted(tr("The request is on the clipboard as PEM."));
    });
}

void WaitingActions::chooseFile()
{
    Dialogs::FileQuestion question;
    question.title = tr("Save the request");
    QString name = m_row->firstName();
    name.replace(QLatin1Char('*'), QLatin1Char('_')).replace(QLatin1Char('/'), QLatin1Char('_'));
    question.suggestion = name + QStringLiteral(".csr");
    question.filters = {tr("Requests (*.csr *.pem)"), tr("All files (*)")};
    m_dialogs.saveFile(m_page, question, [this](const QString &path) {
        if (!path.isEmpty() && m_row)
            save(path);
    });
}

void WaitingActions::save(const QString &path)
{
    Task<> saving = m_certificates.saveRequest(m_row->sha256.hex(), path, m_stop.get_token());
    QCoro::connect(std::move(saving), this, [this, path](const Result<> &saved) {
        if (saved)
            Q_EMIT noted(tr("Written to %1.").arg(path));
        else
            Q_EMIT failed(saved.error());
    });
}

void WaitingActions::chooseMatch()
{
    Dialogs::FileQuestion question;
    question.title = tr("A file that may belong to it");
    question.filters = {tr("All files (*)")};
    m_dialogs.chooseFiles(m_page, question, [this](const QStringList &paths) {
        if (!paths.isEmpty() && m_row)
            match(paths.front());
    });
}

void WaitingActions::match(const QString &path)
{
    Task<QStringList> reading = m_certificates.publicKeysIn(path, Secret(), m_stop.get_token());
    QCoro::connect(std::move(reading), this,
                   [this, path, wanted = m_row->publicKey.hex()](const Result<QStringList> &keys) {
                       receiveMatch(path, keys, wanted);
                   });
}

void WaitingActions::receiveMatch(const QString &path, const Result<QStringList> &publicKeys,
                                  const QString &wanted)
{
    if (!publicKeys) {
        Q_EMIT failed(publicKeys.error());
    } else if (publicKeys->contains(wanted)) {
        Q_EMIT noted(tr("%1 has the same key.").arg(QFileInfo(path).fileName()));
        m_importer.importFiles({path});
    } else {
        Q_EMIT noted(tr("Nothing in %1 has this key.").arg(QFileInfo(path).fileName()));
    }
}

} // namespace sealbook
