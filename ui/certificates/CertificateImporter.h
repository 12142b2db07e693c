// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/CertificateService.h"

#include <QPointer>
#include <QWidget>

#include <deque>
#include <optional>
#include <stop_token>

namespace sealbook {

class Dialogs;

// What became of one file, drop or paste.
struct ImportOutcome
{
    QString source; // as people say it: "www.p12"
    ImportReport report; // when `error` is empty
    std::optional<Error> error;
    bool skipped = false; // the person did not give the password
};

// Imports files and pasted text one after the other, asks for a password where one is needed, and
// tells the whole when all are done. Owned by the page.
class CertificateImporter : public QObject
{
    Q_OBJECT

public:
    CertificateImporter(CertificateService &certificates, Dialogs &dialogs, QWidget *window,
                        QObject *parent = nullptr);
    ~CertificateImporter() override;

    void importFiles(const QStringList &paths);
    void importTokens(); // all that are plugged in
    void importBytes(Secret bytes, const QString &source);
    // What was imported before stays; the rest of what waits is given up.
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void started(const QString &source);
    void progressed(int files, int of);
    void finished(const std::vector<sealbook::ImportOutcome> &outcomes);

private:
    struct Piece
    {
        QString path; // empty: bytes
        QString source;
        Secret bytes;
        int attempts = 0; // passwords tried
        std::optional<ImportReport> closed; // what came out without a password, but for its keys
    };

    void next();
    void run(Secret password);
    void runFolder(const QString &path);
    void runTokens(const QString &uri);
    void receiveFolder(const ImportSummary &summary);
    void receive(const Result<ImportReport> &result);
    void askPassword();
    void finishPiece(ImportOutcome outcome);
    [[nodiscard]] static bool needsPassword(const Error &error);

    CertificateService &m_certificates;
    Dialogs &m_dialogs;
    QPointer<QWidget> m_window;
    std::deque<Piece> m_pieces;
    std::vector<ImportOutcome> m_outcomes;
    std::stop_source m_stop;
    bool m_busy = false;
};

} // namespace sealbook
