// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/MarkHistory.h"

namespace sealbook {

namespace {
constexpr std::size_t mostSteps = 100;
}

void MarkHistory::add(Step step)
{
    m_undone.clear();
    m_done.push_back(std::move(step));
    if (m_done.size() > mostSteps)
        m_done.erase(m_done.begin());
}

std::optional<MarkHistory::Step> MarkHistory::take(std::vector<Step> &steps)
{
    if (steps.empty())
        return std::nullopt;
    Step step = std::move(steps.back());
    steps.pop_back();
    return step;
}

} // namespace sealbook
