// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/issuance/MachineCheck.h"
#include "ui/widgets/Page.h"

#include <functional>
#include <map>
#include <stop_token>

class QLabel;
class QVBoxLayout;

namespace sealbook {

class StartCard;
class SymbolLabel;

// What the first-run page can start; the application fills it. What is empty is not shown.
struct FirstRunActions
{
    std::function<void()> practise; // starts the program in practice mode, as a process of its own
    std::function<QStringList()> missingPracticePackages; // quick
    std::function<void()> chooseImport; // lets a person choose files
    std::function<void(QStringList)> importFiles; // dropped on the page
    std::function<void(QByteArray)> importPasted; // PEM from the clipboard
    std::function<Task<std::vector<MachineFinding>>(
        MachineCheckOptions, std::function<void(MachineFinding)>, std::stop_token)>
        checkMachine;
    QString profileFolder; // where the first thing that is added goes
    bool canHavePassphrase = false; // the settings offer one
    bool isPractice = false; // a practice profile: there is nothing to practise but here
};

// What stands in place of the certificates while there is nothing at all: three ways to begin, what
// each needs and touches, and what this computer can do. Contacts no CA and stores nothing. Owned
// by MainWindow.
class FirstRunPage : public Page
{
    Q_OBJECT

public:
    explicit FirstRunPage(FirstRunActions actions, QWidget *parent = nullptr);
    ~FirstRunPage() override;

    void activated() override;
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeChoices();
    QWidget *makePane();
    void addPassphrase(QVBoxLayout *layout, QWidget *pane);
    void addPracticeCard(QVBoxLayout *layout);
    void showPackages();
    void checkMachine();
    void showFinding(const MachineFinding &finding);
    void pasteClipboard();

    struct FindingRow
    {
        QWidget *row = nullptr;
        SymbolLabel *glyph = nullptr;
        QLabel *title = nullptr;
        QLabel *detail = nullptr;
    };

    FirstRunActions m_actions;
    std::stop_source m_stop;
    bool m_checked = false;
    QWidget *m_choices = nullptr;
    QWidget *m_pane = nullptr;
    QVBoxLayout *m_findings = nullptr;
    std::map<QString, FindingRow> m_rows;
    StartCard *m_practice = nullptr;
    StartCard *m_issue = nullptr;
};

} // namespace sealbook
