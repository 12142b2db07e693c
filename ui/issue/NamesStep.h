// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DomainName.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace sealbook {

class NamesModel;

// Step 1: names, one a line or pasted in any shape, checked while they are typed. What was
// understood, what was not (with the name that was probably meant), and what was changed stand
// beside it. Owned by IssuePage.
class NamesStep : public QWidget
{
    Q_OBJECT

public:
    explicit NamesStep(QWidget *parent = nullptr);
    [[nodiscard]] const NameList &names() const { return m_list; }
    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    // Parses now what a short pause would parse.
    void checkNow();
    [[nodiscard]] QWidget *firstFocus() const;

Q_SIGNALS:
    void changed();

private:
    void showList();
    void showIssues();
    void addIssue(const NameList::Issue &issue);
    void useSuggestion(const NameList::Issue &issue);
    void addWildcards();
    void addApexes();
    void append(const QStringList &names);

    QPlainTextEdit *m_edit = nullptr;
    QLabel *m_count = nullptr;
    QTableView *m_view = nullptr;
    NamesModel *m_model = nullptr;
    QWidget *m_issues = nullptr;
    QVBoxLayout *m_issuesLayout = nullptr;
    QPushButton *m_wildcards = nullptr;
    QPushButton *m_apexes = nullptr;
    QTimer m_pause;
    NameList m_list;
};

} // namespace sealbook
