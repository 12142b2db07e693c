// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/rules/Rules.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// The rules on our own tree, and the rules' own test: one violation of each kind, planted in a tree
// of its own, must be found, and what only looks like one must not.
class TstRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ourTreeKeepsThem();
    void findsAPlantedViolation_data();
    void findsAPlantedViolation();
    void leavesAloneWhatOnlyLooksLikeOne_data();
    void leavesAloneWhatOnlyLooksLikeOne();
};

namespace {

const char *const head = "// SPDX-FileCopyrightText: 2026 Sealbook contributors\n"
                         "// SPDX-License-Identifier: Apache-2.0\n";

void write(const QString &root, const QString &path, const QByteArray &text)
{
    const QString absolute = root + QLatin1Char('/') + path;
    QVERIFY(QDir().mkpath(QFileInfo(absolute).path()));
    QFile file(absolute);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

// A tree with a table, and one file under test.
QStringList violationsOf(const QString &path, const QByteArray &text)
{
    QTemporaryDir root;
    const QByteArray hash = QByteArray(head).replace("//", "#");
    write(root.path(), QStringLiteral("core/CMakeLists.txt"),
          hash
              + "house_library(core base LINKS Qt6::Core)\n"
                "house_library(core crypto DEPENDS base)\n"
                "house_library(core dns DEPENDS base crypto LINKS Qt6::Network)\n"
                "house_library(core store DEPENDS base)\n");
    write(root.path(), QStringLiteral("ui/CMakeLists.txt"),
          hash + "house_library(ui widgets DEPENDS base crypto dns)\n");
    write(root.path(), path, text);
    Rules rules(root.path());
    return rules.violations();
}

} // namespace

void TstRules::ourTreeKeepsThem()
{
    Rules rules(QStringLiteral(SEALBOOK_SOURCE_DIR));
    const QStringList found = rules.violations();
    QVERIFY2(rules.filesRead() > 100, "the sources were not found");
    QVERIFY2(found.isEmpty(), qPrintable(QLatin1Char('\n') + found.join(QLatin1Char('\n'))));
}

void TstRules::findsAPlantedViolation_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("code"); // below the head
    QTest::addColumn<QString>("expected");
    const auto plant = [](const char *name, const char *path, const char *code,
                          const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(code)
                            << QString::fromLatin1(expected);
    };
    // Who includes whom.
    plant("core includes ui", "core/dns/A.h", "#include \"ui/widgets/A.h\"\n", "ui is above core");
    plant("core includes app", "core/dns/A.h", "#include \"app/A.h\"\n", "app is above core");
    plant("core includes tests", "core/dns/A.h", "#include \"tests/support/A.h\"\n",
          "does not know its tests");
    plant("an edge that is not in the table", "core/store/A.cpp",
          "#include \"core/dns/Resolver.h\"\n", "core/store does not name dns");
    plant("an edge against the arrow", "core/crypto/A.cpp", "#include <core/dns/Resolver.h>\n",
          "core/crypto does not name dns");
    plant("base includes a module", "core/base/A.h", "#include \"core/crypto/Secret.h\"\n",
          "core/base does not name crypto");
    plant("a module without a table line", "core/secret/A.h", "#include \"core/crypto/Secret.h\"\n",
          "core/secret does not name crypto");
    plant("ui includes a closed module", "ui/widgets/A.h", "#include \"core/dns/Resolver.h\"\n",
          "services and records only");
    plant("ui includes what it does not name", "ui/widgets/A.h", "#include \"ui/shell/A.h\"\n",
          "ui/widgets does not name shell");
    plant("ui includes app", "ui/widgets/A.h", "#include \"app/Services.h\"\n", "app is above ui");
    plant("a space before include", "core/dns/A.h", "  #  include \"ui/widgets/A.h\"\n",
          "ui is above core");
    // Third parties.
    plant("core uses widgets", "core/dns/A.cpp", "#include <QWidget>\n", "QtWidgets");
    plant("core uses gui", "core/dns/A.cpp", "#include <QColor>\n", "QtGui");
    plant("core uses a whole module", "core/dns/A.cpp", "#include <QtWidgets>\n", "QtWidgets");
    plant("core uses a spelled module", "core/dns/A.cpp", "#include <QtGui/QColor>\n", "QtGui");
    plant("core uses a lower-case header", "core/dns/A.cpp", "#include <qwidget.h>\n", "QtWidgets");
    plant("SQL outside the store", "core/dns/A.cpp", "#include <QSqlQuery>\n", "QtSql");
    plant("SQL in ui", "ui/widgets/A.cpp", "#include <QSqlQuery>\n", "QtSql");
    plant("SQL in app", "app/A.cpp", "#include <QtSql/QSqlDatabase>\n", "QtSql");
    plant("D-Bus outside the keychain", "core/dns/A.cpp", "#include <QDBusConnection>\n", "QtDBus");
    plant("OpenSSL in dns", "core/dns/A.cpp", "#include <openssl/evp.h>\n", "OpenSSL lives in");
    plant("libcurl in dns", "core/dns/A.cpp", "#include <curl/curl.h>\n", "libcurl lives in");
    plant("ldns in crypto", "core/crypto/A.cpp", "#include <ldns/ldns.h>\n", "ldns lives in");
    plant("QtKeychain in app", "app/A.cpp", "#include <qt6keychain/keychain.h>\n",
          "QtKeychain lives in");
    plant("sqlite in crypto", "core/crypto/A.cpp", "#include <sqlite3.h>\n", "SQLite lives in");
    plant("libpsl in dns", "core/dns/A.cpp", "#include <libpsl.h>\n", "libpsl lives in");
    plant("p11-kit in x509", "core/x509/A.cpp", "#include <p11-kit/uri.h>\n", "p11-kit lives in");
    plant("nettle in vault", "core/vault/A.cpp", "#include <nettle/twofish.h>\n",
          "nettle lives in");
    plant("libidn2 in ui", "ui/widgets/A.cpp", "#include <idn2.h>\n", "libidn2 lives in");
    plant("spdlog beside Log.h", "core/base/A.cpp", "#include <spdlog/spdlog.h>\n",
          "spdlog lives in");
    // [[nodiscard]].
    const char *const ignorable = "without [[nodiscard]]";
    plant("a function", "core/dns/A.h", "Result<> f();\n", ignorable);
    plant("a member", "core/dns/A.h", "class A {\npublic:\n    Task<int> f() const;\n};\n",
          ignorable);
    plant("after a macro", "core/dns/A.h", "class A : public B {\n  Q_OBJECT\n Task<> f();\n};\n",
          ignorable);
    plant("virtual", "core/dns/A.h", "struct A { virtual Task<X> f(int a) = 0; };\n", ignorable);
    plant("an override", "core/dns/A.h", "struct A final : B { Task<X> f() override; };\n",
          ignorable);
    plant("static", "core/dns/A.h", "struct A { static Result<A> make(); };\n", ignorable);
    plant("nested types", "core/dns/A.h", "Result<std::vector<std::pair<A, B>>> f();\n", ignorable);
    plant("over lines", "core/dns/A.h", "Result<std::vector<\n    A>>\nf(\n    int a);\n",
          ignorable);
    plant("a template", "core/dns/A.h", "template <typename T>\nTask<T> f(T a);\n", ignorable);
    plant("inline with a body", "core/dns/A.h", "inline Result<int> f()\n{\n    return 1;\n}\n",
          ignorable);
    plant("after a body", "core/dns/A.h",
          "[[nodiscard]] inline int a() { if (x) { y(); } return 1; }\nResult<> f();\n", ignorable);
    plant("qualified", "core/dns/A.h", "sealbook::Task<> f();\n", ignorable);
    plant("the library's own", "core/dns/A.h", "tl::expected<int, Error> f();\n", ignorable);
    plant("QCoro's own", "core/dns/A.h", "QCoro::Task<int> f();\n", ignorable);
    plant("trailing return", "core/dns/A.h", "auto f(int a) -> Result<int>;\n", ignorable);
    plant("another attribute", "core/dns/A.h", "[[maybe_unused]] Result<> f();\n", ignorable);
    plant("in a nested class", "core/dns/A.h",
          "namespace a { class B { struct C { Result<> f(); }; }; }\n", ignorable);
    plant("in tests", "tests/support/A.h", "class A { Task<> f(); };\n", ignorable);
    plant("in ui", "ui/widgets/A.h", "class A { Task<> f(); };\n", ignorable);
    // co_await.
    const char *const constructs = "inside a co_await";
    plant("an aggregate", "core/dns/A.cpp", "auto r = co_await f(A{1, 2});\n", constructs);
    plant("a list", "core/dns/A.cpp", "auto r = co_await f({1, 2}, stop);\n", constructs);
    plant("a lambda", "core/dns/A.cpp", "co_await f([&] { return 1; });\n", constructs);
    plant("over lines in parentheses", "core/dns/A.cpp",
          "if (!(co_await f(a,\n               B{}))) {\n}\n", constructs);
    plant("a task made in place", "core/dns/A.cpp", "co_await Task<>{};\n", constructs);
    plant("in tests too", "tests/core/tst_a.cpp", "co_await f({});\n", constructs);
    plant("in a header", "core/dns/A.h", "inline void f() { co_await g(A{}); }\n", constructs);
    // co_return.
    plant("a member is moved from", "core/dns/A.cpp", "co_return m_facts;\n", "hands a member");
    plant("a member of a private part", "core/dns/A.cpp", "co_return d->facts;\n",
          "hands a member");
    // Loops.
    plant("a loop over an awaited value", "tests/core/tst_a.cpp",
          "for (const A &a : *await(list())) {\n}\n", "name it first");
    plant("a loop in a coroutine", "core/dns/A.cpp",
          "for (auto a : (co_await list()).value())\n    use(a);\n", "name it first");
    // Heads (these have none; see below).
    plant("a source", "core/dns/Bare.cpp", "int a;\n", "has no SPDX head");
    plant("a header", "ui/widgets/Bare.h", "int a;\n", "has no SPDX head");
    plant("a build file", "app/CMakeLists.txt", "# nothing\n", "has no SPDX head");
    plant("a cmake file", "installer/Bare.cmake", "# nothing\n", "has no SPDX head");
    plant("a script", "installer/Bare", "#!/usr/bin/env bash\ntrue\n", "has no SPDX head");
    plant("a hidden script", ".ci/Bare", "#!/usr/bin/env bash\ntrue\n", "has no SPDX head");
}

