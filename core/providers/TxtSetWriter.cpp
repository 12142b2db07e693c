// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/TxtSetWriter.h"

#include <algorithm>

namespace sealbook {

namespace {
constexpr int mostWrites = 3; // of one value into a set that others change too
constexpr int mostTurns = 3; // that may be lost in a row
} // namespace

Task<TxtSetWriter::Item> TxtSetWriter::change(TxtRecord record, Change change,
                                              TemplateVariables variables, std::stop_token stop)
{
    const QString what = QStringLiteral("another change at the same name");
    Task<Gate::Pass> entering = m_gates[record.name].enter(what, stop);
    const Result<Gate::Pass> pass = co_await std::move(entering);
    if (!pass)
        co_return fail(pass.error());
    if (!m_turns) {
        Task<Item> changing = changeInTurn(record, change, std::move(variables), stop);
        co_return co_await std::move(changing);
    }
    for (int turns = 1;; ++turns) {
        const Result<> turn = co_await m_turns->take(record.name, stop);
        if (!turn)
            co_return fail(turn.error());
        Task<Item> changing = changeInTurn(record, change, variables, stop);
        Result<Item> changed = co_await std::move(changing);
        co_await m_turns->giveBack(record.name);
        const bool isLost =
            !changed && changed.error().evidence.contains(QLatin1String("turn_lost"));
        if (!isLost || turns == mostTurns)
            co_return changed;
    }
}

// Every write is read back: a program that knows nothing of our turns may have replaced the set
// between our look and our write, or just after.
Task<TxtSetWriter::Item> TxtSetWriter::changeInTurn(TxtRecord record, Change change,
                                                    TemplateVariables variables,
                                                    std::stop_token stop)
{
    Item captured;
    for (int written = 0;; ++written) {
        const Result<DefinitionRunner::Listing> now = co_await m_runner.values(variables, stop);
        // What was written stands; whether it is served, the board will see.
        if (!now && written > 0)
            co_return captured;
        if (!now)
            co_return fail(now.error(), "reading the record set");
        const bool isThere =
            std::any_of(now->items.begin(), now->items.end(),
                        [&record](const auto &item) { return item.first == record.value; });
        if (isThere == (change == Change::Add))
            co_return captured;
        if (written == mostWrites)
            break;
        const std::chrono::milliseconds pause(500 * written);
        const Result<> slept = co_await sleepFor(pause, stop);
        if (!slept)
            co_return fail(slept.error());
        if (m_turns) {
            const Result<> still = co_await m_turns->renew(record.name);
            if (!still)
                co_return fail(still.error());
        }
        TemplateVariables merged = variables;
        const std::vector<StepDefinition> *const steps = stepsFor(record, change, *now, merged);
        Task<Item> running = m_runner.run(steps, std::move(merged), stop);
        Result<Item> done = co_await std::move(running);
        if (!done)
            co_return done;
        captured = std::move(*done);
    }
    co_return fail(Error::Kind::Conflict,
                   QStringLiteral("something else keeps replacing the TXT records at %1")
                       .arg(record.name.text()),
                   QStringLiteral("See which other program changes this name, and stop it there."));
}

const std::vector<StepDefinition> *TxtSetWriter::stepsFor(const TxtRecord &record, Change change,
                                                          const DefinitionRunner::Listing &now,
                                                          TemplateVariables &variables) const
{
    variables.values.insert(now.set);
    std::vector<Item> current;
    std::vector<Item> wanted;
    for (const auto &[value, item] : now.items) {
        current.push_back(item);
        if (value != record.value)
            wanted.push_back(item);
    }
    const bool last = wanted.empty();
    if (change == Change::Add)
        wanted.push_back(itemFor(record.value, m_definition.values->defaults));
    variables.lists.insert(QStringLiteral("current"), current);
    variables.lists.insert(QStringLiteral("values"), wanted);
    if (change == Change::Add)
        return !now.exists && !m_definition.addFirst.empty() ? &m_definition.addFirst
                                                             : &m_definition.add;
    return last && !m_definition.removeLast.empty() ? &m_definition.removeLast
                                                    : &m_definition.remove;
}

} // namespace sealbook
