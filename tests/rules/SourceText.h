// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace sealbook {

// One word or sign of C++ code.
struct Token
{
    QString text;
    int line = 0;
    [[nodiscard]] bool isWord() const;
    [[nodiscard]] bool is(const char *latin1) const { return text == QLatin1String(latin1); }
};

struct Include
{
    QString path; // as written
    bool angled = false;
    int line = 0;
};

// A C++ file as the rules read it: its includes, and its code as tokens without comments, literals
// and preprocessor lines. A value.
class SourceText
{
public:
    explicit SourceText(const QString &text);

    [[nodiscard]] const QList<Include> &includes() const { return m_includes; }
    [[nodiscard]] const QList<Token> &tokens() const { return m_tokens; }

private:
    void readDirective(const QString &line, int number);
    void readTokens(const QString &code);

    QList<Include> m_includes;
    QList<Token> m_tokens;
};

} // namespace sealbook
