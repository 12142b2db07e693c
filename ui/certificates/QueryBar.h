// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

#include <QFrame>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QCompleter;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStandardItemModel;

namespace sealbook {

class QueryChip;

// Where a question to the inventory is asked: conditions that are settled stand as chips that a
// click or a key removes, behind them is what is being typed, with completion. What cannot be
// understood is underlined at its place and told below; the last good question stays in force
// meanwhile. Owned by its page.
class QueryBar : public QWidget
{
    Q_OBJECT

public:
    explicit QueryBar(QWidget *parent = nullptr);

    // Says what else is a condition to be shown as a chip, and in which words; "" for what is not.
    using ChipWords = std::function<QString(const QString &term)>;
    void setChipWords(ChipWords words) { m_chipWords = std::move(words); }
    // For completion.
    void setInventory(std::shared_ptr<const Inventory> inventory);
    // Conditions of it become chips. Tells nobody when the question is the same.
    void setText(const QString &text);
    // All conditions about `field` are replaced by `term`, which may be empty.
    void setTerm(QueryField field, const QString &term);
    void addTerm(const QString &term);
    void removeTerm(const QString &term);
    void removeLastTerm();
    // In place of `old`, or at the end; either may be empty. One question, not two.
    void replaceTerms(const QStringList &old, const QString &term);
    void clear() { setText(QString()); }

    [[nodiscard]] QString text() const; // chips and what is typed
    [[nodiscard]] const Query &query() const { return m_query; } // the last good one
    [[nodiscard]] QStringList chips() const;
    [[nodiscard]] bool hasError() const { return m_error.has_value(); }
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void queryChanged();
    void doneTyping(); // Enter or Down: on to what was found

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build();
    void fitMargins();
    void onTyped();
    void understand();
    void settle();
    void showChips();
    void fitChips();
    void removeChip(int index);
    void showError(const std::optional<Error> &error);
    void underline();
    void useReplacement();
    void complete();
    void insertCandidate(int row);
    [[nodiscard]] bool editKey(int key);
    [[nodiscard]] QString chipWords(const QString &term) const;

    QFrame *m_frame = nullptr;
    QHBoxLayout *m_line = nullptr;
    QLineEdit *m_edit = nullptr;
    QWidget *m_problem = nullptr;
    QLabel *m_problemText = nullptr;
    QPushButton *m_suggestion = nullptr;
    QStandardItemModel *m_candidates = nullptr;
    QCompleter *m_completer = nullptr;
    std::shared_ptr<const Inventory> m_inventory;
    ChipWords m_chipWords;
    QStringList m_terms; // the chips
    std::vector<QueryChip *> m_chips;
    Query m_query;
    std::optional<Error> m_error;
    QTimer m_patience; // before what is not finished counts as wrong
    qsizetype m_replaceAt = 0; // by a candidate
    qsizetype m_replaceLength = 0;
    bool m_isUnderlining = false;
};

} // namespace sealbook
