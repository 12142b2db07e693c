// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/BoardModel.h"

#include "ui/issue/BoardWords.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/TimeText.h"

#include <set>

namespace sealbook {

namespace {
const QString nothing = QStringLiteral("–");
}

QString recordLetter(int index)
{
    QString letters;
    for (int rest = index; rest >= 0; rest = rest / 26 - 1)
        letters.prepend(QChar(static_cast<char16_t>(u'A' + rest % 26)));
    return letters;
}

QString lettersSeen(const BoardState &board, const BoardRow &row, QStringList *foreign)
{
    QStringList letters;
    QStringList ours;
    int index = 0;
    for (const ExpectedRecord &record : board.records) {
        for (const QString &value : record.values) {
            if (record.effectiveName == row.recordName && row.valuesSeen.contains(value)) {
                letters.append(recordLetter(index));
                ours.append(value);
            }
            ++index;
        }
    }
    if (foreign != nullptr) {
        for (const QString &value : row.valuesSeen) {
            if (!ours.contains(value))
                foreign->append(value);
        }
    }
    return joinedNames(letters);
}

BoardModel::BoardModel(QObject *parent)
    : TableModel(ColumnCount, parent)
{
}

void BoardModel::setBoard(const BoardState &board, const QDateTime &now)
{
    m_now = now;
    if (!sameShape(board)) {
        beginResetModel();
        m_board = board;
        group();
        findNewestSerials();
        endResetModel();
        return;
    }
    const BoardState before = std::exchange(m_board, board);
    const auto serialsBefore = m_newestSerial;
    findNewestSerials();
    const bool newSerial = serialsBefore != m_newestSerial;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line &line = m_lines.at(i);
        if (!line.title.isEmpty()
            || (!newSerial && before.rows.at(line.row) == m_board.rows.at(line.row)))
            continue;
        const int row = static_cast<int>(i);
        rowChanged(row);
    }
}

void BoardModel::tick(const QDateTime &now)
{
    m_now = now;
    if (m_lines.empty())
        return;
    const int last = rowCount() - 1;
    Q_EMIT dataChanged(index(0, Age), index(last, Age), {Qt::DisplayRole});
    // Resolvers, which count down what they remember, stand last.
    int first = last;
    while (first > 0 && rowAt(first) != nullptr && rowAt(first)->isResolver)
        --first;
    if (first < last)
        Q_EMIT dataChanged(index(first + 1, Value), index(last, Value), {RowRole::SecondLine});
}

bool BoardModel::sameShape(const BoardState &board) const
{
    if (board.rows.size() != m_board.rows.size() || board.records != m_board.records
        || board.outsideAt.isValid() != m_board.outsideAt.isValid())
        return false;
    const auto same = [](const BoardRow &a, const BoardRow &b) {
        return a.server == b.server && a.address == b.address && a.recordName == b.recordName
            && a.zone == b.zone && a.isResolver == b.isResolver;
    };
    return std::equal(board.rows.begin(), board.rows.end(), m_board.rows.begin(), same);
}

void BoardModel::group()
{
    m_lines.clear();
    // With several records in one zone the record's name tells the groups apart, else the zone's.
    std::map<QString, std::set<QString>> recordsOfZone;
    for (const BoardRow &row : m_board.rows) {
        if (!row.isResolver)
            recordsOfZone[row.zone].insert(row.recordName.text());
    }
    QString group;
    bool resolvers = false;
    for (std::size_t i = 0; i < m_board.rows.size(); ++i) {
        const BoardRow &row = m_board.rows.at(i);
        if (row.isResolver) {
            if (!resolvers) {
                m_lines.push_back({tr("Public resolvers"), resolverRule(), 0});
                resolvers = true;
            }
        } else if (const QString key = row.zone + QLatin1Char('/') + row.recordName.text();
                   key != group) {
            group = key;
            const bool several = recordsOfZone[row.zone].size() > 1;
            if (several) {
                m_lines.push_back(
                    {row.recordName.text(),
                     tr("authoritative for %1; every reachable address must say served")
                         .arg(row.zone),
                     0});
            } else {
                m_lines.push_back({tr("Authoritative for %1").arg(row.zone),
                                   tr("every reachable address must say served"), 0});
            }
        }
        m_lines.push_back({{}, {}, i});
    }
}

bool BoardModel::isGroupHead(int row) const
{
    return row >= 0 && row < rowCount()
        && !m_lines.at(static_cast<std::size_t>(row)).title.isEmpty();
}

const BoardRow *BoardModel::rowAt(int row) const
{
    if (row < 0 || row >= rowCount() || isGroupHead(row))
        return nullptr;
    return &m_board.rows.at(m_lines.at(static_cast<std::size_t>(row)).row);
}

QString BoardModel::resolverRule() const
{
    return m_board.outsideAt.isValid()
        ? tr("two have to see it twice, because port 53 leads nowhere from here")
        : tr("hints only, never counted; asked when all rows above agree");
}

QString BoardModel::copyText(int row) const
{
    const BoardRow *shown = rowAt(row);
    return shown == nullptr ? QString() : rowAsText(m_board, *shown);
}

QString BoardModel::spoken(const BoardRow &row)
{
    QString text =
        QStringLiteral("%1, %2: %3").arg(row.server, row.address, styleOf(row.verdict).word);
    if (!row.reason.isEmpty())
        text += QStringLiteral(", ") + row.reason;
    return text;
}

int BoardModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant BoardModel::groupData(const Line &line, int column, int role) const
{
    if (role == RowRole::GroupHead)
        return line.rule;
    if (column != 0)
        return {};
    if (role == Qt::DisplayRole)
        return line.title;
    if (role == Qt::AccessibleTextRole)
        return QStringLiteral("%1, %2").arg(line.title, line.rule);
    return {};
}

