// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/AcmeIssuer.h"

#include "core/base/FailPoint.h"
#include "core/issuance/ChainCheck.h"
#include "core/x509/Csr.h"

namespace sealbook {

namespace {
// How long a CA may take to validate, and to sign. Boulder needs seconds; a slow CA needs minutes.
constexpr std::chrono::seconds validationLimit{300};
constexpr std::chrono::seconds signingLimit{300};

// R32: nothing is published for a name that was not asked for, whatever the CA says.
Result<Dns01Challenge> dns01Of(const AcmeClient &client, const QStringList &ordered,
                               const Authorization &authorization, const Challenge &challenge)
{
    const QString identifier =
        authorization.wildcard ? QStringLiteral("*.") + authorization.name : authorization.name;
    // Not every CA marks its wildcards, hence both forms.
    if (!ordered.contains(authorization.name, Qt::CaseInsensitive)
        && !ordered.contains(QStringLiteral("*.") + authorization.name, Qt::CaseInsensitive))
        return fail(refusedByUs(
            QStringLiteral("the CA wants a proof for %1, which was not ordered").arg(identifier)));
    const auto name = DomainName::fromUserInput(identifier);
    if (!name)
        return fail(name.error(), "reading the CA's identifier");
    Dns01Challenge wanted;
    wanted.name = *name;
    wanted.recordName = name->validationName();
    wanted.value = client.dns01Value(challenge.token);
    return wanted;
}

const Challenge *dns01In(const Authorization &authorization)
{
    for (const Challenge &challenge : authorization.challenges) {
        if (challenge.type == QLatin1String("dns-01"))
            return &challenge;
    }
    return nullptr;
}

Task<> nothingToWrite()
{
    co_return Result<>();
}

Error noDns01(const Authorization &authorization)
{
    QStringList offered;
    for (const Challenge &challenge : authorization.challenges)
        offered.append(challenge.type);
    Error error;
    error.kind = Error::Kind::CaRefused;
    error.detail = QStringLiteral("the CA offers no dns-01 challenge for %1, only %2")
                       .arg(authorization.name,
                            offered.isEmpty() ? QStringLiteral("none") : offered.join(u", "));
    error.advice = QStringLiteral("Choose another CA: Sealbook proves names by DNS only.");
    return error;
}

// What of an order is still to be proved.
struct OpenChallenges
{
    std::vector<Dns01Challenge> wanted; // to be published
    std::vector<QUrl> toAnswer; // that the CA was not asked to look at yet
};

Result<OpenChallenges> openOf(const AcmeClient &client, const QStringList &ordered,
                              const std::vector<Authorization> &authorizations)
{
    OpenChallenges open;
    for (const Authorization &authorization : authorizations) {
        if (authorization.status == QLatin1String("valid"))
            continue;
        const Challenge *challenge = dns01In(authorization);
        if (challenge == nullptr)
            return fail(noDns01(authorization));
        if (challenge->status == QLatin1String("pending"))
            open.toAnswer.push_back(challenge->url);
        if (challenge->status == QLatin1String("valid")
            || challenge->status == QLatin1String("invalid"))
            continue;
        // Also what the CA was asked to look at already: it goes on looking (RFC 8555 section 8.2),
        // and the clean-up of a job that was put aside may have taken the record back.
        const auto dns01 = dns01Of(client, ordered, authorization, *challenge);
        if (!dns01)
            return fail(dns01.error());
        open.wanted.push_back(*dns01);
    }
    return open;
}
} // namespace

Task<IssuedChain> AcmeIssuer::obtain(JobRecord job, std::stop_token stop)
{
    m_hooks.stepStarted(QStringLiteral("order"));
    auto order = co_await orderOf(job, stop);
    if (!order)
        co_return fail(order.error(), "creating the order");
    m_hooks.stepDone(order->url.toString());
    if (comparable(order->names) != comparable(job.request.names))
        co_return fail(refusedByUs(QStringLiteral("the CA made an order for other names: %1")
                                       .arg(order->names.join(u", "))));

    const bool isNew = order->url.toString() != job.orderUrl;
    Task<> writing = isNew ? writeDown(*order) : nothingToWrite();
    if (order->status == QLatin1String("pending")) {
        Task<Order> authorizing = authorize(job, *order, std::move(writing), stop);
        order = co_await std::move(authorizing);
        if (!order)
            co_return fail(order.error());
    } else {
        const auto written = co_await std::move(writing);
        if (!written)
            co_return fail(written.error());
    }
    if (failPoint("C10"))
        co_return fail(Error::Kind::Network, QStringLiteral("failpoint C10"));

    // The names are proved, so the records may go; the CA signs meanwhile. A record that would not
    // go stays in the journal, and the end of the job looks at it again.
    Task<> cleaning = m_solver.cleanUp(stop);
    Task<IssuedChain> finishing = finish(job, *order, stop);
    auto chain = co_await std::move(finishing);
    const auto cleaned = co_await std::move(cleaning);
    if (chain && !cleaned && cleaned.error().kind == Error::Kind::Cancelled)
        co_return fail(cleaned.error());
    co_return chain;
}

Task<IssuedChain> AcmeIssuer::finish(JobRecord job, Order given, std::stop_token stop)
{
    Result<Order> order = std::move(given);
    m_hooks.stepStarted(QStringLiteral("finalize"));
    if (order->status == QLatin1String("ready")) {
        if (failPoint("C11"))
            co_return fail(Error::Kind::Network, QStringLiteral("failpoint C11"));
        Task<Order> finalizing = m_client.finalize(*order, job.csrDer, stop);
        order = co_await std::move(finalizing);
        if (failPoint("C12"))
            co_return fail(Error::Kind::Network, QStringLiteral("failpoint C12"));
        if (!order)
            co_return fail(order.error(), "sending the CSR");
    }
    if (order->status == QLatin1String("processing")) {
        Task<Order> polling = m_client.pollOrder(*order, signingLimit, stop);
        order = co_await std::move(polling);
        if (!order)
            co_return fail(order.error(), "waiting for the CA to sign");
    }
    if (order->status != QLatin1String("valid")) {
        const Error why = co_await whyInvalid(*order, stop);
        co_return fail(why, "finalizing the order");
    }
    m_hooks.stepDone(QStringLiteral("signed"));
    Task<IssuedChain> downloading = download(job, *order, stop);
    co_return co_await std::move(downloading);
}

Task<Order> AcmeIssuer::orderOf(JobRecord job, std::stop_token stop)
{
    if (!job.orderUrl.isEmpty()) {
        auto known = co_await m_client.order(QUrl(job.orderUrl), stop);
        // Unauthorized: it was another account's. If ours is refused, the next request says so.
        const bool gone = !known
            && (known.error().kind == Error::Kind::NotFound
                || known.error().kind == Error::Kind::Unauthorized);
        if (!known && !gone)
            co_return known;
        if (known) {
            const auto dead = co_await isDead(*known, stop);
            if (!dead)
                co_return fail(dead.error());
            if (!*dead)
                co_return known;
        }
    }
    Task<Order> making = m_client.newOrder(job.request.names, job.request.profile, stop);
    auto order = co_await std::move(making);
    if (failPoint("C3"))
        co_return fail(Error::Kind::Network, QStringLiteral("failpoint C3"));
    co_return order;
}

// Whether a known order can no longer become a certificate. Not every CA ends an order with its
// authorizations, whose time is often shorter (RFC 8555 section 7.1.6).
Task<bool> AcmeIssuer::isDead(Order order, std::stop_token stop)
{
    if (order.status != QLatin1String("pending"))
        co_return order.status == QLatin1String("invalid");
    const auto fetched = co_await authorizations(order, stop);
    if (!fetched && fetched.error().kind == Error::Kind::NotFound)
        co_return true;
    if (!fetched)
        co_return fail(fetched.error());
    co_return std::any_of(fetched->begin(), fetched->end(), [](const Authorization &each) {
        return each.status != QLatin1String("pending") && each.status != QLatin1String("valid");
    });
}

Task<> AcmeIssuer::writeDown(Order order)
{
    Task<> writing = m_hooks.orderMade(order.url.toString());
    const auto written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error(), "writing down the order");
    if (failPoint("C4"))
        co_return fail(Error::Kind::Network, QStringLiteral("failpoint C4"));
    co_return Result<>();
}

