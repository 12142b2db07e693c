// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Dialogs.h"

namespace sealbook {

// The real dialogs: window-modal, opened without a nested event loop, deleted when closed.
class QtDialogs final : public Dialogs
{
public:
    void ask(QWidget *parent, const Question &question, std::function<void(bool)> done) override;
    void chooseFiles(QWidget *parent, const FileQuestion &question,
                     std::function<void(QStringList)> done) override;
    void chooseFolder(QWidget *parent, const FileQuestion &question,
                      std::function<void(QString)> done) override;
    void saveFile(QWidget *parent, const FileQuestion &question,
                  std::function<void(QString)> done) override;
    void enterSecret(QWidget *parent, const SecretQuestion &question,
                     std::function<void(std::optional<Secret>)> done) override;
    void inform(QWidget *parent, const QString &title, const QString &text) override;
    void openLink(const QUrl &link) override;
};

} // namespace sealbook
