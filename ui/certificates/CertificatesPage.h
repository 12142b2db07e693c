// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/inventory/CertificateService.h"
#include "ui/certificates/CertificateModel.h"
#include "ui/widgets/Page.h"

#include <QTimer>

#include <stop_token>

class QLineEdit;
class QMenu;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace sealbook {

class CertificateActions;
class CertificateImporter;
class CertificatePane;
class CertificateView;
class Dialogs;
class EmptyState;
class ErrorPanel;
class ExportPanel;
class ImportReportPanel;
struct ImportOutcome;

// The inventory: filter, table by urgency, and everything about the chosen certificate beside it.
// Takes files by button, drop and paste. Owned by MainWindow; the services outlive it.
class CertificatesPage : public Page
{
    Q_OBJECT

public:
    CertificatesPage(CertificateService &certificates, const Clock &clock, Dialogs &dialogs,
                     QWidget *parent = nullptr);
    ~CertificatesPage() override;

    void setTimesLocal(bool local);
    // For whoever stands in while there is nothing to show.
    void chooseFiles();
    void importFiles(const QStringList &paths);
    void importPasted(const QByteArray &text);
    void open(const QString &subject) override; // a sha256
    void activated() override;
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;
    [[nodiscard]] CertificateModel &model() { return m_model; }

Q_SIGNALS:
    void loaded();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void bind();
    void addTools();
    void reload();
    void receive(const Result<std::vector<CertificateRecord>> &records);
    void showCounts();
    void showCurrent(const QString &sha256);
    void openPane();
    void closePane();
    void startExport();
    void showImported(const std::vector<ImportOutcome> &outcomes);
    void setGrouping(CertificateModel::Grouping grouping, const QString &text);

    CertificateService &m_certificates;
    const Clock &m_clock;
    CertificateModel m_model;
    CertificateImporter *m_importer;
    CertificateActions *m_actions;
    QLineEdit *m_filter;
    ImportReportPanel *m_report;
    ErrorPanel *m_error;
    QStackedWidget *m_list; // table, empty, no match
    CertificateView *m_view;
    EmptyState *m_empty;
    EmptyState *m_noMatch;
    QSplitter *m_splitter;
    QStackedWidget *m_side; // details, export
    CertificatePane *m_pane;
    ExportPanel *m_export;
    QToolButton *m_group = nullptr;
    QTimer m_reloadSoon;
    QTimer m_minute;
    std::stop_source m_stop;
    QString m_wanted; // to be shown when it is loaded
    bool m_loading = false;
    bool m_stale = true;
    bool m_timesLocal = false;
};

} // namespace sealbook
