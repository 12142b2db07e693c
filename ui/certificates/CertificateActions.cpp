// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateActions.h"

#include "ui/certificates/CertificateBatch.h"
#include "ui/certificates/CertificateImporter.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/PageAction.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QWidget>

namespace sealbook {

CertificateActions::CertificateActions(CertificateService &certificates,
                                       InventoryService &inventory, Dialogs &dialogs,
                                       CertificateImporter &importer, QWidget *page)
    : QObject(page)
    , m_certificates(certificates)
    , m_inventory(inventory)
    , m_dialogs(dialogs)
    , m_importer(importer)
    , m_page(page)
{
    build();
    connectAll();
    setSelection({});
    showHistory();
}

CertificateActions::~CertificateActions()
{
    m_stop.request_stop();
}

void CertificateActions::build()
{
    m_issue = makePageAction(this, "issueCertificate", tr("&Issue…"), QStringLiteral("issue"),
                             QKeySequence::New);
    m_import = makePageAction(this, "importCertificates", tr("I&mport…"), QStringLiteral("import"),
                              QKeySequence::Open);
    m_importFolder =
        makePageAction(this, "importFolder", tr("Import a folder…"), QStringLiteral("folder"));
    m_importTokens = makePageAction(this, "importTokens", tr("Import from to&kens"));
    m_paste =
        makePageAction(this, "pasteCertificates", tr("Paste PEM"), QString(), QKeySequence::Paste);
    m_export = makePageAction(this, "exportCertificate", tr("&Export…"), QStringLiteral("export"),
                              Qt::CTRL | Qt::Key_E);
    m_report = makePageAction(this, "exportReport", tr("Export &report…"), QStringLiteral("export"),
                              Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    m_copyPem = makePageAction(this, "copyPem", tr("&Copy PEM"), QStringLiteral("copy"),
                               Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    m_copyNames = makePageAction(this, "copyNamesOfSelected", tr("Copy &names"));
    m_tag = makePageAction(this, "tagCertificates", tr("Add a &tag…"), QStringLiteral("tag"),
                           Qt::CTRL | Qt::Key_T);
    m_untag = makePageAction(this, "untagCertificates", tr("Remove a tag…"), QString(),
                             Qt::CTRL | Qt::SHIFT | Qt::Key_T);
    m_owner = makePageAction(this, "setOwner", tr("&Owner…"));
    m_note = makePageAction(this, "setNote", tr("N&ote…"));
    m_retire = makePageAction(this, "retireCertificates", tr("Put &away"));
    m_trash = makePageAction(this, "trashCertificates", tr("Move to tras&h"),
                             QStringLiteral("trash"), QKeySequence::Delete);
    m_restore = makePageAction(this, "restoreCertificates", tr("Take &out of trash"));
    m_delete = makePageAction(this, "deleteForGood", tr("Delete for good…"), QString(),
                              Qt::SHIFT | Qt::Key_Delete);
    m_sameNames = makePageAction(this, "showSameNames", tr("Show the &same names"));
    m_issuedBy = makePageAction(this, "showSameIssuer", tr("Show the same iss&uer"));
    m_undo =
        makePageAction(this, "undoMarks", tr("Undo"), QStringLiteral("undo"), QKeySequence::Undo);
    m_redo = makePageAction(this, "redoMarks", tr("Do again"), QString(), QKeySequence::Redo);
    m_find = makePageAction(this, "findCertificate", tr("Find certificates"),
                            QStringLiteral("search"), QKeySequence::Find);
    m_clearFilter = makePageAction(this, "clearCertificateFilter", tr("Clear the filter"));
}

void CertificateActions::connectAll()
{
    const auto on = [this](QAction *action, auto slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    on(m_import, &CertificateActions::chooseFiles);
    on(m_importFolder, &CertificateActions::chooseFolder);
    on(m_importTokens, [this] { m_importer.importTokens(); });
    on(m_paste, &CertificateActions::pasteClipboard);
    on(m_export, &CertificateActions::startExport);
    on(m_copyPem, &CertificateActions::copyPemOfSelected);
    on(m_copyNames, &CertificateActions::copyNamesOfSelected);
    on(m_retire, &CertificateActions::toggleRetired);
    on(m_trash, &CertificateActions::moveToTrash);
    on(m_restore, &CertificateActions::takeOutOfTrash);
    on(m_delete, &CertificateActions::deleteSelected);
    on(m_undo, [this] { step(true); });
    on(m_redo, [this] { step(false); });
}

QList<QAction *> CertificateActions::all() const
{
    return {m_importFolder, m_importTokens, m_paste,      m_export,    m_report,   m_copyPem,
            m_copyNames,    m_tag,          m_untag,      m_owner,     m_note,     m_retire,
            m_trash,        m_restore,      m_delete,     m_sameNames, m_issuedBy, m_undo,
            m_redo,         m_find,         m_clearFilter};
}

void CertificateActions::fillMenu(QMenu *menu) const
{
    menu->addActions({m_export, m_copyPem, m_copyNames});
    menu->addSeparator();
    menu->addActions({m_sameNames, m_issuedBy});
    menu->addSeparator();
    menu->addActions({m_tag, m_untag, m_owner, m_note, m_retire});
    menu->addSeparator();
    if (m_trash->isEnabled())
        menu->addAction(m_trash);
    if (m_restore->isEnabled())
        menu->addActions({m_restore, m_delete});
}

void CertificateActions::setSelection(CertificateSelection selection)
{
    m_selection = std::move(selection);
    const int count = m_selection.count;
    for (QAction *action : {m_export, m_copyPem, m_retire}) {
        action->setEnabled(count > 0 && m_selection.waiting == 0);
        action->setVisible(m_selection.waiting == 0);
    }
    for (QAction *action : {m_copyNames, m_tag, m_untag, m_owner, m_note})
        action->setEnabled(count > 0);
    for (QAction *action : {m_sameNames, m_issuedBy})
        action->setEnabled(!m_selection.current.isEmpty());
    m_trash->setEnabled(count > m_selection.trashed);
    m_restore->setEnabled(m_selection.trashed > 0);
    m_delete->setEnabled(m_selection.trashed > 0 && m_selection.trashed == count);
    // One of the two stands in the pane.
    m_trash->setVisible(count == 0 || m_trash->isEnabled());
    m_restore->setVisible(m_restore->isEnabled());
    const bool isRetired = count > 0 && m_selection.retired == count;
    m_retire->setText(isRetired ? tr("Take &back into use") : tr("Put &away"));
    m_export->setText(count > 1 ? tr("&Export %n certificates…", "", count) : tr("&Export…"));
}

void CertificateActions::chooseFiles()
{
    Dialogs::FileQuestion question;
    question.title = tr("Import certificates");
    question.filters = {tr("Certificates and keystores (*.pem *.crt *.cer *.der *.p7b *.p7c *.p12 "
                           "*.pfx *.jks *.keystore *.bks *.csr *.key)"),
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

void CertificateActions::startExport()
{
    if (m_selection.count == 1) {
        Q_EMIT exportWanted();
        return;
    }
    Dialogs::FileQuestion question;
    question.title = tr("Export %n certificates into a folder", "", m_selection.count);
    m_dialogs.chooseFolder(m_page, question, [this](const QString &folder) {
        if (!folder.isEmpty())
            exportMany(folder);
    });
}

void CertificateActions::exportMany(const QString &folder)
{
    Task<int> writing =
        exportAll(&m_certificates, m_selection.sha256(), folder, m_stop.get_token());
    QCoro::connect(std::move(writing), this, [this, folder](const Result<int> &written) {
        if (written)
            Q_EMIT noted(tr("%n files with certificate and issuers written to %1.", "", *written)
                             .arg(folder),
                         false);
        else
            Q_EMIT failed(written.error());
    });
}

void CertificateActions::writeReport(ReportRequest request)
{
    Dialogs::FileQuestion question;
    question.title = tr("Export report");
    question.suggestion = QStringLiteral("certificates.html");
    question.filters = {tr("Page, spreadsheet or lines of JSON, by the ending (*.html *.csv "
                           "*.json)")};
    m_dialogs.saveFile(m_page, question, [this, request](const QString &file) mutable {
        if (file.isEmpty())
            return;
        const std::optional<ReportFormat> format = reportFormatOfFile(file);
        if (!format) {
            Error error;
            error.kind = Error::Kind::BadRequest;
            error.detail = tr("“%1” does not say what kind of report it is.").arg(file);
            error.advice = tr("Let its name end in .html, .csv or .json.");
            Q_EMIT failed(error);
            return;
        }
        request.format = *format;
        Task<ReportCounts> writing =
            m_inventory.writeReport(std::move(request), file, m_stop.get_token());
        QCoro::connect(std::move(writing), this, [this, file](const Result<ReportCounts> &counts) {
            if (counts)
                Q_EMIT noted(
                    tr("%n certificates written to %1.", "", static_cast<int>(counts->certificates))
                        .arg(file),
                    false);
            else
                Q_EMIT failed(counts.error());
        });
    });
}

void CertificateActions::copyPemOfSelected()
{
    const QStringList sha256 = m_selection.sha256();
    const bool isOne = sha256.size() == 1;
    Task<QByteArray> reading = pemOfAll(&m_certificates, sha256, isOne, m_stop.get_token());
    QCoro::connect(
        std::move(reading), this,
        [this, count = static_cast<int>(sha256.size())](const Result<QByteArray> &pem) {
            if (!pem) {
                Q_EMIT failed(pem.error());
                return;
            }
            QGuiApplication::clipboard()->setText(QString::fromLatin1(*pem));
            Q_EMIT noted(count == 1 ? tr("The certificate and its issuers are on the "
                                         "clipboard as PEM.")
                                    : tr("%n certificates are on the clipboard as PEM.", "", count),
                         false);
        });
}

void CertificateActions::copyNamesOfSelected()
{
    const QStringList names = m_selection.names();
    QGuiApplication::clipboard()->setText(names.join(QLatin1Char('\n')));
    Q_EMIT noted(
        tr("%n names are on the clipboard, one a line.", "", static_cast<int>(names.size())),
        false);
}

void CertificateActions::edit(const QStringList &sha256, const CertificateEdit &edit,
                              const QString &done)
{
    Task<std::vector<CertificateMarks>> editing = m_inventory.edit(sha256, edit);
    QCoro::connect(std::move(editing), this,
                   [this, done](const Result<std::vector<CertificateMarks>> &before) {
                       receive(before, done);
                   });
}

void CertificateActions::receive(const Result<std::vector<CertificateMarks>> &before,
                                 const QString &done)
{
    if (!before) {
        Q_EMIT failed(before.error());
        return;
    }
    if (before->empty()) {
        Q_EMIT noted(tr("Nothing changed: it is so already."), false);
        return;
    }
    m_history.add({done, *before});
    showHistory();
    Q_EMIT noted(done, true);
}

void CertificateActions::toggleRetired()
{
    CertificateEdit change;
    const bool back = m_selection.retired == m_selection.count;
    change.retired = !back;
    edit(m_selection.sha256(), change,
         back ? tr("%n certificates taken back into use.", "", m_selection.count)
              : tr("%n certificates put away.", "", m_selection.count));
}

void CertificateActions::moveToTrash()
{
    const int count = m_selection.count - m_selection.trashed;
    Task<std::vector<CertificateMarks>> moving = m_inventory.trash(m_selection.sha256());
    QCoro::connect(std::move(moving), this,
                   [this, count](const Result<std::vector<CertificateMarks>> &before) {
                       receive(before, tr("%n certificates moved to the trash.", "", count));
                   });
}

void CertificateActions::takeOutOfTrash()
{
    const int count = m_selection.trashed;
    Task<std::vector<CertificateMarks>> moving = m_inventory.takeOutOfTrash(m_selection.sha256());
    QCoro::connect(std::move(moving), this,
                   [this, count](const Result<std::vector<CertificateMarks>> &before) {
                       receive(before, tr("%n certificates taken out of the trash.", "", count));
                   });
}

// The one thing here that cannot be undone.
void CertificateActions::deleteSelected()
{
    const QStringList sha256 = m_selection.sha256();
    Dialogs::Question question;
    question.title = tr("Delete for good?");
    question.text =
        tr("%n certificates are deleted from this inventory.", "", static_cast<int>(sha256.size()));
    question.detail = tr("Their private keys go with them, and it cannot be undone. Whatever "
                         "serves the certificates keeps doing so; they are not revoked.");
    question.accept = tr("Delete");
    question.destructive = true;
    m_dialogs.ask(m_page, question, [this, sha256](bool yes) {
        if (!yes)
            return;
        Task<int> removing = removeAll(&m_certificates, sha256, m_stop.get_token());
        QCoro::connect(std::move(removing), this, [this](const Result<int> &removed) {
            if (removed)
                Q_EMIT noted(tr("%n certificates deleted.", "", *removed), false);
            else
                Q_EMIT failed(removed.error());
        });
    });
}

void CertificateActions::step(bool back)
{
    if (m_isStepping)
        return;
    std::optional<MarkHistory::Step> taken = back ? m_history.takeUndo() : m_history.takeRedo();
    if (!taken)
        return;
    m_isStepping = true;
    Task<std::vector<CertificateMarks>> restoring = m_inventory.restore(taken->marks);
    QCoro::connect(
        std::move(restoring), this,
        [this, back, what = taken->what](const Result<std::vector<CertificateMarks>> &before) {
            m_isStepping = false;
            if (!before) { // a certificate that is gone: the step leads nowhere
                showHistory();
                Q_EMIT failed(before.error());
                return;
            }
            if (back)
                m_history.undone({what, *before});
            else
                m_history.redone({what, *before});
            showHistory();
            Q_EMIT noted(back ? tr("Undone: %1").arg(what) : tr("Done again: %1").arg(what), !back);
        });
}

void CertificateActions::showHistory()
{
    const QString undo = m_history.undoText();
    const QString redo = m_history.redoText();
    m_undo->setEnabled(!undo.isEmpty());
    m_undo->setToolTip(undo.isEmpty() ? QString() : tr("Undo: %1").arg(undo));
    m_redo->setEnabled(!redo.isEmpty());
    m_redo->setToolTip(redo.isEmpty() ? QString() : tr("Do again: %1").arg(redo));
}

} // namespace sealbook
