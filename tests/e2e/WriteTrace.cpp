// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/WriteTrace.h"

#include <QFile>

namespace sealbook {

namespace {
// strace's -xx writes every byte of every string as \xNN.
QByteArray decoded(const QByteArray &text)
{
    QByteArray bytes;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text.at(at) == '\\' && at + 3 < text.size() && text.at(at + 1) == 'x') {
            bytes += QByteArray::fromHex(text.mid(at + 2, 2));
            at += 3;
        } else {
            bytes += text.at(at);
        }
    }
    return bytes;
}

// The strings of a line, one after the other.
QByteArray stringsOf(const QByteArray &line, char between)
{
    QByteArray bytes;
    qsizetype from = line.indexOf('"');
    while (from >= 0) {
        const qsizetype to = line.indexOf('"', from + 1);
        if (to < 0)
            break;
        bytes += decoded(line.mid(from + 1, to - from - 1));
        if (between != 0)
            bytes += between;
        from = line.indexOf('"', to + 1);
    }
    return bytes;
}
} // namespace

QStringList WriteTrace::command(const QString &file)
{
    return {QStringLiteral("strace"),
            QStringLiteral("-f"),
            QStringLiteral("-A"), // a file goes on where an earlier run ended
            QStringLiteral("--seccomp-bpf"),
            QStringLiteral("-qq"),
            QStringLiteral("-xx"),
            QStringLiteral("-yy"),
            QStringLiteral("-v"),
            QStringLiteral("-s"),
            QStringLiteral("65535"),
            QStringLiteral("-e"),
            QStringLiteral("signal=none"),
            QStringLiteral("-e"),
            QStringLiteral("trace=write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg,"
                           "execve,execveat"),
            QStringLiteral("-o"),
            file};
}

std::map<QByteArray, QByteArray> WriteTrace::read(const QString &file)
{
    std::map<QByteArray, QByteArray> written;
    QFile trace(file);
    if (!trace.open(QIODevice::ReadOnly))
        return written;
    while (!trace.atEnd()) {
        const QByteArray line = trace.readLine();
        const qsizetype open = line.indexOf('(');
        if (open < 0)
            continue;
        const QByteArray call = line.left(open).split(' ').constLast();
        if (call.startsWith("exec")) {
            written["started with"] += stringsOf(line, '\n');
            continue;
        }
        // 7<\x2f\x74...>, 5<UNIX-STREAM:[1->2]>, 9<TCP:[...]>; the process before it.
        const qsizetype comma = line.indexOf(',', open);
        const QByteArray target = line.mid(open + 1, comma - open - 1);
        if (target.contains("<UNIX"))
            continue;
        const QByteArray process = line.left(line.indexOf(' '));
        written[process + ' ' + decoded(target)] += stringsOf(line.mid(comma), 0);
    }
    return written;
}

} // namespace sealbook
