// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/InventoryColumns.h"

#include "core/base/DomainName.h"

#include <QHash>

namespace sealbook {

namespace {

constexpr quint32 weakRsaBits = 2048;
constexpr quint32 weakCurveBits = 224;
constexpr qsizetype longestDnsName = 253; // RFC 1035 section 2.3.4

QByteArray lowerUtf8(const QString &text)
{
    return text.toLower().toUtf8();
}

bool isAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

// ASCII is what nearly all of it is, and needs no way through UTF-16.
QByteArray lowered(const QByteArray &utf8)
{
    return isAscii(utf8) ? utf8.toLower() : lowerUtf8(QString::fromUtf8(utf8));
}

void appendWithoutControls(QByteArray &to, const QByteArray &text)
{
    const qsizetype start = to.size();
    to += text;
    for (qsizetype i = start; i < to.size(); ++i) {
        if (static_cast<unsigned char>(to.at(i)) < 0x20)
            to[i] = ' ';
    }
}

class SharedMaker
{
public:
    explicit SharedMaker(SharedColumn &column, std::size_t rows)
        : m_column(column)
    {
        m_column.of.reserve(rows);
    }
    void add(const QString &value)
    {
        const auto known = m_known.constFind(value);
        if (known != m_known.cend()) {
            m_column.of.push_back(*known);
            return;
        }
        const auto index = static_cast<quint32>(m_column.values.size());
        m_known.insert(value, index);
        m_column.values.push_back(value);
        m_column.lower.push_back(lowerUtf8(value));
        m_column.of.push_back(index);
    }

private:
    SharedColumn &m_column;
    QHash<QString, quint32> m_known;
};

class ManyMaker
{
public:
    explicit ManyMaker(ManyColumn &column, std::size_t rows)
        : m_column(column)
    {
        m_column.start.reserve(rows + 1);
    }
    void beginRow() { m_column.start.push_back(static_cast<quint32>(m_column.ids.size())); }
    void add(const QByteArray &value) // UTF-8
    {
        auto known = m_known.constFind(value);
        if (known == m_known.cend()) {
            known = m_known.insert(value, static_cast<quint32>(m_column.values.size()));
            m_column.values.push_back(QString::fromUtf8(value));
            m_column.lower.push_back(lowered(value));
            m_lastRow.push_back(0);
        }
        // A certificate may have any number of names: no walk through those of the row.
        if (std::exchange(m_lastRow[*known], m_column.start.size()) != m_column.start.size())
            m_column.ids.push_back(*known);
    }
    void finish() { beginRow(); }

private:
    ManyColumn &m_column;
    QHash<QByteArray, quint32> m_known;
    std::vector<std::size_t> m_lastRow; // value -> the row that had it last, counted from 1
};

bool isAddress(QByteArrayView name)
{
    return name.contains(':') || std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= '0' && c <= '9') || c == '.';
           });
}

QList<QByteArray> namesOf(const InventoryRow &row)
{
    if (row.names.isEmpty())
        return row.commonName.isEmpty() || row.is(InventoryRow::IsCa) || !row.isCertificate()
            ? QList<QByteArray>()
            : QList<QByteArray>{lowerUtf8(row.commonName)};
    return lowered(row.names).split('\n');
}

// "ecp256" and "rsa2048" out of "EC P-256" and "RSA 2048".
QString normalizedAlgorithm(const QString &name)
{
    QString plain = name.toLower();
    plain.removeIf(
        [](QChar c) { return c.isSpace() || c == QLatin1Char('-') || c == QLatin1Char('_'); });
    return plain;
}

quint32 bitsOf(const QString &normalizedKey)
{
    if (normalizedKey == QLatin1String("ed25519") || normalizedKey == QLatin1String("x25519"))
        return 256;
    if (normalizedKey == QLatin1String("ed448") || normalizedKey == QLatin1String("x448"))
        return 456;
    static constexpr int mostDigits = 6;
    quint32 bits = 0;
    int digits = 0;
    for (const QChar c : normalizedKey) {
        if (c >= QLatin1Char('0') && c <= QLatin1Char('9') && digits < mostDigits) {
            bits = bits * 10 + static_cast<quint32>(c.unicode() - u'0');
            ++digits;
        } else if (digits > 0) {
            break;
        }
    }
    return bits;
}

bool isWeakKey(const QString &key, quint32 bits)
{
    if (key.startsWith(QLatin1String("dsa")))
        return true;
    if (key.startsWith(QLatin1String("rsa")))
        return bits < weakRsaBits;
    return key.startsWith(QLatin1String("ec")) && bits != 0 && bits < weakCurveBits;
}

