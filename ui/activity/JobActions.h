// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/issuance/IssuanceService.h"
#include "core/records/JobStatus.h"

#include <QObject>

#include <optional>

class QAction;
class QWidget;

namespace sealbook {

class Dialogs;

// What can be done with a job: when it is possible and which call it makes. A resumed job belongs
// to the service and goes on when the page is gone. Owned by the jobs view.
class JobActions : public QObject
{
    Q_OBJECT

public:
    JobActions(IssuanceService &issuance, Dialogs &dialogs, QWidget *view);

    void setCurrent(const JobRecord *job, JobStatus status); // null: none is selected

    [[nodiscard]] QAction *resume() const { return m_resume; }
    [[nodiscard]] QAction *cancel() const { return m_cancel; }
    [[nodiscard]] QAction *showBoard() const { return m_board; }
    [[nodiscard]] QAction *showCertificate() const { return m_certificate; }

Q_SIGNALS:
    void boardWanted(const QString &jobId);
    void certificateWanted(const QString &sha256);
    void noted(const QString &text);
    void failed(const sealbook::Error &error);

private:
    void resumeCurrent();
    void cancelCurrent();

    IssuanceService &m_issuance;
    Dialogs &m_dialogs;
    QWidget *m_view;
    std::optional<JobRecord> m_current;
    QAction *m_resume = nullptr;
    QAction *m_cancel = nullptr;
    QAction *m_board = nullptr;
    QAction *m_certificate = nullptr;
};

} // namespace sealbook
