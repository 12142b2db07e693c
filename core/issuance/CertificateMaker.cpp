// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/CertificateMaker.h"

#include "core/governance/AuditLog.h"
#include "core/issuance/AcmeIssuer.h"
#include "core/issuance/JobDns.h"
#include "core/issuance/JobEvents.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "core/x509/Certificate.h"
#include "core/x509/Csr.h"

namespace sealbook {

namespace {
// How many jobs of one CA open their connection and keys at the same time. Hundreds in step would
// hold up the event loop by their handshakes, and ask the CA for more nonces than it gives at once
// (Let's Encrypt: ten in a burst).
constexpr int startingAtOnce = 8;

// A new key and what is made from it, away from the main thread.
struct NewKey
{
    Secret pkcs8;
    QString publicKeySha256;
    QByteArray csrDer;
};

Result<NewKey> makeNewKey(KeyType type, const QStringList &names)
{
    const auto key = PrivateKey::generate(type);
    if (!key)
        return fail(key.error(), "making the key");
    const auto csr = Csr::make(*key, names);
    if (!csr)
        return fail(csr.error(), "making the CSR");
    auto pkcs8 = key->toPkcs8();
    if (!pkcs8)
        return fail(pkcs8.error(), "encoding the key");
    return NewKey{std::move(*pkcs8), key->publicKeySha256(), csr->der};
}
} // namespace

Task<CertificateRecord> CertificateMaker::make(std::shared_ptr<JobRun> run)
{
    const std::stop_token stop = run->stop.get_token();
    const auto ready = co_await setUp(run, stop);
    if (!ready)
        co_return fail(ready.error());
    const auto chain = co_await obtain(run, stop);
    if (!chain)
        co_return fail(chain.error());
    Task<CertificateRecord> saving = save(run, *chain);
    co_return co_await std::move(saving);
}

Task<> CertificateMaker::setUp(std::shared_ptr<JobRun> run, std::stop_token stop)
{
    Gate &gate = m_starting.try_emplace(run->ca.directoryUrl, startingAtOnce).first->second;
    const QString what = QStringLiteral("the jobs before this one took too long to begin");
    Task<Gate::Pass> entering = gate.enter(what, stop);
    const auto pass = co_await std::move(entering);
    if (!pass)
        co_return fail(pass.error(), "waiting for a turn");
    // None of the three needs another: the CA, the processor and the keychain work at the same
    // time, and rows that meet share a commit. All are awaited, also after a failure.
    Task<> opening = openAccount(run, stop);
    Task<> keying = makeKeyAndCsr(run, stop);
    Task<> solving = makeSolver(run, stop);
    const auto account = co_await std::move(opening);
    const auto key = co_await std::move(keying);
    const auto solver = co_await std::move(solving);
    if (!account)
        co_return fail(account.error());
    if (!key)
        co_return fail(key.error());
    if (!solver)
        co_return fail(solver.error());
    co_return Result<>();
}

Task<> CertificateMaker::openAccount(std::shared_ptr<JobRun> run, std::stop_token stop)
{
    run->log.started(QStringLiteral("account"));
    WantedAccount wanted;
    wanted.keyType = run->job.request.accountKeyType;
    wanted.contacts = run->job.request.contacts;
    wanted.agreesToTerms = run->job.request.agreesToTerms;
    wanted.usedBefore = run->job.accountId;
    Task<std::unique_ptr<AcmeSession>> opening = m_opener.open(run->ca, std::move(wanted), stop);
    auto session = co_await std::move(opening);
    if (!session)
        co_return fail(session.error(), "opening the account");
    run->session = std::move(*session);
    // An order belongs to the account that made it (RFC 8555 section 7.1.2): another one, because
    // that was deactivated, orders anew.
    if (run->job.accountId != run->session->account.id)
        run->job.orderUrl.clear();
    run->job.accountId = run->session->account.id;
    // The CA's connection, directory and first nonce.
    const auto warmed = co_await run->session->client->warmNonce(stop);
    if (!warmed)
        co_return fail(warmed.error(), "reaching the CA");
    run->log.done(run->session->account.url);
    co_return Result<>();
}

Task<> CertificateMaker::makeKeyAndCsr(std::shared_ptr<JobRun> run, std::stop_token stop)
{
    if (!run->job.csrDer.isEmpty())
        co_return Result<>();
    const KeyType type = run->job.request.keyType;
    const QStringList names = run->job.request.names;
    std::function<Result<NewKey>()> make = [type, names] { return makeNewKey(type, names); };
    Task<NewKey> making = runBlocking<NewKey>(stop, make);
    auto made = co_await std::move(making);
    if (!made)
        co_return fail(made.error());
    Task<KeyRecord> storing = m_context.vault.storeKey(
        std::move(made->pkcs8), QStringLiteral("leaf"), QString::fromLatin1(keyTypeName(type)),
        made->publicKeySha256, stop);
    const auto stored = co_await std::move(storing);
    if (!stored)
        co_return fail(stored.error(), "storing the key");
    run->job.keyId = stored->id;
    run->job.csrDer = made->csrDer;
    // A new order writes them down with its address, before anything is sent that names the key.
    if (run->job.orderUrl.isEmpty())
        co_return Result<>();
    co_return co_await saveJob(run);
}

Task<> CertificateMaker::makeSolver(std::shared_ptr<JobRun> run, std::stop_token stop)
{
    auto solver = co_await solverFor(run, run->job.request.credential, stop);
    if (!solver)
        co_return fail(solver.error());
    run->solver = std::move(*solver);
    co_return Result<>();
}

Task<IssuedChain> CertificateMaker::obtain(std::shared_ptr<JobRun> run, std::stop_token stop)
{
    AcmeIssuer::Hooks hooks;
    hooks.orderMade = [this, run](QString orderUrl) {
        run->job.orderUrl = std::move(orderUrl);
        return saveJob(run);
    };
    hooks.stepStarted = [this, run](const QString &step) { run->log.started(step); };
    hooks.stepDone = [this, run](const QString &detail) { run->log.done(detail); };
    hooks.board = [this, run](BoardState board) {
        run->board = board;
        Q_EMIT run->events.boardChanged(run->job.id, std::move(board));
    };
    hooks.lessThanReady = [this, run](BoardState board) {
        return tellIncomplete(run, std::move(board));
    };
    AcmeIssuer issuer(*run->session->client, *run->solver, std::move(hooks));
    Task<IssuedChain> obtaining = issuer.obtain(run->job, stop);
    co_return co_await std::move(obtaining);
}

// product.md, "Ready": what was accepted with less than every name server stands in the audit log,
// before the CA is asked.
Task<> CertificateMaker::tellIncomplete(std::shared_ptr<JobRun> run, BoardState board)
{
    QJsonObject details{{QStringLiteral("job"), run->job.id.text()},
                        {QStringLiteral("why"), board.headline},
                        {QStringLiteral("unattended"), run->job.request.unattended}};
    run->log.note(board.headline);
    Task<> auditing =
        m_context.audit.record(QStringLiteral("dns.incomplete"), run->job.request.names.join(u", "),
                               phaseName(board.phase), details);
    co_return co_await std::move(auditing);
}

Task<CertificateRecord> CertificateMaker::save(std::shared_ptr<JobRun> run, IssuedChain chain)
{
    const auto leaf = Certificate::fromDer(chain.leafDer);
    if (!leaf)
        co_return fail(leaf.error(), "reading the certificate");
    CertificateRecord record = certificateRecordOf(*leaf);
    record.chainPem = chain.chainPem;
    record.keyId = run->job.keyId;
    record.origin = QStringLiteral("issued");
    record.jobId = run->job.id;
    record.credential = run->job.request.credential;
    record.addedAt = m_context.clock.utcNow();

    JobRecord &job = run->job;
    job.state = JobRecord::State::Done;
    job.step = QStringLiteral("done");
    job.certificateSha256 = record.sha256;
    job.requests += run->session->transport->requestCount();
    job.updatedAt = record.addedAt;
    job.owner.clear();
    job.leaseUntil = {};
    AuditEntry entry = auditEntry(QStringLiteral("certificate.issue"), record.names.join(u", "),
                                  QStringLiteral("ok"),
                                  {{QStringLiteral("sha256"), record.sha256},
                                   {QStringLiteral("ca"), run->ca.name},
                                   {QStringLiteral("job"), job.id.text()}});
    entry.at = record.addedAt;
    if (run->board)
        entry.details.insert(QStringLiteral("board"), phaseName(run->board->phase));
    // No renewal behind this: it would lease a job that is over.
    run->leaseTimer.stop();
    run->log.write();
    const auto finished = co_await m_context.store.finishJob(job, record, entry);
    if (!finished) {
        run->leaseTimer.start();
        co_return fail(finished.error(), "storing the certificate");
    }
    co_return record;
}

} // namespace sealbook
