// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/DomainName.h"

#include "core/base/PublicSuffix.h"

#include <idn2.h>
#include <libpsl.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace sealbook {

namespace {

struct FreeText
{
    void operator()(char *text) const { std::free(text); }
};
using TextPtr = std::unique_ptr<char, FreeText>;

constexpr int longestLabel = 63; // RFC 1035 section 2.3.4
constexpr int longestName = 253;
constexpr int longestInput = 4096;
constexpr int mostGuesses = 4;
const QLatin1String challengeLabel("_acme-challenge.");

QString codePoint(char32_t code)
{
    return QStringLiteral("U+%1").arg(static_cast<uint>(code), 4, 16, QLatin1Char('0')).toUpper();
}

// Short, and without characters that could disturb the sentence around it.
QString shown(const QString &text)
{
    QString out;
    for (const QChar c : text.left(80)) {
        const bool hidden =
            c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
        out += hidden ? QStringLiteral("<%1>").arg(codePoint(c.unicode())) : QString(c);
    }
    return text.size() > 80 ? out + QStringLiteral("...") : out;
}

// `suggestion` is a guess, which fromUserInput() tries before it offers it.
tl::unexpected<Error> refuse(const QString &detail, const QString &suggestion = {})
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    error.detail = detail;
    if (!suggestion.isEmpty())
        error.evidence.insert(QStringLiteral("suggestion"), suggestion);
    return fail(std::move(error));
}

bool isAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

QString withLabel(QStringList labels, qsizetype at, const QString &label)
{
    labels[at] = label;
    return labels.join(QLatin1Char('.'));
}

// B14, B22: what cannot be seen is refused before anything else looks at the text.
Result<> checkVisible(const QString &text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char('\n') || c == QLatin1Char('\r') || c.isNull())
            return refuse(QStringLiteral("\"%1\" holds a %2 inside; enter one domain at a time")
                              .arg(shown(text),
                                   c.isNull() ? QStringLiteral("NUL character")
                                              : QStringLiteral("line break")));
        if (c.category() != QChar::Other_Format && c.category() != QChar::Other_Control)
            continue;
        if (c == QLatin1Char('\t'))
            continue; // told as a blank
        QString without = text;
        without.removeIf([](QChar x) {
            return x.category() == QChar::Other_Format || x.category() == QChar::Other_Control;
        });
        return refuse(QStringLiteral("an invisible character, %1, stands at position %2 of "
                                     "\"%3\"")
                          .arg(codePoint(c.unicode()))
                          .arg(i + 1)
                          .arg(shown(text)),
                      without);
    }
    return {};
}

// The host in something like a web address, an email address or host:port.
QString hostIn(const QString &text)
{
    QString host = text;
    if (const qsizetype scheme = host.indexOf(QLatin1String("://")); scheme >= 0)
        host = host.mid(scheme + 3);
    for (const char end : {'/', '?', '#'})
        host = host.section(QLatin1Char(end), 0, 0);
    host = host.section(QLatin1Char('@'), -1);
    return host.section(QLatin1Char(':'), 0, 0);
}

bool isNumber(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
}

bool isIpv4(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('.'));
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](const QString &p) {
               return isNumber(p) && p.size() <= 3 && p.toInt() <= 255;
           });
}

bool isIpv6(const QString &text)
{
    QString bare = text;
    if (bare.startsWith(QLatin1Char('[')))
        bare = bare.mid(1).section(QLatin1Char(']'), 0, 0);
    return bare.count(QLatin1Char(':')) >= 2 && std::all_of(bare.begin(), bare.end(), [](QChar c) {
               return c == QLatin1Char(':') || c == QLatin1Char('.')
                   || (c.unicode() < 0x80 && isxdigit(c.unicode()) != 0);
           });
}

// B03, B10 and their like: right in itself, but not a domain name.
Result<> checkIsName(const QString &text)
{
    if (isIpv4(text) || isIpv6(text))
        return refuse(QStringLiteral("\"%1\" is an IP address; a certificate for it needs "
                                     "another profile and cannot be validated by DNS-01")
                          .arg(shown(text)));
    if (text.contains(QLatin1String("://")))
        return refuse(QStringLiteral("\"%1\" is a web address, not a domain").arg(shown(text)),
                      hostIn(text));
    if (text.contains(QLatin1Char('@')))
        return refuse(QStringLiteral("\"%1\" looks like an email address").arg(shown(text)),
                      hostIn(text));
    for (const char c : {'/', '?', '#', ':'}) {
        if (text.contains(QLatin1Char(c)))
            return refuse(QStringLiteral("\"%1\" holds a \"%2\": give the domain without port "
                                         "and path")
                              .arg(shown(text), QString(QLatin1Char(c))),
                          hostIn(text));
    }
    for (const QChar c : text) {
        if (c.isSpace())
            return refuse(QStringLiteral("there is a blank inside \"%1\"").arg(shown(text)),
                          QString(text).removeIf([](QChar x) { return x.isSpace(); }));
    }
    return {};
}

