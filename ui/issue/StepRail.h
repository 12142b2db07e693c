// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QWidget>

namespace sealbook {

// The steps at the left of the issue page: a mark (done, current, open), the step's name, and one
// line of what was chosen. A done step can be gone back to while the job has not started. Up and
// Down move, Enter opens. Owned by IssuePage.
class StepRail : public QWidget
{
    Q_OBJECT

public:
    explicit StepRail(const QStringList &titles, QWidget *parent = nullptr);
    void setCurrent(int step);
    void setSummary(int step, const QString &summary);
    // The last step that can be opened; steps after it are greyed.
    void setReachable(int first, int last);
    void setAllDone(bool done);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] QString summary(int step) const;
    [[nodiscard]] QAbstractButton *button(int step) const;

Q_SIGNALS:
    void chosen(int step);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();

    QList<QAbstractButton *> m_buttons;
    QStringList m_titles;
    QStringList m_summaries;
    int m_current = 0;
    int m_first = 0;
    int m_last = 0;
    bool m_allDone = false;
};

} // namespace sealbook
