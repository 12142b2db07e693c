// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/EndpointRecord.h"

#include <QWidget>

class QAction;

namespace sealbook {

class KeyValueGrid;
class PaneHead;
class PaneScroll;
class PaneSection;

// Everything about one endpoint: what its state means, what each of its addresses serves, what
// should be served instead, and what changed when. Owned by the page.
class EndpointPane : public QWidget
{
    Q_OBJECT

public:
    explicit EndpointPane(QWidget *parent = nullptr);

    void setActions(const QList<QAction *> &actions);
    void setStatus(const EndpointStatus &status, const QDateTime &now);
    void setHistory(const std::vector<EndpointCheck> &history, const QDateTime &now);
    [[nodiscard]] QString endpoint() const { return m_id; }

Q_SIGNALS:
    void closeWanted();
    void certificateWanted(const QString &sha256);

private:
    void fillAddress(const EndpointCheck &check, const QDateTime &now);
    void fillNewer(const EndpointStatus &status);
    void addCertificate(KeyValueGrid *grid, const QString &name, const QString &shown,
                        const QString &sha256);

    QString m_id;
    PaneScroll *m_scroll = nullptr;
    PaneHead *m_head = nullptr;
    PaneSection *m_newer = nullptr;
    KeyValueGrid *m_newerFacts = nullptr;
    QWidget *m_addresses = nullptr;
    PaneSection *m_history = nullptr;
    KeyValueGrid *m_changes = nullptr;
};

} // namespace sealbook
