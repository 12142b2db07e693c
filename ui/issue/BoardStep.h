// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"
#include "core/records/CredentialRecord.h"
#include "ui/issue/BoardWords.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace sealbook {

class Announcer;
class BoardBar;
class BoardModel;
class BoardView;
class Clock;
class ErrorPanel;
class RecordsBox;
class WhyPane;

// Step 4: the board. Shows one job's name servers as they turn green, what to publish, and why it
// takes long; offers what one can do meanwhile. It decides nothing. Owned by IssuePage.
class BoardStep : public QWidget
{
    Q_OBJECT

public:
    explicit BoardStep(const Clock &clock, QWidget *parent = nullptr);

    // A job begins: before there is a board, its steps are told in the headline.
    void begin(const QStringList &names, const QString &caName, const QString &credential);
    void setJobStep(const QString &step);
    void setBoard(const BoardState &board);
    // The job ended without a certificate. `canResume` offers to go on.
    void setFailed(const Error &error, bool canResume);
    void setCancelling();
    // Other ways to write the record, for "Switch provider".
    void setCredentials(const std::vector<CredentialRecord> &credentials);
    // The job is put aside, to go on with `credential`.
    void setSwitching(const QString &credential);
    // It goes on; what was known of the board is void.
    void goOnWith(const QString &credential);
    // What is risky about how the board got ready; empty where all name servers agreed.
    [[nodiscard]] QString risk() const;
    void setWhyVisible(bool visible);
    [[nodiscard]] bool isWhyVisible() const;
    [[nodiscard]] const BoardModel &model() const { return *m_model; }
    [[nodiscard]] QString summary() const; // for the rail: "3 of 4 agree"
    [[nodiscard]] QWidget *firstFocus() const;
    [[nodiscard]] QList<QWidget *> areas() const;

Q_SIGNALS:
    void checkNowWanted();
    void cancelWanted();
    void switchWanted(const QString &credential); // "" = by hand
    void askResolverWanted(const sealbook::BoardRow &row);
    void resumeWanted();

private:
    QWidget *makeHead();
    QWidget *makeFoot();
    void showCounts();
    void fillSwitchMenu();
    [[nodiscard]] bool canSwitch() const;
    [[nodiscard]] std::vector<Explanation> whatHolds() const;
    void tick();
    void copyHandOver();
    void announceChanges(const BoardState &before);

    const Clock &m_clock;
    BoardState m_board;
    bool m_hasBoard = false;
    bool m_over = false;
    QString m_step;
    QStringList m_names;
    QString m_caName;
    QString m_credential;
    std::vector<CredentialRecord> m_credentials;
    bool m_switching = false;
    QTimer m_second;

    QLabel *m_headline = nullptr;
    QLabel *m_elapsed = nullptr;
    QLabel *m_next = nullptr;
    BoardBar *m_bar = nullptr;
    QWidget *m_counts = nullptr;
    QHBoxLayout *m_countsRow = nullptr;
    QLabel *m_promise = nullptr;
    ErrorPanel *m_error = nullptr;
    RecordsBox *m_records = nullptr;
    BoardModel *m_model = nullptr;
    BoardView *m_view = nullptr;
    WhyPane *m_why = nullptr;
    QWidget *m_foot = nullptr;
    QPushButton *m_check = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_handOver = nullptr;
    QPushButton *m_switch = nullptr;
    QMenu *m_switchMenu = nullptr;
    QPushButton *m_cancel = nullptr;
    Announcer *m_announcer = nullptr;
};

} // namespace sealbook
