// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/RevocationRecord.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/StateStyle.h"

class QLabel;
class QPushButton;

namespace sealbook {

class StateLabel;

// What is known of a certificate's revocation, since when, and the button that asks its CA.
// Hidden where there is nobody to ask with. Owned by the pane.
class RevocationSection : public PaneSection
{
    Q_OBJECT

public:
    explicit RevocationSection(QWidget *parent = nullptr);
    // What was found out last; nothing where nobody ever asked.
    void setRecord(const std::optional<RevocationRecord> &record, const QDateTime &now,
                   bool timesLocal);
    void setBusy(bool busy);
    void setError(const Error &error);
    [[nodiscard]] static StateStyle styleOf(const std::optional<RevocationRecord> &record);
    [[nodiscard]] static QString sentence(const std::optional<RevocationRecord> &record,
                                          const QDateTime &now, bool timesLocal);
    // RFC 5280's name of a reason in words; "" for none.
    [[nodiscard]] static QString reasonText(const QString &reason);

Q_SIGNALS:
    void checkWanted(bool allowsPrivate);
    void stopWanted();

private:
    StateLabel *m_state = nullptr;
    QLabel *m_text = nullptr;
    QLabel *m_failure = nullptr;
    QLabel *m_hint = nullptr;
    QPushButton *m_check = nullptr;
    QPushButton *m_anyway = nullptr;
    bool m_busy = false;
};

} // namespace sealbook
