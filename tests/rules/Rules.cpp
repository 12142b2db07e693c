// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/rules/Rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QRegularExpression>

#include <optional>

namespace sealbook {

namespace {

// A foreign library by how its headers begin, and the only places that may include it.
struct Foreign
{
    const char *prefix;
    const char *name;
    QStringList homes; // "core/crypto", or a file
};

const QList<Foreign> &foreignLibraries()
{
    const auto in = [](const char *list) {
        return QString::fromLatin1(list).split(QLatin1Char(' '));
    };
    static const QList<Foreign> all{
        {"openssl/", "OpenSSL", in("core/crypto core/x509 core/vault core/inventory")},
        {"curl/", "libcurl", in("core/http core/notify")},
        {"ldns/", "ldns", in("core/dns")},
        {"qt6keychain/", "QtKeychain", in("core/keychain")},
        {"qtkeychain/", "QtKeychain", in("core/keychain")},
        {"sqlite3", "SQLite", in("core/store")},
        {"libpq", "libpq", in("core/store")},
        {"libpsl", "libpsl", in("core/base")},
        {"idn2", "libidn2", in("core/base")},
        {"nettle/", "nettle", in("core/x509")},
        {"p11-kit/", "p11-kit", in("core/inventory")},
        {"spdlog/", "spdlog", in("core/base/Log.h core/base/Log.cpp")},
        {"fmt/", "fmt", in("core/base/Log.h core/base/Log.cpp")},
    };
    return all;
}

// Modules of Qt that core may use, and where; Qt Core is everywhere.
const QMap<QString, QStringList> &qtInCore()
{
    static const QMap<QString, QStringList> all{
        {QStringLiteral("QtNetwork"), {QStringLiteral("core")}},
        {QStringLiteral("QtSql"), {QStringLiteral("core/store")}},
        {QStringLiteral("QtDBus"), {QStringLiteral("core/keychain")}},
    };
    return all;
}

bool isAt(const QString &path, const QStringList &homes)
{
    for (const QString &home : homes) {
        if (path == home || path.startsWith(home + QLatin1Char('/')))
            return true;
    }
    return false;
}

// The module of Qt that has the header, or nothing when it is not Qt's.
QString qtModuleOf(const QString &header)
{
    if (!header.startsWith(QLatin1Char('Q')) && !header.startsWith(QLatin1Char('q')))
        return {};
    const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    const QString first = header.section(QLatin1Char('/'), 0, 0);
    if (headers.exists(QStringLiteral("QtCore/") + header)) // QtEndian, too
        return QStringLiteral("QtCore");
    if (first.startsWith(QLatin1String("Qt")) && headers.exists(first))
        return first;
    const QStringList modules = headers.entryList(QStringList(QStringLiteral("Qt*")), QDir::Dirs);
    for (const QString &module : modules) {
        if (headers.exists(module + QLatin1Char('/') + header))
            return module;
    }
    return {};
}

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

bool isCpp(const QString &path)
{
    return path.endsWith(QLatin1String(".h")) || path.endsWith(QLatin1String(".cpp"));
}

bool needsHead(const QString &path, const QString &text)
{
    return isCpp(path) || path.endsWith(QLatin1String("CMakeLists.txt"))
        || path.endsWith(QLatin1String(".cmake")) || path.endsWith(QLatin1String(".sh"))
        || text.startsWith(QLatin1String("#!"));
}

// What opens a brace decides what stands in it.
enum class Scope { Declarations, Code };

Scope scopeOf(const QList<Token> &statement)
{
    int angles = 0;
    bool isClass = false;
    for (qsizetype i = 0; i < statement.size(); ++i) {
        const Token &token = statement.at(i);
        if (token.is("<"))
            ++angles;
        else if (token.is(">"))
            --angles;
        if (angles > 0)
            continue;
        if (token.is("namespace") || token.is("extern"))
            return Scope::Declarations;
        if (token.is("enum"))
            return Scope::Code;
        if (token.is("class") || token.is("struct") || token.is("union"))
            isClass = true;
        // `struct X f() {` would be a function; `class alignas(8) X {` is still a class.
        if (token.is("(") && isClass && i > 0 && !statement.at(i - 1).is("alignas"))
            return Scope::Code;
    }
    return isClass ? Scope::Declarations : Scope::Code;
}

// Past the brackets that open at `at`.
qsizetype pastBrackets(const QList<Token> &tokens, qsizetype at, const char *open,
                       const char *close)
{
    int depth = 0;
    for (; at < tokens.size(); ++at) {
        if (tokens.at(at).is(open))
            ++depth;
        else if (tokens.at(at).is(close) && --depth == 0)
            return at + 1;
    }
    return at;
}

bool isResultType(const Token &token)
{
    return token.is("Result") || token.is("Task") || token.is("expected");
}

// A function that returns Result or Task.
struct Fallible
{
    QString name;
    bool nodiscard = false;
};

// Which one the statement declares, if it does.
std::optional<Fallible> fallibleOf(const QList<Token> &statement)
{
    bool nodiscard = false;
    qsizetype at = 0;
    while (at < statement.size()) {
        const Token &token = statement.at(at);
        if (token.is("[")) {
            const qsizetype end = pastBrackets(statement, at, "[", "]");
            for (qsizetype i = at; i < end; ++i)
                nodiscard = nodiscard || statement.at(i).is("nodiscard");
            at = end;
        } else if (token.is("template") && at + 1 < statement.size()
                   && statement.at(at + 1).is("<")) {
            at = pastBrackets(statement, at + 1, "<", ">");
        } else if (token.is("requires") && at + 1 < statement.size()
                   && statement.at(at + 1).is("(")) {
            at = pastBrackets(statement, at + 1, "(", ")");
        } else if (token.text.startsWith(QLatin1String("Q_"))) {
            ++at;
            if (at < statement.size() && statement.at(at).is("("))
                at = pastBrackets(statement, at, "(", ")");
        } else if (token.is("static") || token.is("virtual") || token.is("inline")
                   || token.is("constexpr") || token.is("explicit") || token.is("friend")
                   || token.is("const")) {
            ++at;
        } else {
            break;
        }
    }
    if (at >= statement.size())
        return {};

    if (statement.at(at).is("auto") && at + 1 < statement.size()) {
        const QString name = statement.at(at + 1).text;
        while (at < statement.size() && !statement.at(at).is("->"))
            ++at;
        while (at + 2 < statement.size() && statement.at(at + 2).is("::"))
            at += 2;
        if (at + 1 >= statement.size() || !isResultType(statement.at(at + 1)))
            return {};
        return Fallible{name, nodiscard};
    }
    while (at + 1 < statement.size() && statement.at(at).isWord() && statement.at(at + 1).is("::"))
        at += 2;
    if (at + 1 >= statement.size() || !isResultType(statement.at(at))
        || !statement.at(at + 1).is("<"))
        return {};
    at = pastBrackets(statement, at + 1, "<", ">");
    while (at < statement.size() && (statement.at(at).is("&") || statement.at(at).is("*")))
        ++at;
    // name( or Class::name( or operator(): a function. Anything else is a variable or a type.
    const qsizetype begin = at;
    while (at + 1 < statement.size() && statement.at(at + 1).is("::"))
        at += 2;
    if (at + 1 >= statement.size() || !statement.at(at).isWord()
        || !(statement.at(at).is("operator") || statement.at(at + 1).is("(")))
        return {};
    QString name;
    for (qsizetype i = begin; i <= at; ++i)
        name += statement.at(i).text;
    return Fallible{name, nodiscard};
}

} // namespace

Rules::Rules(QString root)
    : m_root(std::move(root))
{
}

QStringList Rules::violations()
{
    readTable(QStringLiteral("core"));
    readTable(QStringLiteral("ui"));
    for (const char *layer :
         {"core", "ui", "app", "tests", "resources", "installer", ".ci", "CMakeLists.txt"}) {
        const QString top = QString::fromLatin1(layer);
        const QString start = QDir(m_root).filePath(top);
        QStringList paths;
        if (QFileInfo(start).isFile())
            paths.append(start);
        QDirIterator it(start, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext())
            paths.append(it.next());
        for (const QString &absolute : std::as_const(paths)) {
            File file;
            file.path = QDir(m_root).relativeFilePath(absolute);
            file.layer = top;
            if (top == QLatin1String("core") || top == QLatin1String("ui"))
                file.module = file.path.section(QLatin1Char('/'), 1, 1);
            const QString text = read(absolute);
            ++m_filesRead;
            checkHead(file.path, text);
            if (isCpp(file.path))
                checkSource(file, text);
        }
    }
    m_found.sort();
    return m_found;
}

void Rules::readTable(const QString &layer)
{
    const QString text = read(QDir(m_root).filePath(layer + QStringLiteral("/CMakeLists.txt")));
    static const QRegularExpression line(
        QStringLiteral("^house_library\\(\\s*(\\w+)\\s+(\\w+)([^)]*)\\)"),
        QRegularExpression::MultilineOption);
    auto it = line.globalMatch(text);
    while (it.hasNext()) {
        const auto match = it.next();
        QSet<QString> depends;
        bool listed = false;
        const QStringList words =
            match.captured(3).split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
        for (const QString &word : words) {
            if (word == QLatin1String("DEPENDS") || word == QLatin1String("LINKS"))
                listed = word == QLatin1String("DEPENDS");
            else if (listed)
                depends.insert(word);
        }
        m_depends.insert(match.captured(1) + QLatin1Char('/') + match.captured(2), depends);
    }
}

void Rules::checkHead(const QString &path, const QString &text)
{
    if (!needsHead(path, text))
        return;
    const QString head = text.section(QLatin1Char('\n'), 0, 3);
    if (!head.contains(QLatin1String("SPDX-FileCopyrightText: "))
        || !head.contains(QLatin1String("SPDX-License-Identifier: Apache-2.0")))
        report(path, 1, QStringLiteral("has no SPDX head"));
}

void Rules::checkSource(const File &file, const QString &text)
{
    const SourceText source(text);
    checkIncludes(file, source);
    checkAwaits(file, source);
    checkLoops(file, source);
    if (file.path.endsWith(QLatin1String(".h")))
        checkNodiscard(file, source);
}

void Rules::checkIncludes(const File &file, const SourceText &source)
{
    if (file.layer == QLatin1String("tests"))
        return; // tests look into everything
    for (const Include &include : source.includes()) {
        if (!include.angled || include.path.startsWith(QLatin1String("core/"))
            || include.path.startsWith(QLatin1String("ui/")))
            checkHouseInclude(file, include);
        checkForeignInclude(file, include);
    }
}

void Rules::checkHouseInclude(const File &file, const Include &include)
{
    const QString layer = include.path.section(QLatin1Char('/'), 0, 0);
    const QString module = include.path.section(QLatin1Char('/'), 1, 1);
    if (layer != QLatin1String("core") && layer != QLatin1String("ui")
        && layer != QLatin1String("app") && layer != QLatin1String("tests"))
        return; // ui_x.h, x.moc
    const auto refuse = [&](const QString &why) {
        report(file.path, include.line, QStringLiteral("includes %1: %2").arg(include.path, why));
    };
    if (layer == QLatin1String("tests"))
        return refuse(QStringLiteral("the program does not know its tests"));
    if (file.layer == QLatin1String("app"))
        return; // Services wires everything
    if (layer == QLatin1String("app"))
        return refuse(QStringLiteral("app is above %1").arg(file.layer));
    if (file.layer == QLatin1String("core") && layer == QLatin1String("ui"))
        return refuse(QStringLiteral("ui is above core"));
    if (file.layer == QLatin1String("ui") && layer == QLatin1String("core")) {
        static const QStringList closed{QStringLiteral("http"), QStringLiteral("dns"),
                                        QStringLiteral("store"), QStringLiteral("acme"),
                                        QStringLiteral("challenges")};
        if (closed.contains(module))
            return refuse(QStringLiteral("ui speaks to services and records only"));
    }
    const QString own = file.layer + QLatin1Char('/') + file.module;
    const bool same = file.layer == layer && file.module == module;
    const bool base = layer == QLatin1String("core") && module == QLatin1String("base");
    if (!same && !base && !m_depends.value(own).contains(module))
        refuse(QStringLiteral("%1 does not name %2 in its DEPENDS").arg(own, module));
}

void Rules::checkForeignInclude(const File &file, const Include &include)
{
    for (const Foreign &library : foreignLibraries()) {
        if (include.path.startsWith(QLatin1String(library.prefix))
            && !isAt(file.path, library.homes))
            report(file.path, include.line,
                   QStringLiteral("includes %1: %2 lives in %3")
                       .arg(include.path, QLatin1String(library.name),
                            library.homes.join(QLatin1String(", "))));
    }
    const QString qt = qtModuleOf(include.path);
    if (qt.isEmpty() || qt == QLatin1String("QtCore"))
        return;
    const bool confined = file.layer == QLatin1String("core") || qt == QLatin1String("QtSql");
    if (confined && !isAt(file.path, qtInCore().value(qt)))
        report(file.path, include.line,
               QStringLiteral("includes %1: %2 has no place here").arg(include.path, qt));
}

void Rules::checkNodiscard(const File &file, const SourceText &source)
{
    const QList<Token> &tokens = source.tokens();
    QList<Token> statement;
    QSet<QString> marked;
    for (qsizetype at = 0; at < tokens.size(); ++at) {
        const Token &token = tokens.at(at);
        const bool label = token.is(":") && !statement.isEmpty()
            && (statement.last().is("public") || statement.last().is("protected")
                || statement.last().is("private") || statement.last().is("Q_SIGNALS")
                || statement.last().is("Q_SLOTS"));
        if (!token.is(";") && !token.is("{") && !token.is("}") && !label) {
            statement.append(token);
            continue;
        }
        const auto fallible = label ? std::nullopt : fallibleOf(statement);
        if (fallible && fallible->nodiscard)
            marked.insert(fallible->name);
        // A definition below its own declaration inherits the mark.
        else if (fallible && !(token.is("{") && marked.contains(fallible->name)))
            report(file.path, statement.first().line,
                   QStringLiteral("returns Result or Task without [[nodiscard]]"));
        if (token.is("{") && scopeOf(statement) == Scope::Code)
            at = pastBrackets(tokens, at, "{", "}") - 1;
        statement.clear();
    }
}

// What stands behind the colon of a range-for lives on, what it was taken out of does not: C++20
// destroys the Result before the first turn.
void Rules::checkLoops(const File &file, const SourceText &source)
{
    const QList<Token> &tokens = source.tokens();
    for (qsizetype at = 0; at + 1 < tokens.size(); ++at) {
        if (!tokens.at(at).is("for") || !tokens.at(at + 1).is("("))
            continue;
        const qsizetype end = pastBrackets(tokens, at + 1, "(", ")");
        bool behindColon = false;
        for (qsizetype i = at + 2; i < end; ++i) {
            const Token &token = tokens.at(i);
            if (token.is(";"))
                break;
            behindColon = behindColon || token.is(":");
            if (behindColon && (token.is("await") || token.is("co_await"))) {
                report(file.path, token.line,
                       QStringLiteral("loops over what an awaited result held: name it first"));
                break;
            }
        }
    }
}

void Rules::checkAwaits(const File &file, const SourceText &source)
{
    const QList<Token> &tokens = source.tokens();
    for (qsizetype at = 0; at < tokens.size(); ++at) {
        if (tokens.at(at).is("co_return") && at + 2 < tokens.size()) {
            // QCoro 0.8 moves from the operand whenever it has to convert it.
            qsizetype end = at + 1;
            while (
                end < tokens.size()
                && (tokens.at(end).isWord() || tokens.at(end).is("->") || tokens.at(end).is(".")))
                ++end;
            const Token &first = tokens.at(at + 1);
            const bool member = first.text.startsWith(QLatin1String("m_"))
                || (tokens.at(at + 2).is("->")
                    && (first.is("d") || first.is("this") || first.is("self")
                        || first.is("state")));
            if (member && end < tokens.size() && tokens.at(end).is(";"))
                report(file.path, first.line,
                       QStringLiteral("hands a member to co_return, which may move from it"));
        }
        if (!tokens.at(at).is("co_await"))
            continue;
        int depth = 0;
        for (qsizetype i = at + 1; i < tokens.size(); ++i) {
            const Token &token = tokens.at(i);
            if (token.is("{")) {
                report(file.path, token.line,
                       QStringLiteral("constructs something inside a co_await expression"));
                break;
            }
            if (token.is("(") || token.is("["))
                ++depth;
            else if ((token.is(")") || token.is("]")) && --depth < 0)
                break;
            else if (token.is(";") || (token.is(",") && depth == 0))
                break;
        }
    }
}

void Rules::report(const QString &path, int line, const QString &what)
{
    m_found.append(QStringLiteral("%1:%2: %3").arg(path).arg(line).arg(what));
}

} // namespace sealbook