bool isSha1(const QString &signature)
{
    return signature.contains(QLatin1String("sha1"));
}

bool isWeakSignature(const QString &signature)
{
    return isSha1(signature) || signature.contains(QLatin1String("md5"))
        || signature.contains(QLatin1String("md2")) || signature.contains(QLatin1String("md4"));
}

// Where to group a place: single files by their folder.
QByteArray placeGroup(const QByteArray &place)
{
    if (!place.startsWith("file:"))
        return place;
    const qsizetype slash = place.lastIndexOf('/');
    if (slash > 5)
        return place.left(slash);
    return slash == 5 ? place.left(6) : QByteArrayLiteral("file");
}

// All of it in one walk over the rows.
class Builder
{
public:
    Builder(InventoryColumns &columns, const std::vector<InventoryRow> &rows)
        : m_columns(columns)
        , m_rows(rows)
        , m_zones(columns.zones, rows.size())
    {
    }

    void build()
    {
        m_columns.names.start.reserve(m_rows.size() + 1);
        m_columns.rest.start.reserve(m_rows.size() + 1);
        m_columns.family.reserve(m_rows.size());
        m_columns.traits.assign(m_rows.size(), 0);
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            addNames(i);
            addRest(m_rows[i]);
        }
        m_columns.names.start.push_back(static_cast<std::size_t>(m_columns.names.text.size()));
        m_columns.rest.start.push_back(static_cast<std::size_t>(m_columns.rest.text.size()));
        m_columns.names.text.squeeze();
        m_columns.rest.text.squeeze();
        m_zones.finish();
        addShared();
        addMany();
        addKeyTraits();
        joinFamilies();
    }

