// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/inventory/WatchService.h"
#include "ui/watch/EndpointModel.h"
#include "ui/widgets/RecordPage.h"

#include <stop_token>

namespace sealbook {

class AddEndpointsPanel;
class CheckBar;
class EndpointPane;
class WatchActions;

// Endpoints and what they serve. Owned by MainWindow; the service outlives it.
class WatchPage : public RecordPage
{
    Q_OBJECT

public:
    WatchPage(WatchService &watch, const Clock &clock, QWidget *parent = nullptr);
    ~WatchPage() override;

    [[nodiscard]] EndpointModel &model() { return m_model; }
    void setTimesLocal(bool local);
    void checkAll();

protected:
    void load() override;
    void choose(const QString &id) override;
    void showRecord(const QString &id) override;
    void startForm() override;
    void showBadge(int total, int needingPerson) override;
    [[nodiscard]] QString countText(int total) const override;
    [[nodiscard]] QString noMatchText(int total) const override;

private:
    void build();
    void bind();
    void receive(const Result<std::vector<EndpointStatus>> &statuses);
    void showHistory();
    void showComparison(const EndpointStatus &status);
    void change(const EndpointRecord &endpoint);
    void finishAdding(const std::vector<EndpointRecord> &endpoints, int known);
    void goOnAfter(const QString &id);

    WatchService &m_watch;
    const Clock &m_clock;
    EndpointModel m_model;
    WatchActions *m_actions;
    CheckBar *m_progress;
    EndpointPane *m_pane;
    AddEndpointsPanel *m_add;
    std::chrono::milliseconds m_reloadTook{0};
    std::stop_source m_stop;
    QString m_next; // the row to go to when the current one is gone
};

} // namespace sealbook
