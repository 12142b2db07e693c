// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/IssueForm.h"

#include <QCoreApplication>

namespace sealbook {

namespace {

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(IssueForm)
};

constexpr qsizetype largestCsr = 256 * 1024;

bool looksLikeMail(const QString &address)
{
    const qsizetype at = address.indexOf(QLatin1Char('@'));
    return at > 0 && at == address.lastIndexOf(QLatin1Char('@')) && at < address.size() - 1
        && !address.contains(QLatin1Char(' ')) && !address.contains(QLatin1Char('?'));
}

QStringList mailAddresses(const QString &typed)
{
    QStringList all;
    for (const QString &part : typed.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        QString address = part.trimmed();
        if (address.startsWith(QLatin1String("mailto:"), Qt::CaseInsensitive))
            address = address.mid(7);
        if (!address.isEmpty())
            all.append(address);
    }
    return all;
}

} // namespace

std::vector<IssueForm::Problem> IssueForm::namesProblems() const
{
    std::vector<Problem> all;
    if (names.issueCount > 0)
        all.push_back({Field::Names, Kind::Invalid});
    else if (names.names.empty())
        all.push_back({Field::Names, Kind::Missing});
    if (names.names.size() > static_cast<std::size_t>(NameList::maxNames))
        all.push_back({Field::Names, Kind::TooMany});
    return all;
}

std::vector<IssueForm::Problem> IssueForm::caProblems() const
{
    std::vector<Problem> all;
    if (!ca) {
        all.push_back({Field::Ca, Kind::Missing});
        return all;
    }
    const bool wildcard = std::any_of(names.names.begin(), names.names.end(),
                                      [](const DomainName &name) { return name.isWildcard(); });
    if (wildcard && !ca->offersWildcards)
        all.push_back({Field::Ca, Kind::NotOffered});
    // Nobody agrees to terms that were never seen.
    if (!hasAccount && !caAnswered)
        all.push_back({Field::Ca, Kind::Unanswered});
    if (!hasAccount) {
        if (termsShown && !agreesToTerms)
            all.push_back({Field::Terms, Kind::Missing});
        for (const QString &address : mailAddresses(contact)) {
            if (!looksLikeMail(address)) {
                all.push_back({Field::Contact, Kind::Invalid});
                break;
            }
        }
        if (ca->needsEab && (eabKid.trimmed().isEmpty() || !eabKeyGiven))
            all.push_back({Field::Eab, Kind::Missing});
    }
    if (!csrFile.isEmpty() && csrDer.isEmpty())
        all.push_back({Field::Csr, Kind::Invalid});
    return all;
}

std::vector<IssueForm::Problem> IssueForm::credentialProblems() const
{
    if (credentialChosen)
        return {};
    return {{Field::Credential, Kind::Missing}};
}

std::vector<IssueForm::Problem> IssueForm::problems() const
{
    std::vector<Problem> all = namesProblems();
    for (const auto &more : {caProblems(), credentialProblems()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

QString IssueForm::text(const Problem &problem)
{
    switch (problem.field) {
    case Field::Names:
        if (problem.kind == Kind::Missing)
            return Say::tr("Enter at least one name.");
        if (problem.kind == Kind::TooMany)
            return Say::tr("One certificate holds at most %n names. Issue several.", nullptr,
                           NameList::maxNames);
        return Say::tr("Correct the lines that cannot be used, or remove them.");
    case Field::Ca:
        if (problem.kind == Kind::Missing)
            return Say::tr("Choose a certificate authority.");
        if (problem.kind == Kind::Unanswered)
            return Say::tr("The certificate authority has not said its terms yet. Wait for it, or "
                           "ask again.");
        return Say::tr("This certificate authority does not issue wildcards.");
    case Field::Terms:
        return Say::tr("The certificate authority wants you to agree to its terms.");
    case Field::Contact:
        return Say::tr("A contact is a mail address, such as admin@example.org.");
    case Field::Eab:
        return Say::tr("This certificate authority gives out a key ID and a key to open an account "
                       "with. Enter both.");
    case Field::Csr:
        return Say::tr("That file is not a certificate request in PEM or DER.");
    case Field::Credential:
        return Say::tr("Choose how the record gets into DNS.");
    }
    Q_UNREACHABLE();
}

QStringList IssueForm::contacts() const
{
    QStringList all;
    for (const QString &address : mailAddresses(contact))
        all.append(QStringLiteral("mailto:") + address);
    return all;
}

QStringList IssueForm::asciiNames() const
{
    QStringList all;
    for (const DomainName &name : names.names)
        all.append(name.ascii());
    return all;
}

IssuanceRequest IssueForm::request() const
{
    IssuanceRequest request;
    request.names = asciiNames();
    request.caId = ca ? ca->id : QString();
    request.credential = credential;
    request.keyType = keyType;
    request.csrDer = csrDer;
    request.profile = profile;
    request.contacts = contacts();
    request.agreesToTerms = hasAccount || agreesToTerms || (caAnswered && !termsShown);
    // By hand somebody has to be told first: an hour, as the board can be left open.
    request.timeout = credential.isEmpty() ? std::chrono::seconds(3600) : std::chrono::seconds(600);
    return request;
}

QByteArray csrDerOf(const QByteArray &file)
{
    if (file.size() > largestCsr)
        return {};
    // A DER SEQUENCE with a long-form length: what every real request starts with.
    if (file.size() > 4 && file.at(0) == '\x30' && (file.at(1) & '\x80') != 0)
        return file;
    for (const char *label : {"CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"}) {
        const QByteArray begin = QByteArray("-----BEGIN ") + label + "-----";
        const QByteArray end = QByteArray("-----END ") + label + "-----";
        const qsizetype from = file.indexOf(begin);
        const qsizetype to = file.indexOf(end);
        if (from < 0 || to < from)
            continue;
        QByteArray body = file.mid(from + begin.size(), to - from - begin.size());
        body.replace("\r", "").replace("\n", "");
        const auto decoded =
            QByteArray::fromBase64Encoding(body.trimmed(), QByteArray::AbortOnBase64DecodingErrors);
        if (decoded && decoded.decoded.startsWith('\x30'))
            return decoded.decoded;
    }
    return {};
}

QString keyTypeText(KeyType type)
{
    switch (type) {
    case KeyType::Ec256:
        return QStringLiteral("EC P-256");
    case KeyType::Ec384:
        return QStringLiteral("EC P-384");
    case KeyType::Rsa2048:
        return QStringLiteral("RSA 2048");
    case KeyType::Rsa3072:
        return QStringLiteral("RSA 3072");
    case KeyType::Rsa4096:
        return QStringLiteral("RSA 4096");
    }
    Q_UNREACHABLE();
}

} // namespace sealbook
