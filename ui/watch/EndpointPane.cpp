// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/EndpointPane.h"

#include "ui/watch/CertificateComparison.h"
#include "ui/watch/EndpointWords.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneHead.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/TimeText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int nameWidth = 72;
constexpr std::size_t shownChanges = 20;
} // namespace

EndpointPane::EndpointPane(QWidget *parent)
    : DetailPane("endpointPane", tr("Endpoint details"), ElidedLabel::Mode::Text, parent)
{
    m_newer = addSection(tr("Served and stored"));
    m_comparison = new CertificateComparison(this);
    connect(m_comparison, &CertificateComparison::certificateWanted, this,
            &EndpointPane::certificateWanted);
    m_newer->add(m_comparison);

    auto *addresses = new QWidget(this);
    auto *layout = new QVBoxLayout(addresses);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_addresses = addresses;
    m_scroll->add(addresses);

    m_history = addSection(tr("History"));
    m_changes = new KeyValueGrid(this);
    m_history->add(m_changes);

    PaneSection *round = addSection(tr("Watching"));
    m_interval = new QComboBox(this);
    m_interval->setObjectName(QStringLiteral("endpointInterval"));
    m_interval->setAccessibleName(tr("How often to look"));
    m_notifies = new QCheckBox(tr("&Tell me when it needs a person"), this);
    m_notifies->setObjectName(QStringLiteral("endpointNotifies"));
    // activated and clicked: only a person's choice, not what is set from here.
    connect(m_interval, &QComboBox::activated, this, &EndpointPane::change);
    connect(m_notifies, &QCheckBox::clicked, this, &EndpointPane::change);
    round->add(m_interval);
    round->add(m_notifies);
}

void EndpointPane::setStatus(const EndpointStatus &status, const QDateTime &now)
{
    const QString id = status.record.id.text();
    if (m_id != id) {
        m_scroll->toTop();
        m_changes->clear();
    }
    m_id = id;
    m_head->setTitle(status.record.address.text());
    const QString checked = status.record.checkedAt.isValid()
        ? tr("checked %1").arg(TimeText::ago(now, status.record.checkedAt))
        : tr("never checked");
    m_head->setSubtitle(status.record.owner.isEmpty()
                            ? checked
                            : tr("%1, owner %2").arg(checked, status.record.owner));
    m_head->state()->setState(EndpointWords::styleOf(status.state));
    m_head->setSummary(EndpointWords::summary(status));
    m_record = status.record;
    fillRound();
    const EndpointCheck *worst = status.worst();
    if (status.newestSha256.isEmpty() || worst == nullptr || worst->sha256 != m_served
        || status.newestSha256 != m_stored)
        m_newer->hide(); // until the page brings what belongs there
    QLayout *layout = m_addresses->layout();
    while (QLayoutItem *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const EndpointCheck &check : status.checks)
        fillAddress(check, now);
}

void EndpointPane::addCertificate(KeyValueGrid *grid, const QString &name, const QString &shown,
                                  const QString &sha256)
{
    QLabel *link = grid->addRow(name, QString());
    setLinkText(link,
                QStringLiteral("<a href=\"certificate\">%1</a>")
                    .arg(EndpointWords::shortened(shown).toHtmlEscaped()));
    link->setToolTip(shown);
    link->setAccessibleName(tr("%1: show certificate %2").arg(name, shown));
    connect(link, &QLabel::linkActivated, this,
            [this, sha256] { Q_EMIT certificateWanted(sha256); });
}

void EndpointPane::setComparison(const InventoryRow &served, const InventoryRow &stored)
{
    m_served = served.sha256.hex();
    m_stored = stored.sha256.hex();
    m_comparison->setCertificates(served, stored, m_timesLocal);
    m_newer->show();
}

