// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/ProviderCatalog.h"

#include "core/dns/Tsig.h"
#include "core/providers/HttpApiProvider.h"
#include "core/providers/native/ManualProvider.h"
#include "core/providers/native/Rfc2136Provider.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>

#include <algorithm>

// Has to be called from outside of every namespace; the resource lies in a static library.
static void loadDefinitions()
{
    Q_INIT_RESOURCE(providers);
}

namespace sealbook {

namespace {

const QLatin1String manualCode("manual");
const QLatin1String rfc2136Code("rfc2136");

ProviderSummary manualSummary()
{
    ProviderSummary summary;
    summary.code = manualCode;
    summary.name = QStringLiteral("By hand");
    summary.documentation = QUrl(QStringLiteral("https://www.rfc-editor.org/rfc/rfc8555"));
    summary.traits = ManualProvider().traits();
    summary.evidence = QStringLiteral("vendor-doc");
    summary.leastPrivilege = {QStringLiteral("No credential is stored: a person adds the TXT "
                                             "records, and removes them afterwards.")};
    return summary;
}

QString urlProblem(const QString &value)
{
    const QUrl url(value, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return QStringLiteral("This is not an address like https://dns.example.org:8443.");
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return QStringLiteral("The address may hold no user name, no \"?\" and no \"#\".");
    const bool loopback =
        url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
    if (url.scheme() != QLatin1String("https")
        && !(url.scheme() == QLatin1String("http") && loopback))
        return QStringLiteral("The address has to start with https://, or the credential would go "
                              "over the network in the clear.");
    return {};
}

} // namespace

ProviderCatalog::ProviderCatalog(const QString &folder)
{
    loadDefinitions();
    const QDir dir(folder);
    const QStringList files = dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QString &name : files) {
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) {
            m_faults.push_back(
                fail(Error::Kind::NotFound, name + QLatin1String(": ") + file.errorString())
                    .value());
            continue;
        }
        Result<std::unique_ptr<ProviderDefinition>> read = ProviderDefinition::read(file.readAll());
        const QString code = name.chopped(5);
        if (!read)
            m_faults.push_back(read.error());
        else if ((*read)->summary.code != code || code == manualCode || code == rfc2136Code)
            m_faults.push_back(fail(Error::Kind::Corrupt,
                                    QStringLiteral("%1: the file is not named like its code, or "
                                                   "has a code of ours")
                                        .arg(name))
                                   .value());
        else
            m_definitions.emplace(code, std::move(*read));
    }
}

ProviderCatalog::~ProviderCatalog() = default;

const ProviderDefinition *ProviderCatalog::definition(const QString &code) const
{
    const auto found = m_definitions.find(code);
    return found == m_definitions.end() ? nullptr : found->second.get();
}

std::vector<ProviderSummary> ProviderCatalog::summaries() const
{
    std::vector<ProviderSummary> all{Rfc2136Provider::summary()};
    for (const auto &[code, definition] : m_definitions) {
        all.push_back(definition->summary);
        all.back().leastPrivilege = recipe(code, RecipeSubject());
    }
    std::sort(all.begin(), all.end(), [](const ProviderSummary &a, const ProviderSummary &b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    all.push_back(manualSummary());
    return all;
}

Result<ProviderSummary> ProviderCatalog::summary(const QString &code) const
{
    const std::vector<ProviderSummary> all = summaries();
    const auto found = std::find_if(
        all.begin(), all.end(), [&code](const ProviderSummary &each) { return each.code == code; });
    if (found != all.end())
        return *found;
    QStringList codes;
    for (const ProviderSummary &each : all)
        codes.append(each.code);
    return fail(Error::Kind::NotFound, QStringLiteral("there is no provider \"%1\"").arg(code),
                QStringLiteral("Providers: %1").arg(codes.join(QLatin1String(", "))));
}

QStringList ProviderCatalog::recipe(const QString &code, const RecipeSubject &subject) const
{
    if (code == rfc2136Code)
        return Rfc2136Provider::recipe(subject);
    const ProviderDefinition *found = definition(code);
    QStringList lines = found ? found->summary.leastPrivilege : manualSummary().leastPrivilege;
    for (QString &line : lines) {
        line.replace(QLatin1String("{zone}"), subject.zone);
        line.replace(QLatin1String("{name}"), subject.name);
    }
    return lines;
}

QString ProviderCatalog::recognize(const Secret &token) const
{
    const std::string_view text = token.text();
    for (const auto &[code, definition] : m_definitions) {
        for (const auto &[field, rules] : definition->rules) {
            for (const QString &prefix : rules.prefixes) {
                if (text.substr(0, std::size_t(prefix.size())) == prefix.toStdString())
                    return code;
            }
        }
    }
    return {};
}

QString ProviderCatalog::problem(const QString &code, const QString &field,
                                 const QString &value) const
{
    if (code == rfc2136Code) {
        if (field == QLatin1String("server")) {
            const auto server = Rfc2136Provider::serverFromText(value);
            return server ? QString() : server.error().detail;
        }
        if (field == QLatin1String("algorithm")) {
            const auto algorithm = tsigAlgorithmFromText(value);
            return algorithm ? QString() : algorithm.error().detail;
        }
        if (field == QLatin1String("key_name")) {
            const auto name = DnsName::fromText(value);
            return name ? QString() : name.error().detail;
        }
        return {};
    }
    const ProviderDefinition *found = definition(code);
    if (!found)
        return {};
    const auto rules = found->rules.find(field);
    if (rules != found->rules.end() && rules->second.kind == FieldRules::Kind::Url)
        return urlProblem(value);
    const ProviderField *described = found->field(field);
    if (described && !described->choices.isEmpty() && !described->choices.contains(value))
        return QStringLiteral("One of: %1").arg(described->choices.join(QLatin1String(", ")));
    return {};
}

Result<std::unique_ptr<DnsProvider>>
ProviderCatalog::make(const QString &code, QMap<QString, QString> fields,
                      std::map<QString, Secret> secrets, HttpTransport &transport, Resolver &) const
{
    if (code == manualCode)
        return std::make_unique<ManualProvider>();
    if (code == rfc2136Code) {
        auto provider = Rfc2136Provider::make(fields, secrets);
        if (!provider)
            return fail(provider.error());
        return std::move(*provider);
    }
    const ProviderDefinition *found = definition(code);
    if (!found)
        return fail(summary(code).error());
    for (const ProviderField &field : found->summary.fields) {
        if (field.secret) {
            const auto secret = secrets.find(field.id);
            const bool isThere = secret != secrets.end() && !secret->second.isEmpty();
            if (field.required && !isThere)
                return fail(Error::Kind::BadRequest,
                            QStringLiteral("%1 is missing").arg(field.label));
            continue;
        }
        QString &value = fields[field.id];
        if (value.isEmpty())
            value = field.defaultValue;
        const QString wrong = value.isEmpty() ? QString() : problem(code, field.id, value);
        if (value.isEmpty() && field.required)
            return fail(Error::Kind::BadRequest, QStringLiteral("%1 is missing").arg(field.label));
        if (!wrong.isEmpty())
            return fail(Error::Kind::BadRequest, QStringLiteral("%1: %2").arg(field.label, wrong));
    }
    auto client =
        std::make_unique<ApiClient>(*found, fields, std::move(secrets), transport, *m_clock);
    return std::make_unique<HttpApiProvider>(*found, std::move(client), *m_nameGates, m_turns);
}

} // namespace sealbook