// B08. `labels` may hold one star, in front.
Result<> checkStars(const QStringList &labels)
{
    QStringList plain;
    for (const QString &label : labels) {
        if (!label.contains(QLatin1Char('*')))
            plain.append(label);
    }
    const bool hasStar = plain.size() != labels.size();
    const bool right = labels.first() == QLatin1String("*") && plain.size() == labels.size() - 1;
    if (!hasStar || (right && !plain.isEmpty()))
        return {};
    const QString name = labels.join(QLatin1Char('.'));
    if (plain.isEmpty())
        return refuse(QStringLiteral("a star needs a domain behind it, as in \"*.example.org\""));
    const bool starFirst = labels.first().contains(QLatin1Char('*'));
    return refuse(QStringLiteral("in \"%1\" the star is misplaced: a wildcard has one star, alone "
                                 "as the leftmost label")
                      .arg(shown(name)),
                  starFirst ? QStringLiteral("*.") + plain.join(QLatin1Char('.')) : QString());
}

QString idnReason(int code, const QString &label)
{
    switch (code) {
    case IDN2_DISALLOWED:
    case IDN2_UNASSIGNED:
        for (const char32_t c : label.toUcs4()) {
            if (c >= 0x80 && !QChar::isLetterOrNumber(c) && !QChar::isMark(c))
                return QStringLiteral("the character %1 is not allowed in domains (IDNA2008)")
                    .arg(codePoint(c));
        }
        return QStringLiteral("it holds a character that is not allowed in domains (IDNA2008)");
    case IDN2_BIDI:
        return QStringLiteral("it mixes left-to-right and right-to-left letters");
    case IDN2_TOO_BIG_LABEL:
    case IDN2_TOO_BIG_DOMAIN:
    case IDN2_PUNYCODE_BIG_OUTPUT:
        return QStringLiteral("in the form for the DNS it has more than 63 characters");
    default:
        return QString::fromUtf8(idn2_strerror(code)).toLower();
    }
}

// One label by UTS 46 (nontransitional, STD3) and IDNA2008.
Result<QString> toAscii(const QString &label)
{
    const QByteArray utf8 = label.normalized(QString::NormalizationForm_C).toUtf8();
    char *raw = nullptr;
    const int code = idn2_to_ascii_8z(
        utf8.constData(), &raw, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES);
    const TextPtr ascii(raw);
    if (code != IDN2_OK)
        return refuse(QStringLiteral("the label \"%1\" is refused: %2")
                          .arg(shown(label), idnReason(code, label)));
    return QString::fromLatin1(ascii.get()).toLower();
}

QString toUnicode(const QString &label)
{
    char *raw = nullptr;
    const QByteArray ascii = label.toLatin1();
    const int code = idn2_to_unicode_8z8z(ascii.constData(), &raw, IDN2_NONTRANSITIONAL);
    const TextPtr text(raw);
    return code == IDN2_OK ? QString::fromUtf8(text.get()) : label;
}

// B15: an A-label must be what its own U-label becomes (RFC 5890 section 2.3.2.1).
Result<> checkALabel(const QString &label)
{
    const QString text = toUnicode(label);
    const Result<QString> back = isAscii(text) ? Result<QString>(QString()) : toAscii(text);
    if (!back || *back != label)
        return refuse(QStringLiteral("the label \"%1\" begins with xn-- but is no valid "
                                     "international name")
                          .arg(shown(label)));
    return {};
}