private:
    void addNames(std::size_t index)
    {
        const InventoryRow &row = m_rows[index];
        QByteArray &text = m_columns.names.text;
        m_columns.names.start.push_back(static_cast<std::size_t>(text.size()));
        m_zones.beginRow();
        QList<QByteArray> names = namesOf(row);
        quint8 &traits = m_columns.traits[index];
        if (!names.isEmpty())
            text += '\n';
        for (const QByteArray &name : names) {
            appendWithoutControls(text, name);
            text += '\n';
            if (name.size() > longestDnsName)
                continue; // no domain, and dear to decode as one
            if (name.startsWith("*."))
                traits |= InventoryColumns::Wildcard;
            if (isAddress(name)) {
                traits |= InventoryColumns::Ip;
                continue;
            }
            if (name.startsWith("xn--") || name.contains(".xn--")) {
                traits |= InventoryColumns::Idn;
                const QString unicode = unicodeNameOf(QString::fromUtf8(name));
                appendWithoutControls(text, lowerUtf8(unicode));
                text += '\n';
            } else if (!isAscii(name)) {
                traits |= InventoryColumns::Idn;
            }
            m_zones.add(registrableDomainOf(name.startsWith("*.") ? name.mid(2) : name));
        }
        m_columns.family.push_back(familyOf(row, std::move(names)));
    }

    [[nodiscard]] quint32 familyOf(const InventoryRow &row, QList<QByteArray> names)
    {
        if (names.isEmpty() || row.is(InventoryRow::IsCa) || !row.isCertificate())
            return InventoryColumns::noFamily;
        if (names.size() > 1) {
            std::sort(names.begin(), names.end());
            names.erase(std::unique(names.begin(), names.end()), names.end());
        }
        const QByteArray set = names.size() == 1 ? names.first() : names.join('\n');
        const auto known = m_families.constFind(set);
        if (known != m_families.cend())
            return *known;
        const auto family = static_cast<quint32>(m_families.size());
        m_families.insert(set, family);
        return family;
    }

    void addRest(const InventoryRow &row)
    {
        QByteArray &text = m_columns.rest.text;
        m_columns.rest.start.push_back(static_cast<std::size_t>(text.size()));
        text += InventoryColumns::Subject;
        appendWithoutControls(text, lowerUtf8(row.subject()));
        text += InventoryColumns::SubjectDn;
        if (!row.subjectDn.isEmpty())
            appendWithoutControls(text, lowerUtf8(row.subjectDn));
        text += InventoryColumns::Serial;
        appendWithoutControls(text, row.serial);
        text += InventoryColumns::Note;
        if (!row.note.isEmpty())
            appendWithoutControls(text, lowerUtf8(row.note));
        text += InventoryColumns::End;
    }

    void addShared()
    {
        SharedMaker issuer(m_columns.issuer, m_rows.size());
        SharedMaker issuerDn(m_columns.issuerDn, m_rows.size());
        SharedMaker key(m_columns.key, m_rows.size());
        SharedMaker signature(m_columns.signature, m_rows.size());
        SharedMaker owner(m_columns.owner, m_rows.size());
        SharedMaker credential(m_columns.credential, m_rows.size());
        for (const InventoryRow &row : m_rows) {
            issuer.add(row.issuer);
            issuerDn.add(row.issuerDn);
            key.add(row.keyAlgorithm);
            signature.add(row.signatureAlgorithm);
            owner.add(row.owner);
            credential.add(row.credential);
        }
        for (SharedColumn *column : {&m_columns.key, &m_columns.signature}) {
            for (std::size_t i = 0; i < column->values.size(); ++i)
                column->lower[i] = normalizedAlgorithm(column->values[i]).toUtf8();
        }
    }

    void addMany()
    {
        ManyMaker tags(m_columns.tags, m_rows.size());
        ManyMaker places(m_columns.places, m_rows.size());
        for (const InventoryRow &row : m_rows) {
            tags.beginRow();
            for (const QString &tag : row.tags)
                tags.add(tag.toUtf8());
            places.beginRow();
            if (row.places.isEmpty())
                continue;
            for (const QByteArray &place : row.places.split('\n'))
                places.add(placeGroup(place));
        }
        tags.finish();
        places.finish();
    }

    void addKeyTraits()
    {
        std::vector<bool> isWeak;
        for (const QByteArray &key : m_columns.key.lower) {
            const QString name = QString::fromUtf8(key);
            m_columns.keyBits.push_back(bitsOf(name));
            isWeak.push_back(isWeakKey(name, m_columns.keyBits.back()));
        }
        std::vector<quint8> ofSignature;
        for (const QByteArray &signature : m_columns.signature.lower) {
            const QString name = QString::fromUtf8(signature);
            ofSignature.push_back(
                static_cast<quint8>((isWeakSignature(name) ? InventoryColumns::Weak : 0)
                                    | (isSha1(name) ? InventoryColumns::Sha1 : 0)));
        }
        QHash<Fingerprint, std::size_t> firstOfKey;
        firstOfKey.reserve(static_cast<qsizetype>(m_rows.size()));
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            quint8 &traits = m_columns.traits[i];
            if (isWeak[m_columns.key.of[i]])
                traits |= InventoryColumns::Weak;
            traits |= ofSignature[m_columns.signature.of[i]];
            if (m_rows[i].publicKey.isNull() || !m_rows[i].isCertificate())
                continue;
            const auto first = firstOfKey.constFind(m_rows[i].publicKey);
            if (first == firstOfKey.cend()) {
                firstOfKey.insert(m_rows[i].publicKey, i);
                continue;
            }
            traits |= InventoryColumns::SharedKey;
            m_columns.traits[*first] |= InventoryColumns::SharedKey;
        }
    }

    void joinFamilies()
    {
        const auto count = static_cast<std::size_t>(m_families.size());
        m_columns.familyStart.assign(count + 1, 0);
        for (const quint32 family : m_columns.family) {
            if (family != InventoryColumns::noFamily)
                ++m_columns.familyStart[family + 1];
        }
        for (std::size_t i = 0; i < count; ++i)
            m_columns.familyStart[i + 1] += m_columns.familyStart[i];
        m_columns.familyRows.resize(m_columns.familyStart[count]);
        std::vector<quint32> next(m_columns.familyStart.begin(), m_columns.familyStart.end() - 1);
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_columns.family[i] != InventoryColumns::noFamily)
                m_columns.familyRows[next[m_columns.family[i]]++] = static_cast<quint32>(i);
        }
        const auto at = [this](quint32 offset) {
            return m_columns.familyRows.begin() + static_cast<std::ptrdiff_t>(offset);
        };
        for (std::size_t i = 0; i < count; ++i) {
            if (m_columns.familyStart[i + 1] - m_columns.familyStart[i] < 2)
                continue;
            std::stable_sort(
                at(m_columns.familyStart[i]), at(m_columns.familyStart[i + 1]),
                [this](quint32 a, quint32 b) { return m_rows[a].notBefore > m_rows[b].notBefore; });
        }
    }

    InventoryColumns &m_columns;
    const std::vector<InventoryRow> &m_rows;
    ManyMaker m_zones;
    QHash<QByteArray, quint32> m_families;
};

} // namespace

InventoryColumns InventoryColumns::of(const std::vector<InventoryRow> &rows)
{
    InventoryColumns columns;
    Builder(columns, rows).build();
    return columns;
}

} // namespace sealbook
