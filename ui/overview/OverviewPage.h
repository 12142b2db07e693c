// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "ui/overview/NeedModel.h"
#include "ui/overview/OverviewReading.h"
#include "ui/widgets/Page.h"

#include <QTimer>

#include <stop_token>

class QLabel;
class QStackedWidget;

namespace sealbook {

class ErrorPanel;
class ExpiryStrip;
class NeedView;
class OutlookPane;

// The first page: what needs a person, worst first, each with the one act that ends it; the expiry
// strip above, and beside it what needs nobody. Reads all again when something changed; what
// follows is worked out away from the main thread. Owned by MainWindow; the services outlive it.
class OverviewPage : public Page
{
    Q_OBJECT

public:
    OverviewPage(OverviewServices services, const Clock &clock, QWidget *parent = nullptr);
    ~OverviewPage() override;

    void activated() override;
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;
    [[nodiscard]] const NeedModel &model() const { return m_model; }

    // Something changed: certificates, or anything else. Read soon, once for many calls.
    void refreshInventory();
    void refresh();

Q_SIGNALS:
    void importWanted(); // a person wants to choose files
    void loaded();

private:
    void build();
    void bind();
    void read();
    void showReading(const OverviewReading &reading);
    void showNothing(const InventoryDigest &inventory);
    void follow(const QModelIndex &index);

    OverviewServices m_services;
    const Clock &m_clock;
    std::stop_source m_stop;
    NeedModel m_model;
    std::shared_ptr<const InventoryDigest> m_inventory; // as last read; null = read it
    bool m_isReading = false;
    bool m_isStale = true; // something changed since the last reading began
    QTimer m_soon;
    QTimer m_minute;

    ErrorPanel *m_error = nullptr;
    ExpiryStrip *m_strip = nullptr;
    QStackedWidget *m_list = nullptr;
    NeedView *m_view = nullptr;
    QWidget *m_nothing = nullptr;
    QLabel *m_nothingText = nullptr;
    OutlookPane *m_outlook = nullptr;
};

} // namespace sealbook
