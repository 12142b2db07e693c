// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/CredentialCheck.h"

#include "core/crypto/Base64.h"
#include "core/providers/ProviderCatalog.h"

#include <QSet>

#include <algorithm>

namespace sealbook {

namespace {

constexpr qsizetype longestWord = 200;
constexpr std::size_t longestSecret = 16 * 1024; // a service account's key is 2.4 KB
constexpr std::string_view bearer = "Bearer ";

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
}

QString wordProblem(const QString &word, const QString &what)
{
    if (word.isEmpty())
        return QStringLiteral("Say %1.").arg(what);
    if (word.size() > longestWord)
        return QStringLiteral("At most %1 characters.").arg(longestWord);
    if (hasControl(word))
        return QStringLiteral("A control character is in it.");
    return {};
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// What is left without blanks and quotes around it, and without "Bearer " (B25).
std::string_view stripped(std::string_view text, bool &wasBearer)
{
    const auto trim = [&text] {
        while (!text.empty() && isBlank(text.front()))
            text.remove_prefix(1);
        while (!text.empty() && isBlank(text.back()))
            text.remove_suffix(1);
    };
    trim();
    if (text.size() >= 2 && text.front() == text.back()
        && (text.front() == '"' || text.front() == '\'')) {
        text.remove_prefix(1);
        text.remove_suffix(1);
        trim();
    }
    if (text.size() > bearer.size() && text.substr(0, bearer.size()) == bearer) {
        text.remove_prefix(bearer.size());
        wasBearer = true;
        trim();
    }
    return text;
}

Result<> clean(Secret &secret, const QString &label, QStringList &notes)
{
    bool wasBearer = false;
    const std::string_view kept = stripped(secret.text(), wasBearer);
    if (kept.size() == secret.size())
        return {};
    Result<Secret> shorter =
        Secret::copyOf({reinterpret_cast<const std::uint8_t *>(kept.data()), kept.size()});
    if (!shorter)
        return fail(shorter.error());
    secret = std::move(*shorter);
    notes.append(wasBearer
                     ? QStringLiteral("%1: \"Bearer\" in front was left out.").arg(label)
                     : QStringLiteral("%1: blanks or quotes around it were left out.").arg(label));
    return {};
}

} // namespace

void CredentialCheck::checkWords(NewCredential &wanted, std::vector<FieldProblem> &problems) const
{
    const auto check = [&problems](QString &word, const char *field, const char *what) {
        word = word.trimmed();
        const QString problem = wordProblem(word, QString::fromLatin1(what));
        if (!problem.isEmpty())
            problems.push_back({QString::fromLatin1(field), problem});
    };
    check(wanted.name, "name", "how this credential shall be called");
    check(wanted.owner, "owner", "which person is responsible for it");
    check(wanted.purpose, "purpose", "what it is for");
}

// B24, B26–B28, B34; says nothing of what the secret is.
QString CredentialCheck::secretProblem(const QString &provider, const ProviderField &field,
                                       const Secret &secret) const
{
    const std::string_view text = secret.text();
    if (text.empty())
        return field.required ? QStringLiteral("Enter %1.").arg(field.label) : QString();
    if (text.size() > longestSecret)
        return QStringLiteral("This has %1 bytes; no token is longer than %2.")
            .arg(text.size())
            .arg(longestSecret);
    const auto isForeign = [](char c) { return static_cast<unsigned char>(c) > 0x7e; };
    if (std::any_of(text.begin(), text.end(), isForeign))
        return QStringLiteral("A character that no token has is in it (not ASCII). Copy it again.");
    if (std::any_of(text.begin(), text.end(), isBlank))
        return QStringLiteral("There is a blank or a line break inside. Paste the token alone.");
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    if (std::any_of(text.begin(), text.end(), isControl))
        return QStringLiteral("A control character is in it. Copy it again.");
    const std::size_t at = text.find('@');
    if (at != std::string_view::npos && text.find(':', at) != std::string_view::npos)
        return QStringLiteral("This looks like an email address and a key. Only the token belongs "
                              "here.");
    const QString other = m_catalog.recognize(secret);
    if (!other.isEmpty() && other != provider) {
        const Result<ProviderSummary> owner = m_catalog.summary(other);
        return QStringLiteral("This looks like a token of %1.").arg(owner ? owner->name : other);
    }
    if (provider == QLatin1String("rfc2136") && !decodeBase64(secret, Base64Alphabet::Standard))
        return QStringLiteral("A TSIG key is base64. Paste only what stands between the quotes "
                              "after \"secret\".");
    return {};
}

void CredentialCheck::checkFields(NewCredential &wanted, const ProviderSummary &provider,
                                  std::vector<FieldProblem> &problems) const
{
    QSet<QString> known;
    for (const ProviderField &field : provider.fields) {
        known.insert(field.id);
        if (field.secret)
            continue;
        QString value = wanted.fields.value(field.id).trimmed();
        if (value.isEmpty())
            value = field.defaultValue;
        QString problem =
            value.isEmpty() ? QString() : m_catalog.problem(provider.code, field.id, value);
        if (value.isEmpty() && field.required)
            problem = QStringLiteral("Enter %1.").arg(field.label);
        if (!problem.isEmpty())
            problems.push_back({field.id, problem});
        if (value.isEmpty())
            wanted.fields.remove(field.id);
        else
            wanted.fields.insert(field.id, value);
    }
    QStringList given = wanted.fields.keys();
    for (const auto &[field, secret] : wanted.secrets)
        given.append(field);
    for (const QString &field : std::as_const(given)) {
        if (!known.contains(field))
            problems.push_back({field,
                                QStringLiteral("%1 has no such field. Fields: %2")
                                    .arg(provider.name, QStringList(known.values()).join(u", "))});
    }
}

std::vector<FieldProblem> CredentialCheck::problems(NewCredential &wanted, QStringList &notes) const
{
    std::vector<FieldProblem> problems;
    checkWords(wanted, problems);
    const Result<ProviderSummary> provider = m_catalog.summary(wanted.provider);
    if (!provider) {
        problems.push_back({QStringLiteral("provider"), provider.error().detail});
        return problems;
    }
    if (provider->traits.manual) {
        problems.push_back({QStringLiteral("provider"),
                            QStringLiteral("Records added by hand need no credential.")});
        return problems;
    }
    checkFields(wanted, *provider, problems);
    for (const ProviderField &field : provider->fields) {
        if (!field.secret)
            continue;
        if (wanted.fields.contains(field.id)) {
            problems.push_back({field.id, QStringLiteral("A secret is not given as a field.")});
            continue;
        }
        Secret &secret = wanted.secrets[field.id];
        const Result<> cleaned = clean(secret, field.label, notes);
        const QString problem =
            cleaned ? secretProblem(provider->code, field, secret) : cleaned.error().detail;
        if (!problem.isEmpty())
            problems.push_back({field.id, problem});
        if (secret.isEmpty())
            wanted.secrets.erase(field.id);
    }
    return problems;
}

} // namespace sealbook