void TstRules::findsAPlantedViolation()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, code);
    QFETCH(QString, expected);
    const bool bare =
        path.contains(QLatin1String("Bare")) || path.endsWith(QLatin1String("CMakeLists.txt"));
    const QStringList found = violationsOf(path, bare ? code : head + code);
    QVERIFY2(found.size() == 1, qPrintable(found.join(QLatin1Char('\n'))));
    QVERIFY2(found.first().startsWith(path + QLatin1Char(':')), qPrintable(found.first()));
    QVERIFY2(found.first().contains(expected), qPrintable(found.first()));
}

void TstRules::leavesAloneWhatOnlyLooksLikeOne_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("code");
    const auto plant = [](const char *name, const char *path, const char *code) {
        QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(code);
    };
    plant("an edge of the table", "core/dns/A.h",
          "#include \"core/crypto/Secret.h\"\n#include \"core/base/Result.h\"\n"
          "#include \"core/dns/B.h\"\n#include <QObject>\n#include <QtEndian>\n#include "
          "<QtCore/QList>\n#include <QUdpSocket>\n#include "
          "<vector>\n");
    plant("app wires everything", "app/Services.cpp",
          "#include \"core/dns/Resolver.h\"\n#include \"ui/widgets/A.h\"\n#include <QWidget>\n");
    plant("tests look everywhere", "tests/core/tst_a.cpp",
          "#include \"core/dns/A.h\"\n#include <openssl/evp.h>\n#include \"tst_a.moc\"\n");
    plant("SQL in the store", "core/store/A.cpp", "#include <QSqlQuery>\n#include <sqlite3.h>\n");
    plant("an include in a comment", "core/dns/A.cpp",
          "// see:\n/* #include <QWidget> */ int a;\n");
    plant("a declaration in a comment", "core/dns/A.h", "// Result<> f();\n/* Task<> g();\n */\n");
    plant("a declaration in a literal", "core/dns/A.h",
          "const char *const a = \"Result<> f();\";\nconst auto b = R\"x(Task<> g(); \" )x\";\n");
    plant("marked", "core/dns/A.h",
          "class A {\n    Q_OBJECT\npublic:\n    [[nodiscard]] static Result<A> make();\n"
          "    template <typename T>\n    [[nodiscard]] Task<T> f(T a) const;\n"
          "    [[nodiscard]] Task<> g() override;\n};\n");
    plant("a definition below its declaration", "core/dns/A.h",
          "template <typename T>\n[[nodiscard]] Task<T> f(T a);\n"
          "template <typename T>\nTask<T> f(T a)\n{\n    return a;\n}\n");
    plant("a variable", "core/dns/A.h",
          "struct A { Result<int> m_last = 1; std::vector<Task<>> m_tasks; };\n"
          "inline Result<int> nothing;\n");
    plant("inside a body", "core/dns/A.h",
          "[[nodiscard]] inline int f()\n{\n    Result<int> r(g());\n    Task<> t = h();\n"
          "    return 1;\n}\n");
    plant("a callback", "core/dns/A.h",
          "using F = std::function<Task<>(int)>;\nvoid f(Result<> r);\n"
          "using R = Result<int>;\n");
    plant("another macro's line", "core/dns/A.h", "#define F Result<> f(); \\\n    Task<> g();\n");
    plant("names, then awaits", "core/dns/A.cpp",
          "void f() {\n    A a{1};\n    Task<> t = g(std::move(a));\n"
          "    const auto r = co_await std::move(t);\n    if (co_await h(stop)) {\n        x();\n  "
          "  }\n"
          "    for (auto &u : all) { co_await u; }\n}\n");
    plant("an aggregate beside", "core/dns/A.cpp", "f(co_await a, B{});\nco_await a; B b{};\n");
    plant("a digit separator", "core/dns/A.h", "constexpr int a = 1'000'000;\n");
    plant("a local in co_return", "core/dns/A.cpp",
          "co_return m;\nco_return copy(m_facts);\n"
          "co_return result->size();\n");
}

void TstRules::leavesAloneWhatOnlyLooksLikeOne()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, code);
    const QStringList found = violationsOf(path, head + code);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(TstRules)
#include "tst_rules.moc"
