// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ImportRun.h"

#include "core/base/Task.h"
#include "core/inventory/FileAccess.h"
#include "core/inventory/KnownStore.h"
#include "core/inventory/PemStream.h"

#include <QFileInfo>

namespace sealbook {

namespace {

constexpr std::size_t fullBatch = 2000; // certificates
constexpr std::size_t fullFiles = 2000;
constexpr qint64 longestBatch = 400; // milliseconds
constexpr qint64 largeFile = 4 * 1024 * 1024;
constexpr qsizetype headSize = 64 * 1024;
constexpr int listedAtMost = 20;
constexpr int mostStreamKeys = 100;

// A file of such a name is meant to be one of ours; without, a folder may hold anything.
bool isPromising(const QString &path)
{
    static const QStringList endings{
        QStringLiteral("pem"),        QStringLiteral("crt"),       QStringLiteral("cer"),
        QStringLiteral("der"),        QStringLiteral("key"),       QStringLiteral("p12"),
        QStringLiteral("pfx"),        QStringLiteral("p7b"),       QStringLiteral("p7c"),
        QStringLiteral("jks"),        QStringLiteral("jceks"),     QStringLiteral("bks"),
        QStringLiteral("ubr"),        QStringLiteral("csr"),       QStringLiteral("req"),
        QStringLiteral("crl"),        QStringLiteral("p8"),        QStringLiteral("keystore"),
        QStringLiteral("truststore"), QStringLiteral("ca-bundle"), QStringLiteral("ca"),
        QStringLiteral("xdb")};
    const QFileInfo file(path);
    return endings.contains(file.suffix().toLower())
        || file.fileName() == QLatin1String("cert9.db");
}

QString originOf(const QString &path)
{
    const KnownStore store = knownStoreOf(path);
    return store.origin.isEmpty() ? QStringLiteral("file:") + path : store.origin;
}

// A bundle may have a long text in front, but not for ever.
bool beginsAsPem(const InputFile &input)
{
    QByteArray head(1024 * 1024, '\0');
    const Result<std::size_t> got = input.peek(
        {reinterpret_cast<std::uint8_t *>(head.data()), static_cast<std::size_t>(head.size())});
    const bool is =
        got && looksLikePem({reinterpret_cast<const std::uint8_t *>(head.constData()), *got});
    wipe(head);
    return is;
}

// B47: containers and the like have a limit (security.md section 3).
Error tooLarge(const QString &path, qint64 size)
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    error.detail = QStringLiteral("\"%1\" has %2 MiB and is no PEM text; other formats are read up "
                                  "to %3 MiB")
                       .arg(path)
                       .arg(size / (1024 * 1024))
                       .arg(maxImportSize / (1024 * 1024));
    return error;
}

// Counts in `shortened` the certificates whose texts are too long to be kept whole.
CertificateRecord importedRecord(const ImportContent::Entry &entry, const QString &origin,
                                 int &shortened)
{
    const CertificateFacts &facts = entry.certificate.facts;
    CertificateRecord record;
    record.sha256 = facts.sha256;
    record.der = entry.certificate.der;
    for (const ImportedCertificate &issuer : entry.issuers)
        record.chainPem += pemOfDer(issuer.der);
    record.subject = facts.subject;
    record.names = facts.names;
    record.issuer = facts.issuer;
    record.serial = facts.serial;
    record.notBefore = facts.notBefore;
    record.notAfter = facts.notAfter;
    record.keyAlgorithm = facts.keyAlgorithm;
    record.signatureAlgorithm = facts.signatureAlgorithm;
    record.publicKeySha256 = facts.publicKeySha256;
    record.subjectDn = facts.subjectDn;
    record.issuerDn = facts.issuerDn;
    record.isCa = facts.isCa;
    record.isSelfIssued = facts.isSelfIssued;
    record.origin = origin;
    shortened += shortenLongTexts(record) ? 1 : 0;
    return record;
}

void tellShortened(QStringList &notes, int shortened)
{
    if (shortened > 0)
        notes.append(QStringLiteral("%1 certificate%2 with names longer than names can be: the "
                                    "list has only their beginning")
                         .arg(shortened)
                         .arg(QLatin1String(shortened == 1 ? "" : "s")));
}

} // namespace

