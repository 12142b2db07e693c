// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

class QWidget;

namespace sealbook {

// Every dialog that a view may open, as an interface, so that tests script the answers and no view
// touches QMessageBox. Nothing blocks: the answer comes by `done`, on the main thread, never before
// the call returned in QtDialogs; it is not called when `parent` died meanwhile. Owned by the
// application.
class Dialogs
{
public:
    struct Question
    {
        QString title;
        QString text; // one sentence
        QString detail; // what it means, in a smaller line; may be empty
        QString accept; // the verb on the button: "Delete"
        bool destructive = false; // the default button is then "Cancel"
    };
    struct FileQuestion
    {
        QString title;
        QString folder; // where to start; may be empty
        QString suggestion; // a file name, for saving
        QStringList filters; // "Certificates (*.pem *.crt)"
        bool several = false; // for opening
    };
    struct SecretQuestion
    {
        QString title;
        QString text;
        QString label; // of the field: "Password of www.p12"
        QString accept;
        bool twice = false; // a new password: typed two times
        bool mayBeEmpty = false;
    };

    virtual ~Dialogs() = default;
    virtual void ask(QWidget *parent, const Question &question, std::function<void(bool)> done) = 0;
    // Empty = cancelled.
    virtual void chooseFiles(QWidget *parent, const FileQuestion &question,
                             std::function<void(QStringList)> done) = 0;
    virtual void chooseFolder(QWidget *parent, const FileQuestion &question,
                              std::function<void(QString)> done) = 0;
    virtual void saveFile(QWidget *parent, const FileQuestion &question,
                          std::function<void(QString)> done) = 0;
    // No value = cancelled.
    virtual void enterSecret(QWidget *parent, const SecretQuestion &question,
                             std::function<void(std::optional<Secret>)> done) = 0;
    virtual void inform(QWidget *parent, const QString &title, const QString &text) = 0;
    // Opens a web page in the user's browser.
    virtual void openLink(const QUrl &link) = 0;
};

} // namespace sealbook