Task<std::vector<Authorization>> AcmeIssuer::authorizations(Order order, std::stop_token stop)
{
    std::vector<Task<Authorization>> fetching;
    for (const QUrl &url : order.authorizations)
        fetching.push_back(m_client.authorization(url, stop));
    auto waiting = all(std::move(fetching));
    auto fetched = co_await std::move(waiting);
    std::vector<Authorization> list;
    for (auto &authorization : fetched) {
        if (!authorization)
            co_return fail(authorization.error(), "reading an authorization");
        list.push_back(std::move(*authorization));
    }
    co_return list;
}

Task<> AcmeIssuer::answer(std::vector<QUrl> challenges, std::stop_token stop)
{
    std::vector<Task<Challenge>> answering;
    for (const QUrl &url : challenges)
        answering.push_back(m_client.answerChallenge(url, stop));
    auto waiting = all(std::move(answering));
    const auto answered = co_await std::move(waiting);
    for (const auto &challenge : answered) {
        if (!challenge)
            co_return fail(challenge.error(), "asking the CA to validate");
    }
    co_return Result<>();
}

Task<Order> AcmeIssuer::authorize(JobRecord job, Order order, Task<> writing, std::stop_token stop)
{
    m_hooks.stepStarted(QStringLiteral("authorizations"));
    // Reading changes nothing at the CA, so it does not wait until the order is on disk.
    auto fetched = co_await authorizations(order, stop);
    const auto written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error());
    if (!fetched)
        co_return fail(fetched.error());
    const auto open = openOf(m_client, job.request.names, *fetched);
    if (!open)
        co_return fail(open.error());
    m_hooks.stepDone(
        QStringLiteral("%1 names, %2 to prove").arg(fetched->size()).arg(open->wanted.size()));

    if (!open->wanted.empty()) {
        const auto shown = co_await publish(job, open->wanted, stop);
        if (!shown)
            co_return fail(shown.error());
    }
    m_hooks.stepStarted(QStringLiteral("challenge"));
    if (!open->wanted.empty()) {
        const auto answered = co_await answer(open->toAnswer, stop);
        if (failPoint("C9"))
            co_return fail(Error::Kind::Network, QStringLiteral("failpoint C9"));
        if (!answered)
            co_return fail(answered.error());
    }
    Task<Order> polling = m_client.pollOrder(order.url, validationLimit, stop);
    auto polled = co_await std::move(polling);
    if (!polled)
        co_return fail(polled.error(), "waiting for the CA to validate");
    if (polled->status == QLatin1String("invalid")) {
        const Error why = co_await whyInvalid(*polled, stop);
        co_return fail(why, "validating the names");
    }
    m_hooks.stepDone(QStringLiteral("validated"));
    co_return polled;
}