struct ImportRun::Stream
{
    Stream(FolderWalk::File what, InputFile from)
        : file(std::move(what))
        , origin(originOf(file.path))
        , input(std::move(from))
        , blocks([this](std::span<std::uint8_t> into) -> Result<std::size_t> {
            const Result<std::size_t> got = input.read(into);
            bytesRead += got ? static_cast<qint64>(*got) : 0;
            return got;
        })
    {
    }
    FolderWalk::File file;
    QString origin;
    InputFile input;
    PemStream blocks;
    qint64 bytesRead = 0;
    std::size_t found = 0;
    int bad = 0;
    int shortened = 0;
    int keys = 0;
};

ImportUnit unitOf(ImportContent content, const QString &origin)
{
    ImportUnit unit;
    unit.path = origin;
    unit.origin = origin;
    int shortened = 0;
    for (const ImportContent::Entry &entry : content.entries)
        unit.certificates.push_back(importedRecord(entry, origin, shortened));
    unit.keys = std::move(content.keys);
    unit.requests = std::move(content.requests);
    unit.publicKeys = std::move(content.publicKeys);
    unit.closedKeys = std::move(content.closedKeys);
    unit.notes = std::move(content.notes);
    tellShortened(unit.notes, shortened);
    return unit;
}

ImportRun::ImportRun(QStringList paths, Secret password, ContainerReader containers,
                     std::stop_token stop)
    : m_paths(std::move(paths))
    , m_password(std::move(password))
    , m_reader(std::move(containers))
    , m_stop(std::move(stop))
{
}

ImportRun::~ImportRun() = default;

bool ImportRun::isFull(const ImportBatch &batch) const
{
    return m_count >= fullBatch || batch.units.size() >= fullFiles
        || m_clock.hasExpired(longestBatch);
}

Result<ImportBatch> ImportRun::next()
{
    ImportBatch batch;
    if (!m_begun) {
        Result<FolderWalk> walk = walkFolders(m_paths, m_stop);
        if (!walk)
            return fail(walk.error());
        m_walk = std::move(*walk);
        m_begun = true;
        for (FolderWalk::Problem &problem : m_walk.problems) {
            ImportUnit unit;
            unit.path = problem.path;
            unit.isNamed = m_paths.contains(problem.path);
            unit.error = std::move(problem.error);
            batch.units.push_back(std::move(unit));
        }
    }
    m_clock.start();
    m_count = 0;
    while (!isFull(batch)) {
        if (m_stop.stop_requested())
            return fail(cancelled());
        if (m_stream)
            readStream(batch);
        else if (m_next < m_walk.files.size())
            readFile(m_walk.files[m_next++], batch);
        else
            break;
    }
    batch.filesDone = static_cast<int>(m_next) - (m_stream ? 1 : 0);
    batch.filesAll = static_cast<int>(m_walk.files.size());
    batch.bytesDone = m_bytesDone + (m_stream ? m_stream->bytesRead : 0);
    batch.bytesAll = m_walk.bytes;
    batch.isLast = !m_stream && m_next >= m_walk.files.size();
    return batch;
}

void ImportRun::readFile(const FolderWalk::File &file, ImportBatch &batch)
{
    if (!file.isNamed && knownStoreOf(file.path).isRepeated) {
        m_bytesDone += file.size;
        return;
    }
    ImportUnit unit;
    unit.path = file.path;
    unit.isNamed = file.isNamed;
    Result<InputFile> input = InputFile::open(file.path);
    if (!input) {
        unit.error = input.error();
        unit.isForeign = !file.isNamed && !isPromising(file.path);
    } else if (input->size() > largeFile && beginsAsPem(*input)) {
        m_stream = std::make_unique<Stream>(file, std::move(*input));
        return;
    } else if (input->size() > maxImportSize) {
        unit.error = tooLarge(file.path, input->size());
        unit.isForeign = !file.isNamed && !isPromising(file.path);
    } else {
        Result<ImportUnit> read = readWhole(file, *input);
        if (read)
            unit = std::move(*read);
        else
            unit.error = read.error();
    }
    m_count += unit.certificates.size();
    m_bytesDone += file.size;
    batch.units.push_back(std::move(unit));
}

