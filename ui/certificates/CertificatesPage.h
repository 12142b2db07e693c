// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/InventoryService.h"
#include "core/records/CredentialRecord.h"
#include "core/records/EndpointRecord.h"
#include "ui/certificates/CertificateModel.h"
#include "ui/certificates/MarkBar.h"
#include "ui/widgets/Page.h"

#include <QTimer>

#include <stop_token>

class QAction;
class QMenu;
class QStackedWidget;

namespace sealbook {

class CertificateActions;
class CertificateImporter;
class CertificatePane;
class CertificateView;
class ColumnsPanel;
class CredentialService;
class Dialogs;
class EmptyState;
class ErrorPanel;
class ExpiryStrip;
class ExportPanel;
class ImportReportPanel;
class Line;
class NoteBar;
class QueryBar;
class RevocationChecker;
class RevocationService;
class RecordSplit;
class ViewBar;
class ViewSwitches;
class WaitingActions;
class WaitingPane;
class WatchService;
struct CertificateSubject;
struct ImportOutcome;

// The inventory: question, saved views, table, and everything about the chosen certificate beside
// it. Takes files by button, drop and paste; changes marks of many at once, with undo. Owned by
// MainWindow; the services outlive it.
class CertificatesPage : public Page
{
    Q_OBJECT

public:
    CertificatesPage(CertificateService &certificates, InventoryService &inventory,
                     const Clock &clock, Dialogs &dialogs, QWidget *parent = nullptr);
    ~CertificatesPage() override;

    // From now on it is told what endpoints serve, and when credentials are due.
    void useWatch(WatchService &watch);
    // From now on it can ask whether a certificate was revoked.
    void useRevocation(RevocationService &revocation);
    void useCredentials(CredentialService &credentials);
    void setTimesLocal(bool local);
    // For whoever stands in while there is nothing to show.
    void chooseFiles();
    void importFiles(const QStringList &paths);
    void importPasted(const QByteArray &text);
    void open(const QString &subject) override; // a sha256, or "query:" and what is asked for
    void activated() override;
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;
    [[nodiscard]] QList<QAction *> menuActions() const override { return m_menuActions; }
    [[nodiscard]] CertificateModel &model() { return m_model; }
    [[nodiscard]] QueryBar &queryBar() { return *m_query; }

Q_SIGNALS:
    void loaded();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void addTools();
    void addMenuActions();
    void build();
    void buildSide();
    void bind();
    void bindSwitches();
    void bindView();
    void bindActions();
    void bindMarks();
    void loadPreferences();
    void savePreferences();

    void reload();
    void receive(const Result<std::shared_ptr<Inventory>> &inventory);
    void reloadEndpoints();
    void reloadCredentials();

    void openQuery(const QString &text);

    [[nodiscard]] static QString notRetired(); // a condition
    [[nodiscard]] ExpiryWeeks weeksNow() const; // empty; they know the strip's condition
    [[nodiscard]] QStringList stripTerms() const; // of the question; one, unless typed
    void showStrip();
    [[nodiscard]] SavedView shownView() const;
    void showView(const SavedView &view);
    void ask(); // the model, for what the page's parts say
    void setSort(const std::vector<InventorySort> &sort);
    void showCounts();
    void showNoMatch();
    void showSelection();
    void askMark(MarkBar::Kind kind);
    [[nodiscard]] QString commonMark(MarkBar::Kind kind) const;
    void showCurrent(const QString &sha256);
    [[nodiscard]] CertificateSubject subjectOf(quint32 index) const;
    void showWaiting(const InventoryRow &row);
    void readPlaces(const QString &sha256);
    void openPane();
    void closePane();
    void showColumns();
    void showColumnMenu(int column, const QPoint &where);
    void startExport();
    [[nodiscard]] ReportRequest shownReport() const;
    template <typename Column>
    [[nodiscard]] static QStringList known(const Column &column);

    CertificateService &m_certificates;
    InventoryService &m_inventory;
    WatchService *m_watch = nullptr;
    RevocationChecker *m_revocation = nullptr;
    CredentialService *m_credentials = nullptr;
    const Clock &m_clock;
    CertificateModel m_model;
    CertificateImporter *m_importer;
    CertificateActions *m_actions;
    ExpiryStrip *m_strip;
    Line *m_stripLine; // below it
    QueryBar *m_query;
    ViewBar *m_views;
    ViewSwitches *m_switches;
    MarkBar *m_marks;
    NoteBar *m_note;
    ImportReportPanel *m_report;
    ErrorPanel *m_error;
    QStackedWidget *m_list; // table, empty, no match
    CertificateView *m_view;
    EmptyState *m_empty;
    EmptyState *m_noMatch;
    QStackedWidget *m_side; // details, export, columns
    RecordSplit *m_split;
    CertificatePane *m_pane;
    WaitingPane *m_waitingPane;
    WaitingActions *m_waitingActions;
    ExportPanel *m_export;
    ColumnsPanel *m_columns;
    QAction *m_chooseColumns = nullptr;
    QAction *m_removeTerm = nullptr;
    QMenu *m_selected = nullptr; // what the table's own menu offers
    QList<QAction *> m_menuActions;
    std::vector<InventorySort> m_sort{{}};
    std::vector<EndpointStatus> m_endpoints;
    std::vector<CredentialRecord> m_credentialRecords;
    std::vector<PlaceRecord> m_places; // of the pane's certificate
    QTimer m_reloadSoon;
    QTimer m_minute;
    QTimer m_saveSoon;
    std::stop_source m_stop;
    QString m_wanted; // to be shown when it is loaded
    bool m_loading = false;
    bool m_stale = true;
    bool m_hasPreferences = false;
    bool m_isAskedFor = false; // another page said what to show
    bool m_isShowingView = false;
    bool m_isWidened = false; // all is shown, so that m_wanted is there
    bool m_timesLocal = false;
};

// The values of a column that are not empty, for whoever types one.
template <typename Column>
QStringList CertificatesPage::known(const Column &column)
{
    QStringList values;
    for (const QString &value : column.values) {
        if (!value.isEmpty())
            values << value;
    }
    values.sort(Qt::CaseInsensitive);
    return values;
}

} // namespace sealbook
