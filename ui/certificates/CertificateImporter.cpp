// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateImporter.h"

#include "ui/widgets/Dialogs.h"

#include <QDir>
#include <QFileInfo>

namespace sealbook {

namespace {
constexpr int mostAttempts = 5;

QString allTokens()
{
    return QStringLiteral("pkcs11:");
}
} // namespace

CertificateImporter::CertificateImporter(CertificateService &certificates, Dialogs &dialogs,
                                         QWidget *window, QObject *parent)
    : QObject(parent)
    , m_certificates(certificates)
    , m_dialogs(dialogs)
    , m_window(window)
{
}

CertificateImporter::~CertificateImporter()
{
    m_stop.request_stop();
}

void CertificateImporter::importFiles(const QStringList &paths)
{
    for (const QString &path : paths) {
        Piece piece;
        piece.path = path;
        piece.source = QFileInfo(path).fileName();
        m_pieces.push_back(std::move(piece));
    }
    if (!m_busy)
        next();
}

void CertificateImporter::importTokens()
{
    Piece piece;
    piece.path = allTokens();
    piece.source = tr("Tokens");
    m_pieces.push_back(std::move(piece));
    if (!m_busy)
        next();
}

void CertificateImporter::importBytes(Secret bytes, const QString &source)
{
    Piece piece;
    piece.source = source;
    piece.bytes = std::move(bytes);
    m_pieces.push_back(std::move(piece));
    if (!m_busy)
        next();
}

void CertificateImporter::next()
{
    if (m_pieces.empty()) {
        m_busy = false;
        const std::vector<ImportOutcome> outcomes = std::exchange(m_outcomes, {});
        if (!outcomes.empty())
            Q_EMIT finished(outcomes);
        return;
    }
    m_busy = true;
    Q_EMIT started(m_pieces.front().source);
    run(Secret());
}

void CertificateImporter::run(Secret password)
{
    Piece &piece = m_pieces.front();
    const auto done = [this](const Result<ImportReport> &result) { receive(result); };
    if (piece.path == allTokens()) {
        runTokens(piece.path);
        return;
    }
    if (QFileInfo(piece.path).isDir()) {
        runFolder(piece.path);
        return;
    }
    if (!piece.path.isEmpty()) {
        Task<ImportReport> task =
            m_certificates.importFile(piece.path, std::move(password), m_stop.get_token());
        QCoro::connect(std::move(task), this, done);
        return;
    }
    Result<Secret> bytes = piece.bytes.clone(); // kept for another try with a password
    if (!bytes) {
        receive(fail(bytes.error()));
        return;
    }
    Task<ImportReport> task = m_certificates.importBytes(
        std::move(*bytes), QStringLiteral("pasted"), std::move(password), m_stop.get_token());
    QCoro::connect(std::move(task), this, done);
}

void CertificateImporter::runTokens(const QString &uri)
{
    Task<ImportSummary> task = m_certificates.importTokens(uri, m_stop.get_token());
    QCoro::connect(std::move(task), this, [this](const Result<ImportSummary> &summary) {
        if (summary)
            receiveFolder(*summary);
        else
            receive(fail(summary.error()));
    });
}

void CertificateImporter::runFolder(const QString &path)
{
    // The sink is called from a task of the service, which may outlive this page.
    const QPointer<CertificateImporter> alive = this;
    ProgressSink sink = [alive](const Progress &progress) {
        if (alive)
            Q_EMIT alive->progressed(progress.step, progress.of);
    };
    Task<ImportSummary> task =
        m_certificates.importPaths({path}, Secret(), std::move(sink), m_stop.get_token());
    QCoro::connect(std::move(task), this, [this](const Result<ImportSummary> &summary) {
        if (summary)
            receiveFolder(*summary);
        else
            receive(fail(summary.error()));
    });
}

// One outcome for the folder, and one for each file of it that should have been imported.
void CertificateImporter::receiveFolder(const ImportSummary &summary)
{
    ImportOutcome whole;
    whole.source = m_pieces.front().source;
    whole.report.added = summary.added;
    whole.report.known = summary.known;
    whole.report.keysStored = summary.keysStored;
    whole.report.requests = summary.requests;
    if (summary.cancelled)
        whole.report.notes << tr("Cancelled: what was imported before stays.");
    const QDir folder(m_pieces.front().path);
    std::vector<ImportOutcome> failed;
    for (const ImportSummary::File &file : summary.files) {
        whole.report.sha256 << file.sha256;
        if (!file.error || file.isForeign)
            continue;
        ImportOutcome &outcome = failed.emplace_back();
        outcome.source = folder.relativeFilePath(file.path);
        outcome.error = file.error;
    }
    for (ImportOutcome &outcome : failed)
        m_outcomes.push_back(std::move(outcome));
    finishPiece(std::move(whole));
}

void CertificateImporter::cancel()
{
    while (m_pieces.size() > 1)
        m_pieces.pop_back();
    m_stop.request_stop();
    m_stop = std::stop_source(); // for what is imported next
}

bool CertificateImporter::needsPassword(const Error &error)
{
    // The reader of keystores and encrypted keys asks for it in its advice.
    return error.kind == Error::Kind::Unauthorized
        || (error.kind == Error::Kind::BadRequest
            && error.advice.contains(QLatin1String("password"), Qt::CaseInsensitive));
}

void CertificateImporter::receive(const Result<ImportReport> &result)
{
    Piece &piece = m_pieces.front();
    if (!result && needsPassword(result.error()) && piece.attempts < mostAttempts) {
        askPassword();
        return;
    }
    if (result && result->wantsPassword && piece.attempts == 0) {
        piece.closed = *result;
        askPassword();
        return;
    }
    ImportOutcome outcome;
    outcome.source = piece.source;
    if (result)
        outcome.report = *result;
    else
        outcome.error = result.error();
    finishPiece(std::move(outcome));
}

void CertificateImporter::askPassword()
{
    Piece &piece = m_pieces.front();
    Dialogs::SecretQuestion question;
    question.title = tr("Password needed");
    question.text = piece.attempts > 0 ? tr("That was not the password of %1.").arg(piece.source)
        : piece.closed ? tr("The keys in %1 are under a password.").arg(piece.source)
                       : tr("%1 is encrypted.").arg(piece.source);
    question.label = tr("Password of %1").arg(piece.source);
    question.accept = tr("Import");
    ++piece.attempts;
    const QPointer<CertificateImporter> alive = this;
    m_dialogs.enterSecret(m_window, question, [alive](std::optional<Secret> password) {
        if (!alive)
            return;
        if (password) {
            alive->run(std::move(*password));
            return;
        }
        ImportOutcome outcome;
        outcome.source = alive->m_pieces.front().source;
        const std::optional<ImportReport> &closed = alive->m_pieces.front().closed;
        outcome.skipped = !closed;
        if (closed)
            outcome.report = *closed;
        alive->finishPiece(std::move(outcome));
    });
}

void CertificateImporter::finishPiece(ImportOutcome outcome)
{
    m_outcomes.push_back(std::move(outcome));
    m_pieces.pop_front();
    next();
}

} // namespace sealbook