// Until every name server serves the records, or the policy takes less.
Task<> AcmeIssuer::publish(JobRecord job, std::vector<Dns01Challenge> wanted, std::stop_token stop)
{
    m_hooks.stepStarted(QStringLiteral("publish"));
    const auto presented = co_await m_solver.present(wanted, stop);
    if (!presented)
        co_return fail(presented.error(), "publishing the validation records");
    m_hooks.stepDone(QStringLiteral("%1 records").arg(wanted.size()));

    m_hooks.stepStarted(QStringLiteral("propagation"));
    ChallengeSolver::BoardSink sink = [this](BoardState seen) {
        const bool failed = failPoint("C8");
        Q_UNUSED(failed)
        m_hooks.board(std::move(seen));
    };
    Task<BoardState> watching = m_solver.waitUntilReady(job.request.timeout, sink, stop);
    const auto board = co_await std::move(watching);
    if (!board)
        co_return fail(board.error(), "waiting for the name servers");
    m_hooks.stepDone(board->headline);
    if (board->phase == BoardState::Phase::Ready || !m_hooks.lessThanReady)
        co_return Result<>();
    Task<> telling = m_hooks.lessThanReady(*board);
    const auto told = co_await std::move(telling);
    if (!told)
        co_return fail(told.error(), "writing down what the name servers said");
    co_return Result<>();
}

QCoro::Task<Error> AcmeIssuer::whyInvalid(Order order, std::stop_token stop)
{
    Error error;
    error.kind = Error::Kind::CaRefused;
    error.detail = QStringLiteral("the CA ended the order as %1").arg(order.status);
    if (order.error)
        error = *order.error;
    auto fetched = co_await authorizations(order, stop);
    if (!fetched)
        co_return error;
    for (const Authorization &authorization : *fetched) {
        for (const Challenge &challenge : authorization.challenges) {
            if (!challenge.error)
                continue;
            error.parts.push_back(
                {authorization.name, challenge.error->type, challenge.error->detail});
            if (error.type.isEmpty())
                error.type = challenge.error->type;
        }
    }
    if (!error.parts.empty() && !order.error)
        error.detail = error.parts.front().detail;
    co_return error;
}

Task<IssuedChain> AcmeIssuer::download(JobRecord job, Order order, std::stop_token stop)
{
    m_hooks.stepStarted(QStringLiteral("certificate"));
    const auto pem = co_await m_client.certificate(order.certificate, stop);
    if (!pem)
        co_return fail(pem.error(), "downloading the certificate");
    const auto csr = Csr::read(job.csrDer);
    if (!csr)
        co_return fail(csr.error(), "reading our CSR back");
    auto chain = checkIssued(*pem, job.request.names, csr->publicKeySha256);
    if (failPoint("C13"))
        co_return fail(Error::Kind::Network, QStringLiteral("failpoint C13"));
    if (!chain)
        co_return fail(chain.error(), "checking the certificate");
    m_hooks.stepDone(QStringLiteral("checked"));
    co_return chain;
}

} // namespace sealbook
