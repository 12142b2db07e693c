// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/EndpointPane.h"

#include "ui/watch/EndpointWords.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneHead.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/TimeText.h"

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
    : QWidget(parent)
    , m_scroll(new PaneScroll(tr("Endpoint details"), this))
    , m_head(new PaneHead(ElidedLabel::Mode::Text, this))
{
    setObjectName(QStringLiteral("endpointPane"));
    setAccessibleName(tr("Endpoint details"));
    connect(m_head, &PaneHead::closeWanted, this, &EndpointPane::closeWanted);
    m_scroll->add(m_head);

    m_newer = new PaneSection(tr("Should be served"), this);
    m_newerFacts = new KeyValueGrid(this);
    m_newerFacts->setNameWidth(nameWidth);
    m_newer->add(m_newerFacts);
    m_scroll->add(m_newer);

    auto *addresses = new QWidget(this);
    auto *layout = new QVBoxLayout(addresses);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_addresses = addresses;
    m_scroll->add(addresses);

    m_history = new PaneSection(tr("History"), this);
    m_changes = new KeyValueGrid(this);
    m_history->add(m_changes);
    m_scroll->add(m_history);
}

void EndpointPane::setActions(const QList<QAction *> &actions)
{
    m_head->setActions(actions);
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
    const QString interval = EndpointWords::interval(status.record.interval);
    const QString checked = status.record.checkedAt.isValid()
        ? tr("checked %1, %2").arg(TimeText::ago(now, status.record.checkedAt), interval)
        : tr("never checked, %1").arg(interval);
    m_head->setSubtitle(status.record.owner.isEmpty()
                            ? checked
                            : tr("%1, owner %2").arg(checked, status.record.owner));
    m_head->state()->setState(EndpointWords::styleOf(status.state));
    m_head->setSummary(EndpointWords::summary(status));
    fillNewer(status);
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
    setLinkText(link, QStringLiteral("<a href=\"certificate\">%1</a>").arg(shown.toHtmlEscaped()));
    link->setAccessibleName(tr("%1: show certificate %2").arg(name, shown));
    connect(link, &QLabel::linkActivated, this,
            [this, sha256] { Q_EMIT certificateWanted(sha256); });
}

void EndpointPane::fillNewer(const EndpointStatus &status)
{
    m_newer->setVisible(!status.newestSha256.isEmpty());
    m_newerFacts->clear();
    if (status.newestSha256.isEmpty())
        return;
    addCertificate(m_newerFacts, tr("Stored"), status.newestSha256.left(16), status.newestSha256);
    m_newerFacts->addRow(tr("Ends"), TimeText::exact(status.newestNotAfter, false));
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
    grid->addRow(tr("Ends"), TimeText::exact(check.notAfter, false));
    grid->addRow(tr("Name"),
                 check.nameMatches ? tr("is on the certificate") : tr("is not on the certificate"));
    grid->addRow(tr("Trust"), check.trustReason);
    grid->addRow(tr("TLS"),
                 check.alpn.isEmpty() ? check.protocol
                                      : tr("%1, %2").arg(check.protocol, check.alpn));
    grid->addRow(tr("Cipher"), check.cipher, {.breakable = true});
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
            ? tr("%1, ends %2").arg(check.subject, TimeText::date(check.notAfter, false))
            : EndpointWords::answer(check);
        QLabel *row = m_changes->addRow(
            TimeText::ago(now, check.firstAt),
            check.address.isEmpty() ? what : tr("%1: %2").arg(check.address, what));
        row->setToolTip(
            tr("%1 to %2", "times")
                .arg(TimeText::exact(check.firstAt, false), TimeText::exact(check.lastAt, false)));
    }
}

} // namespace sealbook
