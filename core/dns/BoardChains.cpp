// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/BoardChains.h"

#include "core/dns/CnameChain.h"

namespace sealbook {

namespace {
constexpr std::chrono::milliseconds chainsAgain{2000}; // while a CNAME leads elsewhere

std::vector<BoardHop> hopsOf(const NamePlan &plan)
{
    std::vector<BoardHop> hops;
    for (std::size_t i = 0; i < plan.hops.size(); ++i)
        hops.push_back({i == 0 ? plan.name : plan.hops[i - 1], plan.hops[i], plan.hopZones[i]});
    return hops;
}
} // namespace

Task<> checkChains(std::shared_ptr<PropagationBoard::Run> run, std::stop_token stop)
{
    std::vector<DnsName> names;
    std::vector<std::size_t> records;
    run->chainsAt = run->now();
    for (std::size_t i = 0; i < run->state.records.size(); ++i) {
        if (run->state.records[i].name == run->state.records[i].effectiveName)
            continue;
        names.push_back(run->state.records[i].name);
        records.push_back(i);
    }
    if (names.empty())
        co_return Result<>();
    const CnameChain chain(*run->resolver);
    Task<std::vector<NamePlan>> task = chain.followAll(names, stop);
    const Result<std::vector<NamePlan>> plans = co_await std::move(task);
    if (!plans)
        co_return fail(plans.error());
    run->misled.clear();
    run->hops.clear();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const NamePlan &plan = (*plans)[i];
        const DnsName &wanted = run->state.records[records[i]].effectiveName;
        const bool isUnknown = plan.end == NamePlan::End::Plain && !plan.notes.isEmpty();
        if (plan.effective == wanted && plan.end == NamePlan::End::Delegated)
            run->hops[records[i]] = hopsOf(plan);
        if (plan.effective == wanted || isUnknown)
            continue;
        run->misled[records[i]] = plan.end == NamePlan::End::Plain
            ? QStringLiteral("%1 has no CNAME, so nobody looks at %2")
                  .arg(plan.name.text(), wanted.text())
            : QStringLiteral("the CNAME at %1 leads to %2, not here")
                  .arg(plan.name.text(), plan.effective.text());
    }
    co_return Result<>();
}

bool areChainsDue(const PropagationBoard::Run &run)
{
    const bool isAstray = std::any_of(run.slots.begin(), run.slots.end(), [](const auto &slot) {
        return slot.hop && slot.row.verdict == Verdict::WrongPlace;
    });
    return (isAstray || !run.misled.empty()) && run.now() - run.chainsAt >= chainsAgain;
}

} // namespace sealbook
