// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QString>

#include <deque>
#include <memory>

namespace sealbook {

// Lets at most `places` tasks through at once, in the order they came. Hold the pass for as long as
// you are inside; its end lets the next one in. Copies of a Gate are the same gate. Main thread.
class Gate
{
public:
    class Pass
    {
    public:
        Pass() = default;
        Pass(Pass &&other) noexcept = default;
        Pass &operator=(Pass &&other) noexcept;
        ~Pass();

    private:
        friend class Gate;
        struct State;
        explicit Pass(std::shared_ptr<State> state)
            : m_state(std::move(state))
        {
        }
        std::shared_ptr<State> m_state;
    };

    explicit Gate(int places = 1);
    [[nodiscard]] Task<Pass> enter(QString what, std::stop_token stop);

private:
    [[nodiscard]] static Task<Pass> enter(std::shared_ptr<Pass::State> state, QString what,
                                          std::stop_token stop);
    std::shared_ptr<Pass::State> m_state;
};

} // namespace sealbook