// B06, B07 and the other rules of RFC 5890 section 2.3.1 for an ASCII label.
Result<> checkLdh(const QStringList &labels, qsizetype at)
{
    const QString &label = labels[at];
    for (const QChar c : label) {
        if (c.isLetterOrNumber() || c == QLatin1Char('-'))
            continue;
        if (c != QLatin1Char('_'))
            return refuse(QStringLiteral("the label \"%1\" holds \"%2\"; letters, digits and "
                                         "hyphens are allowed")
                              .arg(shown(label), c));
        // BR section 7.1.4.2.1. In front it is a service label, behind which the name follows.
        const QString better = label.startsWith(c)
            ? labels.mid(at + 1).join(QLatin1Char('.'))
            : withLabel(labels, at, QString(label).replace(c, QLatin1Char('-')));
        return refuse(QStringLiteral("the label \"%1\" holds an underscore, which is not "
                                     "allowed in certificates")
                          .arg(shown(label)),
                      better);
    }
    if (label.startsWith(QLatin1String("xn--")))
        return checkALabel(label);
    if (label.startsWith(QLatin1Char('-')) || label.endsWith(QLatin1Char('-'))) {
        QString stripped = label;
        while (stripped.startsWith(QLatin1Char('-')))
            stripped.remove(0, 1);
        while (stripped.endsWith(QLatin1Char('-')))
            stripped.chop(1);
        return refuse(
            QStringLiteral("the label \"%1\" may not begin or end with a hyphen").arg(shown(label)),
            withLabel(labels, at, stripped));
    }
    if (label.mid(2, 2) == QLatin1String("--"))
        return refuse(QStringLiteral("the label \"%1\" has two hyphens in places 3 and 4, which "
                                     "is kept for international names")
                          .arg(shown(label)));
    return {};
}

// The labels as A-labels, each checked.
Result<QStringList> convert(const QStringList &typed)
{
    QStringList labels = typed;
    for (qsizetype i = 0; i < labels.size(); ++i) {
        if (labels[i].isEmpty()) { // B04
            QStringList rest = typed;
            rest.removeAll(QString());
            return refuse(QStringLiteral("label %1 of \"%2\" is empty: %3")
                              .arg(i + 1)
                              .arg(shown(typed.join(QLatin1Char('.'))),
                                   i == 0 ? QStringLiteral("it begins with a dot")
                                          : QStringLiteral("there are two dots in a row")),
                          rest.join(QLatin1Char('.')));
        }
        if (i == 0 && labels[i] == QLatin1String("*"))
            continue;
        if (!isAscii(labels[i])) {
            const Result<QString> ascii = toAscii(labels[i]);
            if (!ascii)
                return fail(ascii.error());
            labels[i] = *ascii;
        }
        if (labels[i].size() > longestLabel) // B05
            return refuse(QStringLiteral("the label \"%1\" has %2 characters, at most 63 fit")
                              .arg(shown(labels[i]))
                              .arg(labels[i].size()));
        if (const Result<> right = checkLdh(labels, i); !right)
            return fail(right.error());
    }
    return labels;
}

// B11: names that exist on one network only, so that no public CA can know whose they are.
bool isPrivateName(const QString &name)
{
    static const std::array zones{"localhost", "local", "internal", "localdomain",
                                  "lan",       "home",  "corp",     "intranet",
                                  "private",   "onion", "invalid"};
    const QStringView last = QStringView(name).mid(name.lastIndexOf(QLatin1Char('.')) + 1);
    return name == QLatin1String("home.arpa") || name.endsWith(QLatin1String(".home.arpa"))
        || std::any_of(zones.begin(), zones.end(),
                       [last](const char *zone) { return last == QLatin1String(zone); });
}

// What the whole name must be, once its labels are right.
Result<> checkWhole(const QString &name)
{
    const QString base = name.startsWith(QLatin1String("*.")) ? name.mid(2) : name;
    if (name.size() > longestName) // B05
        return refuse(
            QStringLiteral("the name has %1 characters, at most 253 fit").arg(name.size()));
    if (base.size() + challengeLabel.size() > longestName)
        return refuse(QStringLiteral("the name has %1 characters, which leaves no room for "
                                     "\"_acme-challenge.\" in front: at most 237 fit")
                          .arg(base.size()));
    if (isPrivateName(base))
        return refuse(QStringLiteral("\"%1\" is a name for local networks; no public "
                                     "certificate authority can issue for it")
                          .arg(shown(base)));
    if (isPublicSuffix(base)) // B09
        return refuse(QStringLiteral("\"%1\" is a public suffix, under which others register; "
                                     "name a domain below it")
                          .arg(shown(base)));
    const QString last = base.section(QLatin1Char('.'), -1);
    if (last == base)
        return refuse(QStringLiteral("\"%1\" is one label only; a domain has at least two, as in "
                                     "\"%1.example.org\"")
                          .arg(shown(base)));
    if (isNumber(last))
        return refuse(
            QStringLiteral("\"%1\" ends in a number, which no domain does").arg(shown(base)));
    return {};
}

// Scripts that are written together and count as one (UTS 39 section 5.2).
bool belongTogether(const QList<QChar::Script> &scripts)
{
    static const QList<QList<QChar::Script>> sets{
        {QChar::Script_Latin, QChar::Script_Han, QChar::Script_Hiragana, QChar::Script_Katakana},
        {QChar::Script_Latin, QChar::Script_Han, QChar::Script_Bopomofo},
        {QChar::Script_Latin, QChar::Script_Han, QChar::Script_Hangul}};
    return std::any_of(sets.begin(), sets.end(), [&scripts](const auto &set) {
        return std::all_of(scripts.begin(), scripts.end(),
                           [&set](QChar::Script s) { return set.contains(s); });
    });
}

