// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ImportReportPanel.h"

#include "ui/widgets/ErrorText.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/Theme.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace sealbook {

namespace {
constexpr qsizetype mostLines = 8;
}

ImportReportPanel::ImportReportPanel(QWidget *parent)
    : QFrame(parent)
    , m_headline(new StateLabel(this))
    , m_lines(makeLabel(LabelKind::Muted, QString(), this, true))
    , m_show(new QPushButton(tr("Show"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("importReport"));
    setAccessibleName(tr("Import report"));
    Theme::setBaseSurface(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 12, 8);
    layout->setSpacing(4);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_headline);
    row->addStretch();
    m_show->setObjectName(QStringLiteral("showImported"));
    m_show->setAccessibleName(tr("Show what was imported"));
    row->addWidget(m_show);
    m_cancel->setObjectName(QStringLiteral("cancelImport"));
    m_cancel->setAccessibleName(tr("Cancel the import"));
    row->addWidget(m_cancel);
    m_close->setObjectName(QStringLiteral("closeReport"));
    m_close->setAutoRaise(true);
    m_close->setIcon(houseIcon(QStringLiteral("close")));
    m_close->setAccessibleName(tr("Close the report"));
    m_close->setToolTip(tr("Close the report"));
    row->addWidget(m_close);
    layout->addLayout(row);
    layout->addWidget(m_lines);
    m_lines->setContentsMargins(20, 0, 0, 0);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_show, &QPushButton::clicked, this, [this] { Q_EMIT showWanted(m_first); });
    connect(m_cancel, &QPushButton::clicked, this, &ImportReportPanel::cancelWanted);
    m_cancel->hide();
    hide();
}

QString ImportReportPanel::numbers(const std::vector<ImportOutcome> &outcomes)
{
    int added = 0;
    int known = 0;
    int keys = 0;
    int requests = 0;
    int failed = 0;
    int skipped = 0;
    for (const ImportOutcome &outcome : outcomes) {
        added += outcome.report.added;
        known += outcome.report.known;
        keys += outcome.report.keysStored;
        requests += outcome.report.requests;
        failed += outcome.error ? 1 : 0;
        skipped += outcome.skipped ? 1 : 0;
    }
    QStringList parts;
    if (added > 0)
        parts << tr("%1 added").arg(added);
    if (known > 0)
        parts << tr("%1 already here").arg(known);
    if (keys > 0)
        parts << (keys == 1 ? tr("1 key put into the vault")
                            : tr("%1 keys put into the vault").arg(keys));
    if (requests > 0)
        parts << (requests == 1 ? tr("1 request kept") : tr("%1 requests kept").arg(requests));
    if (failed > 0)
        parts << tr("%1 not imported").arg(failed);
    if (skipped > 0)
        parts << tr("%1 skipped, no password given").arg(skipped);
    return parts.isEmpty() ? tr("Nothing to import in it") : parts.join(QLatin1String(", "));
}

QStringList ImportReportPanel::linesOf(const ImportOutcome &outcome)
{
    if (outcome.error) {
        // Core's own words say it best; the general sentence only stands in for them.
        const QString &detail = outcome.error->detail;
        const QString what = detail.isEmpty() ? ErrorText::of(*outcome.error).sentence : detail;
        QString line = tr("%1: %2").arg(outcome.source, what);
        if (!line.endsWith(QLatin1Char('.')))
            line += QLatin1Char('.');
        if (!outcome.error->advice.isEmpty())
            line += QLatin1Char(' ') + outcome.error->advice;
        return {line};
    }
    QStringList lines;
    for (const QString &note : outcome.report.notes)
        lines << tr("%1: %2").arg(outcome.source, note);
    return lines;
}

void ImportReportPanel::showOutcomes(const std::vector<ImportOutcome> &outcomes)
{
    bool failed = false;
    m_first.clear();
    QStringList lines;
    for (const ImportOutcome &outcome : outcomes) {
        failed = failed || outcome.error || outcome.skipped;
        lines << linesOf(outcome);
        if (m_first.isEmpty())
            m_first = outcome.report.sha256.value(0);
    }
    if (lines.size() > mostLines) {
        const qsizetype rest = lines.size() - mostLines;
        lines = lines.mid(0, mostLines);
        lines << tr("and %n more lines like these", "", static_cast<int>(rest));
    }
    const QString text = numbers(outcomes);
    const StateStyle style = failed ? StateStyle{StateRole::Act, Glyph::ActNow, text}
                                    : StateStyle{StateRole::Ok, Glyph::Fine, text};
    m_headline->setState(style);
    m_lines->setText(lines.join(QLatin1Char('\n')));
    m_lines->setVisible(!lines.isEmpty());
    m_show->setVisible(!m_first.isEmpty());
    m_cancel->hide();
    setAccessibleDescription(text);
    show();
}

void ImportReportPanel::showProgress(const QString &note)
{
    showNote({StateRole::Wait, Glyph::NotYet, {}}, note);
    m_cancel->show();
}

void ImportReportPanel::showNote(const StateStyle &style, const QString &note)
{
    m_headline->setState(style, note);
    m_lines->hide();
    m_show->hide();
    m_cancel->hide();
    setAccessibleDescription(note);
    show();
}

QString ImportReportPanel::headline() const
{
    return m_headline->text();
}

QString ImportReportPanel::lines() const
{
    return m_lines->text();
}

} // namespace sealbook
