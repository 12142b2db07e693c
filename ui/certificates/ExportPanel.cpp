// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ExportPanel.h"

#include "ui/certificates/CertificateWords.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/Theme.h"
#include "ui_ExportPanel.h"

#include <QDir>
#include <QKeyEvent>
#include <QShortcut>
#include <QStandardPaths>

namespace sealbook {

namespace {
constexpr std::array formats{ExportFormat::FullChainPem, ExportFormat::LeafPem,
                             ExportFormat::ChainPem,     ExportFormat::Der,
                             ExportFormat::Pkcs7,        ExportFormat::Pkcs12,
                             ExportFormat::Pkcs12Legacy, ExportFormat::KeyPem,
                             ExportFormat::CombinedPem,  ExportFormat::KubernetesSecret};

void showAt(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}
} // namespace

ExportPanel::ExportPanel(CertificateService &certificates, Dialogs &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_certificates(certificates)
    , m_dialogs(dialogs)
    , m_ui(std::make_unique<Ui::ExportPanel>())
{
    m_ui->setupUi(this);
    m_ui->heading->setFont(Theme::titleFont(font()));
    Theme::setMuted(m_ui->subject);
    Theme::setMuted(m_ui->passwordHint);
    for (const ExportFormat format : formats)
        m_ui->format->addItem(ExportForm::title(format), static_cast<int>(format));
    m_ui->format->insertSeparator(m_ui->format->count());
    for (const QString &server : serverNames())
        m_ui->format->addItem(ExportForm::serverTitle(server), server);
    m_ui->snippet->setFont(Theme::monoFont(font()));
    m_snippetCopy = new CopyButton(tr("Copy the configuration"), this);
    m_ui->snippetHead->addWidget(m_snippetCopy);
    bind();
}

ExportPanel::~ExportPanel()
{
    m_stop.request_stop();
}

void ExportPanel::bind()
{
    connect(m_ui->format, &QComboBox::currentIndexChanged, this, &ExportPanel::followChoice);
    for (QLineEdit *edit : {static_cast<QLineEdit *>(m_ui->password),
                            static_cast<QLineEdit *>(m_ui->again), m_ui->file})
        connect(edit, &QLineEdit::textChanged, this, &ExportPanel::refresh);
    connect(m_ui->choose, &QPushButton::clicked, this, &ExportPanel::chooseFile);
    connect(m_ui->write, &QPushButton::clicked, this, &ExportPanel::confirmAndWrite);
    for (QLineEdit *edit : {static_cast<QLineEdit *>(m_ui->again), m_ui->file})
        connect(edit, &QLineEdit::returnPressed, this, &ExportPanel::confirmAndWrite);
    connect(m_ui->cancel, &QPushButton::clicked, this, [this] {
        forgetPasswords();
        Q_EMIT cancelled();
    });
    auto *escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, m_ui->cancel, &QPushButton::click);
}

// A file in the folder that was there before, or that folder itself for a server.
void ExportPanel::followChoice()
{
    const ExportForm now = form();
    const QFileInfo old(now.file);
    const QDir folder = old.isDir() ? QDir(now.file) : old.dir();
    if (!now.file.isEmpty())
        m_ui->file->setText(now.server.isEmpty()
                                ? folder.filePath(ExportForm::suggestedName(m_row, now.format))
                                : folder.absolutePath());
    m_ui->fileLabel->setText(now.server.isEmpty() ? tr("&File") : tr("&Folder"));
    m_ui->write->setText(now.server.isEmpty() ? tr("&Write file") : tr("&Write files"));
    showSnippet({});
    refresh();
}

void ExportPanel::showSnippet(const QString &snippet)
{
    m_ui->snippet->setPlainText(snippet);
    m_snippetCopy->setCopyText(snippet);
    m_ui->snippetPart->setVisible(!snippet.isEmpty());
    m_ui->cancel->setText(snippet.isEmpty() ? tr("Cancel") : tr("Close"));
}

void ExportPanel::start(const InventoryRow &row)
{
    ++m_starts;
    m_row = row;
    m_ui->subject->setText(CertificateWords::firstName(row));
    m_ui->error->clear();
    m_ui->alias->clear();
    m_ui->alias->setPlaceholderText(row.subject());
    forgetPasswords();
    showSnippet({});
    m_ui->format->setCurrentIndex(0);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    m_ui->file->setText(QDir(folder).exists()
                            ? QDir(folder).filePath(ExportForm::suggestedName(row, form().format))
                            : QString());
    refresh();
    m_ui->format->setFocus(Qt::ShortcutFocusReason);
}

ExportForm ExportPanel::form() const
{
    ExportForm form;
    const QVariant chosen = m_ui->format->currentData();
    if (chosen.userType() == QMetaType::QString)
        form.server = chosen.toString();
    else
        form.format = static_cast<ExportFormat>(chosen.toInt());
    form.file = m_ui->file->text().trimmed();
    form.passwordLength = static_cast<int>(m_ui->password->text().size());
    form.passwordsAgree = m_ui->password->text() == m_ui->again->text();
    form.holdsKey = m_row.is(InventoryRow::HasKey);
    return form;
}

void ExportPanel::refresh()
{
    const ExportForm now = form();
    m_ui->passwordPart->setVisible(now.asksPassword() && now.holdsKey);
    m_ui->aliasPart->setVisible(now.asksAlias() && now.holdsKey);
    m_ui->write->setEnabled(true);
    showProblems(false);
}

void ExportPanel::showProblems(bool all)
{
    const ExportForm now = form();
    QString format;
    QString file;
    QString password = now.asksPassword() && !needsPassword(now.format) && now.passwordLength == 0
        ? tr("Without a password the key stands in the file in plain text.")
        : QString();
    for (const ExportForm::Problem &problem : now.problems()) {
        if (problem.field == ExportForm::Field::Format)
            format = problem.text;
        else if (problem.field == ExportForm::Field::Password && all)
            password = problem.text;
        else if (problem.field == ExportForm::Field::File && all)
            file = problem.text;
    }
    showAt(m_ui->formatProblem, format);
    showAt(m_ui->passwordHint, password);
    showAt(m_ui->fileProblem, file);
}

void ExportPanel::chooseFile()
{
    const ExportForm now = form();
    const auto take = [this](const QString &file) {
        if (!file.isEmpty())
            m_ui->file->setText(file);
    };
    Dialogs::FileQuestion question;
    question.title = tr("Export to");
    if (!now.server.isEmpty()) {
        question.folder = now.file;
        m_dialogs.chooseFolder(this, question, take);
        return;
    }
    question.folder = QFileInfo(now.file).path();
    question.suggestion = ExportForm::suggestedName(m_row, now.format);
    m_dialogs.saveFile(this, question, take);
}

void ExportPanel::confirmAndWrite()
{
    const ExportForm now = form();
    const std::vector<ExportForm::Problem> problems = now.problems();
    if (!problems.empty()) {
        showProblems(true);
        QWidget *const first = problems.front().field == ExportForm::Field::Format
            ? static_cast<QWidget *>(m_ui->format)
            : problems.front().field == ExportForm::Field::Password
            ? static_cast<QWidget *>(m_ui->password)
            : static_cast<QWidget *>(m_ui->file);
        first->setFocus();
        return;
    }
    if (!now.containsKey()) {
        write();
        return;
    }
    m_ui->error->clear();
    Task<bool> asking = m_certificates.wantsPassphrase();
    QCoro::connect(std::move(asking), this, [this, start = m_starts](const Result<bool> &wanted) {
        if (start != m_starts)
            return; // another certificate stands here now
        if (!wanted)
            m_ui->error->showError(wanted.error());
        else if (*wanted)
            askPassphrase();
        else
            askConfirmation();
    });
}

QString ExportPanel::keyWarning() const
{
    return tr("Whoever has the file%1 can pass for this server. The export is written to the audit "
              "log.")
        .arg(form().passwordLength > 0 ? tr(" and its password") : QString());
}

void ExportPanel::askPassphrase()
{
    Dialogs::SecretQuestion question;
    question.title = tr("Export the private key?");
    question.text = tr("The private key of %1 leaves the vault.").arg(m_ui->subject->text())
        + QLatin1Char(' ') + keyWarning();
    question.label = tr("Passphrase of this profile");
    question.accept = tr("Export key");
    m_dialogs.enterSecret(this, question, [this, start = m_starts](std::optional<Secret> typed) {
        if (!typed || start != m_starts)
            return;
        m_ui->write->setEnabled(false);
        Task<> giving = m_certificates.givePassphrase(std::move(*typed), m_stop.get_token());
        QCoro::connect(std::move(giving), this, [this, start](const Result<> &given) {
            m_ui->write->setEnabled(true);
            if (start != m_starts)
                return;
            if (given)
                write();
            else
                m_ui->error->showError(given.error());
        });
    });
}

void ExportPanel::askConfirmation()
{
    Dialogs::Question question;
    question.title = tr("Export the private key?");
    question.text = tr("The private key of %1 leaves the vault.").arg(m_ui->subject->text());
    question.detail = keyWarning();
    if (m_certificates.canHavePassphrase())
        question.detail += QLatin1Char(' ')
            + tr("With a passphrase (Settings, Passphrase) nobody could do this who only finds "
                 "this computer unlocked.");
    question.accept = tr("Export key");
    question.destructive = true;
    m_dialogs.ask(this, question, [this, start = m_starts](bool yes) {
        if (yes && start == m_starts)
            write();
    });
}

void ExportPanel::write()
{
    const ExportForm now = form();
    if (!now.server.isEmpty()) {
        writeForServer();
        return;
    }
    Result<Secret> password = m_ui->password->take();
    m_ui->again->forget();
    if (!password) {
        m_ui->error->showError(password.error());
        return;
    }
    m_ui->error->clear();
    m_ui->write->setEnabled(false);
    Secret typed = now.asksPassword() ? std::move(*password) : Secret();
    const QString alias = now.asksAlias() ? m_ui->alias->text().trimmed() : QString();
    Task<> task = m_certificates.exportFile(m_row.sha256.hex(), now.format, std::move(typed), alias,
                                            now.file, m_stop.get_token());
    QCoro::connect(std::move(task), this, [this, file = now.file](const Result<> &result) {
        m_ui->write->setEnabled(true);
        if (!result) {
            m_ui->error->showError(result.error());
            return;
        }
        Q_EMIT written(file);
    });
}

void ExportPanel::writeForServer()
{
    const ExportForm now = form();
    const auto files = serverFiles(now.server, ExportForm::recordOf(m_row), now.file);
    if (!files) {
        m_ui->error->showError(files.error());
        return;
    }
    m_ui->error->clear();
    m_ui->write->setEnabled(false);
    Task<> task =
        m_certificates.exportForServer(m_row.sha256.hex(), *files, now.file, m_stop.get_token());
    QCoro::connect(std::move(task), this, [this, snippet = files->snippet](const Result<> &result) {
        m_ui->write->setEnabled(true);
        if (result)
            showSnippet(snippet);
        else
            m_ui->error->showError(result.error());
    });
}

void ExportPanel::forgetPasswords()
{
    m_ui->password->forget();
    m_ui->again->forget();
}

} // namespace sealbook
