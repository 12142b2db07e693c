// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/AuditView.h"

#include "ui/activity/ActivityWords.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/RecordTable.h"
#include "ui/widgets/StateLabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int mostShown = 10'000;
}

AuditView::AuditView(AuditLog &audit, Dialogs &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_audit(audit)
    , m_dialogs(dialogs)
    , m_verify(new QAction(houseIcon(QStringLiteral("shield")), tr("&Verify now"), this))
    , m_export(new QAction(houseIcon(QStringLiteral("export")), tr("E&xport JSON lines…"), this))
    , m_chain(new StateLabel(this))
    , m_shown(makeLabel(LabelKind::Muted, QString(), this))
    , m_note(new NoteBar(this))
    , m_error(new ErrorPanel(this))
    , m_list(new QStackedWidget(this))
    , m_table(new RecordTable(&m_model, tr("Audit log"), 28, this))
    , m_empty(new EmptyState(this))
{
    build();
    bind();
}

AuditView::~AuditView()
{
    m_stop.request_stop();
}

void AuditView::build()
{
    m_verify->setObjectName(QStringLiteral("verifyAudit"));
    m_export->setObjectName(QStringLiteral("exportAudit"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 6, 12, 6);
    row->setSpacing(8);
    m_chain->setObjectName(QStringLiteral("chainState"));
    m_chain->setState({StateRole::Off, Glyph::NotAsked, tr("not verified yet")});
    row->addWidget(m_chain);
    row->addWidget(m_shown);
    row->addStretch();
    for (QAction *action : {m_verify, m_export}) {
        auto *button = new QPushButton(action->icon(), action->text(), this);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setMinimumHeight(28);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button,
                [button, action] { button->setEnabled(action->isEnabled()); });
        row->addWidget(button);
    }
    layout->addLayout(row);
    layout->addWidget(m_note);
    layout->addWidget(m_error);
    layout->addWidget(new Line(Qt::Horizontal, this));
    m_table->setObjectName(QStringLiteral("auditTable"));
    m_table->setColumnSamples(
        {QStringLiteral("29 Nov 2026, 20:11:22 UTC"), QStringLiteral("mkeller@workstation"),
         QStringLiteral("DNS record removed nn"), QString(), QStringLiteral("nnn ProviderRefused")},
        160);
    m_empty->set(tr("Every use of a credential, every record written to DNS and every exported key "
                    "is written here, in a chain that shows when somebody changes it."),
                 nullptr);
    m_list->addWidget(m_empty);
    m_list->addWidget(m_table);
    layout->addWidget(m_list, 1);
}

void AuditView::bind()
{
    connect(m_verify, &QAction::triggered, this, &AuditView::verify);
    connect(m_export, &QAction::triggered, this, &AuditView::chooseFile);
    connect(&m_audit, &AuditLog::appended, this, [this](const AuditEntry &entry) {
        m_model.append(entry);
        m_list->setCurrentWidget(m_table);
        ++m_since;
        showChain();
    });
}

void AuditView::verify()
{
    m_verify->setEnabled(false);
    m_error->clear();
    m_chain->setState({StateRole::Wait, Glyph::NotYet, tr("verifying…")});
    Task<AuditVerdict> task = m_audit.verify(m_stop.get_token());
    QCoro::connect(std::move(task), this, [this](const Result<AuditVerdict> &verdict) {
        m_verify->setEnabled(true);
        if (!verdict) {
            m_chain->setState({StateRole::Off, Glyph::CannotCheck, tr("cannot be verified now")});
            m_error->showError(verdict.error());
            loadEntries(mostShown);
            return;
        }
        m_verdict = *verdict;
        m_walked = true;
        m_since = 0;
        showChain();
        loadEntries(verdict->entries);
    });
}

void AuditView::loadEntries(qint64 count)
{
    const qint64 from = std::max<qint64>(1, count - mostShown + 1);
    Task<std::vector<AuditEntry>> task = m_audit.entries(from, mostShown);
    QCoro::connect(std::move(task), this, [this](const Result<std::vector<AuditEntry>> &entries) {
        if (!entries) {
            m_error->showError(entries.error());
            return;
        }
        m_model.setEntries(*entries);
        m_export->setEnabled(!entries->empty());
        m_list->setCurrentWidget(entries->empty() ? static_cast<QWidget *>(m_empty) : m_table);
        m_shown->setText(m_verdict.entries > m_model.rowCount()
                             ? tr("the newest %n are shown", "", m_model.rowCount())
                             : QString());
        Q_EMIT loaded();
    });
}

void AuditView::showChain()
{
    if (!m_walked)
        return;
    const QString text = ActivityWords::chain(m_verdict);
    if (!m_verdict.intact)
        m_chain->setState({StateRole::Crit, Glyph::Failing, text});
    else if (m_since > 0)
        m_chain->setState({StateRole::Ok, Glyph::Fine, tr("%1, %n since", "", m_since).arg(text)});
    else
        m_chain->setState({StateRole::Ok, Glyph::Fine, text});
}

void AuditView::chooseFile()
{
    Dialogs::FileQuestion question;
    question.title = tr("Export the audit log");
    question.suggestion = QStringLiteral("sealbook-audit.jsonl");
    question.filters = {tr("JSON lines (*.jsonl)")};
    m_dialogs.saveFile(this, question, [this](const QString &file) {
        if (!file.isEmpty())
            writeLines(file);
    });
}

void AuditView::writeLines(const QString &path)
{
    QSaveFile file(path);
    const QByteArray lines = m_model.jsonLines();
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size() && file.commit();
    if (written) {
        m_note->showNote(tr("%n entries written to %1.", "", m_model.rowCount()).arg(path));
        return;
    }
    Error error;
    error.kind = Error::Kind::BadRequest;
    error.detail = tr("%1 could not be written: %2").arg(path, file.errorString());
    error.advice = tr("Choose a folder that you may write to, with room on its disk.");
    m_error->showError(error);
}

QString AuditView::chainText() const
{
    return m_chain->text();
}

QWidget *AuditView::firstFocus() const
{
    return m_model.rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_empty;
}

} // namespace sealbook