bool BoardModel::lagsBehind(const BoardRow &row) const
{
    const auto newest = m_newestSerial.find(row.zone);
    return row.serial && newest != m_newestSerial.end()
        && isOlderSerial(*row.serial, newest->second);
}

void BoardModel::findNewestSerials()
{
    m_newestSerial.clear();
    for (const BoardRow &row : m_board.rows) {
        if (!row.serial || row.isResolver)
            continue;
        const auto [found, isNew] = m_newestSerial.emplace(row.zone, *row.serial);
        if (!isNew && isOlderSerial(found->second, *row.serial))
            found->second = *row.serial;
    }
}

QString BoardModel::evidence(const BoardRow &row) const
{
    switch (row.verdict) {
    case Verdict::Served:
        if (row.isResolver)
            return !m_board.outsideAt.isValid() ? tr("from its cache or fresh, a hint only")
                : row.rounds > 1                ? tr("seen in %n rounds", nullptr, row.rounds)
                                                : tr("seen once");
        return row.rounds > 1 ? tr("authoritative, seen in %n rounds", nullptr, row.rounds)
                              : tr("authoritative, seen once");
    case Verdict::NotYet:
        if (!row.ttl)
            return {};
        if (row.isResolver) {
            const qint64 left = *row.ttl - row.askedAt.secsTo(m_now);
            return left > 0 ? tr("forgets it in %1").arg(TimeText::counter(left))
                            : tr("has forgotten it by now");
        }
        return tr("caches keep this “no” for %1").arg(TimeText::counter(*row.ttl));
    case Verdict::OtherValue:
        return row.valuesSeen.isEmpty() ? QString() : row.reason;
    case Verdict::CannotCheck:
        for (const BoardRow &other : m_board.rows) {
            if (other.server == row.server && other.recordName == row.recordName
                && other.address != row.address && other.verdict != Verdict::CannotCheck
                && other.verdict != Verdict::NotAsked)
                return tr("%1 answers at %2")
                    .arg(row.server.section(QLatin1Char('.'), 0, 0), other.address);
        }
        return {};
    case Verdict::NotAsked:
    case Verdict::WrongPlace:
    case Verdict::Failing:
        return {};
    }
    Q_UNREACHABLE();
}

QString BoardModel::display(const BoardRow &row, int column) const
{
    switch (column) {
    case Server:
        return row.server;
    case State:
        return styleOf(row.verdict).word;
    case Value: {
        QStringList foreign;
        const QString letters = lettersSeen(m_board, row, &foreign);
        if (row.verdict == Verdict::OtherValue && !foreign.isEmpty())
            return foreign.first();
        if (!letters.isEmpty())
            return letters;
        if (row.verdict == Verdict::NotAsked)
            return !row.isResolver ? tr("not asked yet")
                : row.reason.contains(QLatin1String("private"))
                ? tr("an internal zone, not shown to anybody")
                : tr("asked last, it would cache a “no”");
        return row.reason.isEmpty() ? nothing : row.reason;
    }
    case Ttl:
        return row.ttl ? QString::number(*row.ttl) : nothing;
    case Serial:
        return row.serial ? QString::number(*row.serial) : nothing;
    case Age:
        return row.verdict != Verdict::NotAsked && row.since.isValid()
            ? TimeText::counter(row.since.secsTo(m_now))
            : nothing;
    case RoundTrip:
        return row.roundTrip ? tr("%1 ms").arg(row.roundTrip->count()) : nothing;
    default:
        return {};
    }
}

QVariant BoardModel::cell(int at, int column, int role) const
{
    const Line &line = m_lines.at(static_cast<std::size_t>(at));
    if (!line.title.isEmpty())
        return groupData(line, column, role);
    const BoardRow &row = m_board.rows.at(line.row);
    const StateStyle style = styleOf(row.verdict);
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case RowRole::SecondLine:
        if (column == Server)
            return row.address;
        return column == Value ? QVariant(evidence(row)) : QVariant();
    case RowRole::Name:
        return column == Server;
    case RowRole::Glyph:
        return column == State ? QVariant(static_cast<int>(style.glyph)) : QVariant();
    case RowRole::State:
        if (column == State || (column == Serial && lagsBehind(row)))
            return static_cast<int>(style.role);
        return {};
    case RowRole::Mono:
        return column == Value && row.verdict == Verdict::OtherValue && !row.valuesSeen.isEmpty();
    case RowRole::Bold:
        return column == Value && row.verdict == Verdict::Served;
    case RowRole::Muted:
        return row.verdict == Verdict::NotAsked && column != Server;
    case RowRole::Copy:
        return rowAsText(m_board, row);
    case Qt::ToolTipRole:
        if (column == Value) {
            const QStringList all = row.valuesSeen + QStringList{row.reason};
            return all.join(QLatin1Char('\n')).trimmed();
        }
        return column == Age ? QVariant(TimeText::precise(row.since, false)) : QVariant();
    case Qt::AccessibleTextRole:
        return column == Server ? spoken(row) : display(row, column);
    default:
        return {};
    }
}

QString BoardModel::columnTitle(int column) const
{
    switch (column) {
    case Server:
        return tr("Server");
    case State:
        return tr("State");
    case Value:
        return tr("Value seen");
    case Ttl:
        return tr("TTL");
    case Serial:
        return tr("SOA serial");
    case Age:
        return tr("Age");
    case RoundTrip:
        return tr("RTT");
    default:
        return {};
    }
}

Qt::ItemFlags BoardModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = TableModel::flags(index);
    return index.isValid() && isGroupHead(index.row()) ? flags & ~Qt::ItemIsSelectable : flags;
}

} // namespace sealbook
