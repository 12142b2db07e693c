// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/QtDialogs.h"

#include "ui/widgets/SecretDialog.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

namespace sealbook {

namespace {

// Ties the answer to the parent's life: a closed window must not get one.
void whenFinished(QDialog *dialog, std::function<void(int)> done)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::finished, dialog, std::move(done));
}

QFileDialog *makeFileDialog(QWidget *parent, const Dialogs::FileQuestion &question)
{
    auto *dialog = new QFileDialog(parent, question.title, question.folder);
    if (!question.filters.isEmpty())
        dialog->setNameFilters(question.filters);
    return dialog;
}

} // namespace

void QtDialogs::ask(QWidget *parent, const Question &question, std::function<void(bool)> done)
{
    auto *box = new QMessageBox(QMessageBox::Question, question.title, question.text,
                                QMessageBox::Cancel, parent);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(question.detail);
    QPushButton *accept = box->addButton(question.accept,
                                         question.destructive ? QMessageBox::DestructiveRole
                                                              : QMessageBox::AcceptRole);
    box->setDefaultButton(question.destructive
                              ? qobject_cast<QPushButton *>(box->button(QMessageBox::Cancel))
                              : accept);
    whenFinished(
        box, [box, accept, done = std::move(done)](int) { done(box->clickedButton() == accept); });
    box->open();
}

void QtDialogs::chooseFiles(QWidget *parent, const FileQuestion &question,
                            std::function<void(QStringList)> done)
{
    QFileDialog *dialog = makeFileDialog(parent, question);
    dialog->setFileMode(question.several ? QFileDialog::ExistingFiles : QFileDialog::ExistingFile);
    whenFinished(dialog, [dialog, done = std::move(done)](int result) {
        done(result == QDialog::Accepted ? dialog->selectedFiles() : QStringList());
    });
    dialog->open();
}

void QtDialogs::chooseFolder(QWidget *parent, const FileQuestion &question,
                             std::function<void(QString)> done)
{
    QFileDialog *dialog = makeFileDialog(parent, question);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    whenFinished(dialog, [dialog, done = std::move(done)](int result) {
        done(result == QDialog::Accepted ? dialog->selectedFiles().value(0) : QString());
    });
    dialog->open();
}

void QtDialogs::saveFile(QWidget *parent, const FileQuestion &question,
                         std::function<void(QString)> done)
{
    QFileDialog *dialog = makeFileDialog(parent, question);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(question.suggestion);
    whenFinished(dialog, [dialog, done = std::move(done)](int result) {
        done(result == QDialog::Accepted ? dialog->selectedFiles().value(0) : QString());
    });
    dialog->open();
}

void QtDialogs::enterSecret(QWidget *parent, const SecretQuestion &question,
                            std::function<void(std::optional<Secret>)> done)
{
    auto *dialog = new SecretDialog(question, parent);
    whenFinished(dialog, [dialog, done = std::move(done)](int result) {
        done(result == QDialog::Accepted ? dialog->take() : std::nullopt);
    });
    dialog->open();
}

void QtDialogs::inform(QWidget *parent, const QString &title, const QString &text)
{
    auto *box = new QMessageBox(QMessageBox::Information, title, text, QMessageBox::Close, parent);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void QtDialogs::openLink(const QUrl &link)
{
    // Links come from CA directories and provider definitions: only web pages are opened.
    if (link.scheme() == QLatin1String("https") || link.scheme() == QLatin1String("http"))
        QDesktopServices::openUrl(link);
}

} // namespace sealbook