void EndpointPane::fillRound()
{
    m_notifies->setChecked(m_record.notifies);
    const auto seconds = static_cast<qint64>(m_record.interval.count());
    if (m_interval->currentData().toLongLong() == seconds)
        return; // it may be open
    m_interval->clear();
    std::vector<std::chrono::seconds> intervals(EndpointWords::intervals().begin(),
                                                EndpointWords::intervals().end());
    if (std::find(intervals.begin(), intervals.end(), m_record.interval) == intervals.end()) {
        intervals.push_back(m_record.interval); // the terminal takes any
        std::sort(intervals.begin(), intervals.end());
    }
    for (const std::chrono::seconds interval : intervals)
        m_interval->addItem(EndpointWords::interval(interval),
                            static_cast<qint64>(interval.count()));
    m_interval->setCurrentIndex(m_interval->findData(seconds));
}

void EndpointPane::change()
{
    m_record.interval = std::chrono::seconds(m_interval->currentData().toLongLong());
    m_record.notifies = m_notifies->isChecked();
    Q_EMIT changeWanted(m_record);
}

void EndpointPane::fillAddress(const EndpointCheck &check, const QDateTime &now)
{
    auto *section =
        new PaneSection(check.address.isEmpty() ? tr("No address") : check.address, m_addresses);
    section->setAside(tr("%1 ms").arg(check.took.count()));
    auto *grid = new KeyValueGrid(section);
    grid->setNameWidth(nameWidth);
    section->add(grid);
    m_addresses->layout()->addWidget(section);
    if (check.outcome != EndpointCheck::Outcome::Served) {
        grid->addRow(tr("Answer"), EndpointWords::answer(check));
        if (check.error) {
            const QString offered =
                check.error->evidence.value(QStringLiteral("offered")).toString();
            const QString records =
                check.error->evidence.value(QStringLiteral("server_records")).toString();
            if (!offered.isEmpty())
                grid->addRow(tr("We offered"), offered);
            if (!records.isEmpty())
                grid->addRow(tr("It spoke"), records);
        }
        if (check.times > 1)
            grid->addRow(
                tr("Since"),
                tr("%1, %n checks", "", check.times).arg(TimeText::ago(now, check.firstAt)));
        return;
    }
    addCertificate(grid, tr("Serves"), check.subject, check.sha256);
    grid->addRow(tr("Ends"), TimeText::exact(check.notAfter, m_timesLocal));
    grid->addRow(tr("Name"),
                 check.nameMatches ? tr("is on the certificate") : tr("is not on the certificate"));
    grid->addRow(tr("Trust"), check.trustReason);
    grid->addRow(tr("TLS"),
                 check.alpn.isEmpty() ? check.protocol
                                      : tr("%1, %2").arg(check.protocol, check.alpn));
    grid->addRow(tr("Cipher"), check.cipher);
    if (check.asksClientCertificate)
        grid->addRow(tr("Client"), tr("asks for a certificate"));
    if (check.hasStaple)
        grid->addRow(tr("OCSP"), tr("a stapled answer"));
    for (const QString &note : check.notes)
        grid->addRow(tr("Note"), note);
}

void EndpointPane::setHistory(const std::vector<EndpointCheck> &history, const QDateTime &now)
{
    m_changes->clear();
    m_history->setVisible(!history.empty());
    m_history->setAside(QString::number(history.size()));
    const std::size_t count = std::min(history.size(), shownChanges);
    for (std::size_t i = 0; i < count; ++i) {
        const EndpointCheck &check = history[i];
        const QString what = check.outcome == EndpointCheck::Outcome::Served
            ? tr("%1, ends %2").arg(check.subject, TimeText::date(check.notAfter, m_timesLocal))
            : EndpointWords::answer(check);
        QLabel *row = m_changes->addRow(
            TimeText::ago(now, check.firstAt),
            check.address.isEmpty() ? what : tr("%1: %2").arg(check.address, what));
        row->setToolTip(tr("%1 to %2", "times")
                            .arg(TimeText::exact(check.firstAt, m_timesLocal),
                                 TimeText::exact(check.lastAt, m_timesLocal)));
    }
}

} // namespace sealbook
