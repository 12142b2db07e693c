// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/CertificateMarks.h"

#include <optional>
#include <vector>

namespace sealbook {

// What was done to marks, so that it can be undone and done again: each step holds the marks that
// bring back the state on its other side. The newest 100 steps. A value; forgotten with the page.
class MarkHistory
{
public:
    struct Step
    {
        QString what; // "3 certificates tagged"
        std::vector<CertificateMarks> marks;
    };

    // Something new was done: what could have been done again is gone.
    void add(Step step);
    [[nodiscard]] std::optional<Step> takeUndo() { return take(m_done); }
    [[nodiscard]] std::optional<Step> takeRedo() { return take(m_undone); }
    // A step was gone: the marks lead back from where it led.
    void undone(Step step) { m_undone.push_back(std::move(step)); }
    void redone(Step step) { m_done.push_back(std::move(step)); }
    [[nodiscard]] QString undoText() const { return textOf(m_done); } // "" for none
    [[nodiscard]] QString redoText() const { return textOf(m_undone); }

private:
    [[nodiscard]] static std::optional<Step> take(std::vector<Step> &steps);
    [[nodiscard]] static QString textOf(const std::vector<Step> &steps)
    {
        return steps.empty() ? QString() : steps.back().what;
    }

    std::vector<Step> m_done;
    std::vector<Step> m_undone;
};

} // namespace sealbook
