// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Dialogs.h"

#include <QPointer>
#include <QTimer>
#include <QUrl>
#include <QWidget>

#include <deque>

namespace sealbook {

// Answers every dialog from a script, without opening anything, through the event loop as the real
// ones do. What was asked is kept for the test to look at. An empty script answers "no".
class ScriptedDialogs final : public Dialogs
{
public:
    std::deque<bool> answers;
    std::deque<QStringList> files; // chooseFiles, chooseFolder and saveFile take from it
    std::deque<QByteArray> secrets; // enterSecret; an empty array = cancelled

    std::vector<Question> questions;
    std::vector<FileQuestion> fileQuestions;
    std::vector<SecretQuestion> secretQuestions;
    QStringList informed; // "title: text"
    QList<QUrl> links;

    void ask(QWidget *parent, const Question &question, std::function<void(bool)> done) override
    {
        questions.push_back(question);
        later(parent, [done = std::move(done), answer = next(answers)] { done(answer); });
    }
    void chooseFiles(QWidget *parent, const FileQuestion &question,
                     std::function<void(QStringList)> done) override
    {
        fileQuestions.push_back(question);
        later(parent, [done = std::move(done), chosen = next(files)] { done(chosen); });
    }
    void chooseFolder(QWidget *parent, const FileQuestion &question,
                      std::function<void(QString)> done) override
    {
        fileQuestions.push_back(question);
        later(parent, [done = std::move(done), chosen = next(files)] { done(chosen.value(0)); });
    }
    void saveFile(QWidget *parent, const FileQuestion &question,
                  std::function<void(QString)> done) override
    {
        chooseFolder(parent, question, std::move(done));
    }
    void enterSecret(QWidget *parent, const SecretQuestion &question,
                     std::function<void(std::optional<Secret>)> done) override
    {
        secretQuestions.push_back(question);
        later(parent, [done = std::move(done), bytes = next(secrets)]() mutable {
            if (bytes.isEmpty()) {
                done(std::nullopt);
                return;
            }
            Result<Secret> secret = Secret::take(std::move(bytes));
            done(secret ? std::optional<Secret>(std::move(*secret)) : std::nullopt);
        });
    }
    void inform(QWidget *, const QString &title, const QString &text) override
    {
        informed.append(title + QStringLiteral(": ") + text);
    }
    void openLink(const QUrl &link) override { links.append(link); }

private:
    template <typename T>
    static T next(std::deque<T> &script)
    {
        if (script.empty())
            return T();
        T value = std::move(script.front());
        script.pop_front();
        return value;
    }
    static void later(QWidget *parent, std::function<void()> act)
    {
        QTimer::singleShot(0, parent, std::move(act));
    }
};

} // namespace sealbook