// What was typed as A-labels; every rule in turn.
Result<QString> read(const QString &typed)
{
    QString text = typed.trimmed();
    if (text.isEmpty())
        return refuse(QStringLiteral("Enter a domain"));
    if (text.size() > longestInput)
        return refuse(
            QStringLiteral("the text has %1 characters, a name has at most 253").arg(text.size()));
    if (const Result<> visible = checkVisible(text); !visible)
        return fail(visible.error());
    if (const Result<> name = checkIsName(text); !name)
        return fail(name.error());
    for (const char16_t dot : {u'\u3002', u'\uff0e', u'\uff61'}) // UTS 46 section 2.3
        text.replace(QChar(dot), QLatin1Char('.'));
    if (text.endsWith(QLatin1Char('.')) && text.size() > 1)
        text.chop(1);
    const QStringList labels = text.toLower().split(QLatin1Char('.'));
    if (const Result<> stars = checkStars(labels); !stars)
        return fail(stars.error());
    const Result<QStringList> converted = convert(labels);
    if (!converted)
        return fail(converted.error());
    const QString ascii = converted->join(QLatin1Char('.'));
    if (const Result<> whole = checkWhole(ascii); !whole)
        return fail(whole.error());
    return ascii;
}

// Follows the guesses from one to the next until one is a name; "" when none is.
QString meant(const Error &error)
{
    QString guess = error.evidence.value(QLatin1String("suggestion")).toString();
    for (int i = 0; i < mostGuesses && !guess.isEmpty(); ++i) {
        const Result<QString> name = read(guess);
        if (name)
            return guess;
        guess = name.error().evidence.value(QLatin1String("suggestion")).toString();
    }
    return {};
}

} // namespace

Result<DomainName> DomainName::fromUserInput(const QString &typed)
{
    const Result<QString> ascii = read(typed);
    if (!ascii) {
        Error error = ascii.error();
        const QString suggestion = meant(error);
        error.evidence.remove(QStringLiteral("suggestion"));
        if (!suggestion.isEmpty()) {
            error.evidence.insert(QStringLiteral("suggestion"), suggestion);
            error.advice = QStringLiteral("Did you mean \"%1\"?").arg(suggestion);
        }
        return fail(std::move(error));
    }
    DomainName name;
    name.m_ascii = *ascii;
    return name;
}

QString DomainName::unicode() const
{
    return unicodeNameOf(m_ascii);
}

QString unicodeNameOf(const QString &ascii)
{
    if (!ascii.contains(QLatin1String("xn--")))
        return ascii;
    QStringList labels = ascii.split(QLatin1Char('.'));
    for (QString &label : labels) {
        if (label.startsWith(QLatin1String("xn--")))
            label = toUnicode(label);
    }
    return labels.join(QLatin1Char('.'));
}

QString DomainName::registrableDomain() const
{
    return QString::fromLatin1(registrableDomainOf(base().toLatin1()));
}

QByteArray registrableDomainOf(const QByteArray &ascii)
{
    const psl_ctx_t *list = psl_builtin();
    const char *found = list ? psl_registrable_domain(list, ascii.constData()) : nullptr;
    return found ? QByteArray(found) : ascii;
}

bool DomainName::mixesScripts() const
{
    for (const QString &label : unicode().split(QLatin1Char('.'))) {
        QList<QChar::Script> scripts;
        for (const char32_t c : label.toUcs4()) {
            const QChar::Script script = QChar::script(c);
            if (script != QChar::Script_Common && script != QChar::Script_Inherited
                && !scripts.contains(script))
                scripts.append(script);
        }
        if (scripts.size() > 1 && !belongTogether(scripts))
            return true;
    }
    return false;
}

DnsName DomainName::validationName() const
{
    // It fits: checkWhole() left room for it.
    return DnsName::fromText(challengeLabel + base()).value_or(DnsName());
}

bool DomainName::isReservedForTesting() const
{
    return m_ascii.endsWith(QLatin1String(".test")) || m_ascii.endsWith(QLatin1String(".example"));
}

bool DomainName::covers(const DomainName &other) const
{
    if (!isWildcard() || other.isWildcard())
        return false;
    const qsizetype dot = other.m_ascii.indexOf(QLatin1Char('.'));
    return dot > 0 && other.m_ascii.mid(dot + 1) == base();
}

} // namespace sealbook
