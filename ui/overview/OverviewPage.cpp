// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/OverviewPage.h"

#include "core/governance/CredentialService.h"
#include "core/inventory/InventoryService.h"
#include "core/inventory/WatchService.h"
#include "core/issuance/IssuanceService.h"
#include "ui/overview/NeedView.h"
#include "ui/overview/OutlookPane.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/ExpiryStrip.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PageAction.h"
#include "ui/widgets/SymbolLabel.h"
#include "ui/widgets/TimeText.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>

namespace sealbook {

using namespace std::chrono_literals;

OverviewPage::OverviewPage(OverviewServices services, const Clock &clock, QWidget *parent)
    : Page(QStringLiteral("overview"), tr("Overview"), parent)
    , m_services(services)
    , m_clock(clock)
    , m_error(new ErrorPanel(this))
    , m_strip(new ExpiryStrip(this))
    , m_list(new QStackedWidget(this))
    , m_view(new NeedView(&m_model, this))
    , m_nothing(new QWidget(this))
    , m_outlook(new OutlookPane(this))
{
    build();
    bind();
}

OverviewPage::~OverviewPage()
{
    m_stop.request_stop();
}

void OverviewPage::build()
{
    QAction *issue = makePageAction(this, "overviewIssue", tr("Issue…"), QStringLiteral("issue"));
    connect(issue, &QAction::triggered, this,
            [this] { Q_EMIT pageWanted(QStringLiteral("issue")); });
    addToolAction(issue);
    QAction *import =
        makePageAction(this, "overviewImport", tr("Import…"), QStringLiteral("import"));
    connect(import, &QAction::triggered, this, &OverviewPage::importWanted);
    addToolAction(import);

    auto *body = new QWidget(this);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_strip);
    layout->addWidget(new Line(Qt::Horizontal, body));
    layout->addWidget(m_error);
    m_strip->setKeepsChoice(false);

    Theme::setBaseSurface(m_nothing);
    auto *nothing = new QHBoxLayout(m_nothing);
    nothing->setContentsMargins(16, 20, 16, 16);
    nothing->setSpacing(8);
    auto *glyph = new SymbolLabel(m_nothing);
    glyph->setGlyph(Glyph::Fine, StateRole::Ok);
    nothing->addWidget(glyph, 0, Qt::AlignTop);
    m_nothingText = makeLabel(LabelKind::Body, {}, m_nothing, true);
    m_nothingText->setObjectName(QStringLiteral("nothingNeeded"));
    nothing->addWidget(m_nothingText, 1, Qt::AlignTop);
    m_list->addWidget(m_view);
    m_list->addWidget(m_nothing);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(m_list, 1);
    columns->addWidget(new Line(Qt::Vertical, body));
    columns->addWidget(m_outlook);
    layout->addLayout(columns, 1);
    setBody(body);
}

void OverviewPage::bind()
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(200ms); // a job tells each of its steps
    m_soon.callOnTimeout(this, &OverviewPage::read);
    m_minute.callOnTimeout(this, [this] {
        if (isVisible())
            refreshInventory(); // what is soon may have become now
    });
    m_minute.start(5min);
    connect(m_services.issuance, &IssuanceService::jobChanged, this, &OverviewPage::refresh);
    connect(m_services.issuance, &IssuanceService::storeChanged, this, &OverviewPage::refresh);
    connect(m_services.credentials, &CredentialService::changed, this, &OverviewPage::refresh);
    connect(m_services.watch, &WatchService::changed, this, &OverviewPage::refreshInventory);
    connect(m_view, &NeedView::actWanted, this, &OverviewPage::follow);
    connect(m_outlook, &OutlookPane::linkWanted, this, &OverviewPage::pageWanted);
    connect(m_strip, &ExpiryStrip::termWanted, this, [this](const QString &term) {
        Q_EMIT pageWanted(QStringLiteral("certificates"), QStringLiteral("query:") + term);
    });
}

void OverviewPage::refreshInventory()
{
    m_inventory.reset();
    refresh();
}

void OverviewPage::refresh()
{
    m_isStale = true;
    if (!m_soon.isActive())
        m_soon.start();
}

void OverviewPage::activated()
{
    if (m_isStale)
        read();
}

void OverviewPage::read()
{
    if (m_isReading || !m_isStale)
        return; // what is being read is followed by another reading where it is stale
    m_isReading = true;
    m_isStale = false;
    using Reading = std::shared_ptr<const OverviewReading>;
    Task<Reading> reading =
        readOverview(m_services, m_inventory, m_clock.utcNow(), m_stop.get_token());
    QCoro::connect(std::move(reading), this, [this](const Result<Reading> &read) {
        m_isReading = false;
        if (!read) {
            if (read.error().kind != Error::Kind::Cancelled)
                m_error->showError(read.error());
            return;
        }
        m_error->clear();
        if (!m_isStale)
            m_inventory = (*read)->sources.inventory;
        else if (!m_soon.isActive())
            m_soon.start();
        showReading(**read);
        Q_EMIT loaded();
    });
}

void OverviewPage::showReading(const OverviewReading &reading)
{
    m_strip->setWeeks(reading.weeks);
    m_model.setNeeds(reading.needs);
    static const InventoryDigest none;
    const InventoryDigest &inventory =
        reading.sources.inventory ? *reading.sources.inventory : none;
    m_outlook->show(reading.sources, inventory.next);
    const int count = m_model.needCount();
    setBadge(count > 0 ? QLocale().toString(count) : QString());
    QString detail;
    if (count > 0)
        detail = tr("%n things need a person", nullptr, count);
    if (inventory.certificates > 0) {
        const QString quiet =
            tr("%1 of %2 certificates do not", "need a person")
                .arg(QLocale().toString(inventory.certificates - inventory.needy.size()),
                     QLocale().toString(inventory.certificates));
        detail = count > 0 ? tr("%1, %2", "13 things need a person, 208 of 214 certificates do not")
                                 .arg(detail, quiet)
                           : tr("%n certificates, all fine", nullptr, inventory.certificates);
    }
    setDetail(detail);
    showNothing(inventory);
}

void OverviewPage::showNothing(const InventoryDigest &inventory)
{
    const bool isQuiet = m_model.needCount() == 0;
    m_list->setCurrentWidget(isQuiet ? m_nothing : static_cast<QWidget *>(m_view));
    if (!isQuiet)
        return;
    m_nothingText->setText(
        inventory.next.empty()
            ? tr("Nothing needs a person.")
            : tr("Nothing needs a person. Next: %1, whose renewal window opens on %2.")
                  .arg(inventory.next.front().name,
                       TimeText::date(inventory.next.front().opensAt, false)));
    m_nothing->setAccessibleName(m_nothingText->text());
}

void OverviewPage::follow(const QModelIndex &index)
{
    const auto [page, subject] = m_model.goal(index);
    if (!page.isEmpty())
        Q_EMIT pageWanted(page, subject);
}

QList<QWidget *> OverviewPage::areas() const
{
    return {Page::areas().first(), m_strip, m_list, m_outlook};
}

QWidget *OverviewPage::firstFocus() const
{
    return m_model.needCount() > 0 ? static_cast<QWidget *>(m_view) : m_strip;
}

} // namespace sealbook
