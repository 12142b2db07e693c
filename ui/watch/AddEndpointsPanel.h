// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/WatchService.h"

#include <QWidget>

#include <memory>

namespace Ui {
class AddEndpointsPanel;
}

namespace sealbook {

// The form of new endpoints: a list that is typed or pasted, checked as it is typed. Owned by the
// page.
class AddEndpointsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit AddEndpointsPanel(WatchService &watch, QWidget *parent = nullptr);
    ~AddEndpointsPanel() override;

    void start(); // empties the form

Q_SIGNALS:
    void added(const std::vector<sealbook::EndpointRecord> &endpoints, int known);
    void cancelled();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showProblems();
    void markLines(const EndpointList &list);
    void submit();
    void finish(const std::vector<EndpointRecord> &wanted, const Result<SavedCounts> &result);

    WatchService &m_watch;
    const std::unique_ptr<Ui::AddEndpointsPanel> m_ui;
};

} // namespace sealbook