Result<ImportUnit> ImportRun::readWhole(const FolderWalk::File &file, InputFile &input)
{
    ImportUnit unit;
    unit.path = file.path;
    unit.isNamed = file.isNamed;
    QByteArray bytes(static_cast<qsizetype>(input.size()), '\0');
    const Result<std::size_t> have = input.read(
        {reinterpret_cast<std::uint8_t *>(bytes.data()), static_cast<std::size_t>(bytes.size())});
    const std::span<const std::uint8_t> all(
        reinterpret_cast<const std::uint8_t *>(bytes.constData()), have ? *have : 0);
    Result<ImportContent> content =
        have ? m_reader.read(all, m_password) : Result<ImportContent>(fail(have.error()));
    if (!content) {
        unit.error = content.error();
        const std::span<const std::uint8_t> head =
            all.first(std::min<std::size_t>(all.size(), headSize));
        const ImportFormat format = recognizeFormat(head, all.size()).format;
        unit.isForeign = !file.isNamed && !isPromising(file.path)
            && (format == ImportFormat::Other || format == ImportFormat::Database);
        wipe(bytes);
        return unit;
    }
    wipe(bytes);
    ImportUnit read = unitOf(std::move(*content), originOf(file.path));
    read.path = unit.path;
    read.isNamed = unit.isNamed;
    return read;
}

void ImportRun::readStream(ImportBatch &batch)
{
    ImportUnit unit;
    unit.path = m_stream->file.path;
    unit.isNamed = m_stream->file.isNamed;
    unit.isPiece = true;
    bool isOver = false;
    while (!isOver && m_count < fullBatch && !m_clock.hasExpired(longestBatch)
           && !m_stop.stop_requested()) {
        const Result<PemStream::Item> item = m_stream->blocks.next();
        if (!item) {
            unit.error = item.error();
            isOver = true;
        } else if (item->block) {
            readStreamBlock(*item->block, unit);
        } else if (item->damage) {
            if (++m_stream->bad <= listedAtMost)
                unit.notes.append(QStringLiteral("Left out: ") + item->damage->detail);
        } else {
            isOver = true;
        }
    }
    if (isOver) {
        tellShortened(unit.notes, m_stream->shortened);
        if (m_stream->bad > listedAtMost)
            unit.notes.append(
                QStringLiteral("Left out: %1 more").arg(m_stream->bad - listedAtMost));
        if (m_stream->found == 0 && !unit.error) {
            unit.error = tooLarge(unit.path, m_stream->file.size);
            unit.isForeign = !unit.isNamed && !isPromising(unit.path);
        }
        m_bytesDone += m_stream->file.size;
        m_stream.reset();
    }
    batch.units.push_back(std::move(unit));
}

void ImportRun::readStreamBlock(const PemBlock &block, ImportUnit &unit)
{
    const auto leaveOut = [&](const QString &why) {
        if (++m_stream->bad <= listedAtMost)
            unit.notes.append(QStringLiteral("Left out: ") + why);
    };
    if (block.isPrivateKey()) {
        if (++m_stream->keys > mostStreamKeys)
            return leaveOut(QStringLiteral("the private key in line %1: there are more than %2")
                                .arg(block.line)
                                .arg(mostStreamKeys));
        Result<PrivateKey> key = m_reader.keyIn(block, m_password);
        if (!key)
            return leaveOut(key.error().detail);
        unit.keys.push_back(std::move(*key));
        return;
    }
    if (!block.isCertificate() && block.label != "TRUSTED CERTIFICATE")
        return leaveOut(QStringLiteral("the %1 in line %2")
                            .arg(QString::fromLatin1(block.label))
                            .arg(block.line));
    Result<ImportedCertificate> certificate = m_reader.certificateIn(block);
    if (!certificate)
        return leaveOut(certificate.error().detail);
    ++m_stream->found;
    ++m_count;
    unit.certificates.push_back(
        importedRecord({std::move(*certificate), {}}, m_stream->origin, m_stream->shortened));
}

} // namespace sealbook
