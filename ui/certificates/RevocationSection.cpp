// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/RevocationSection.h"

#include "ui/widgets/ErrorText.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/TimeText.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace sealbook {

using State = RevocationRecord::State;

RevocationSection::RevocationSection(QWidget *parent)
    : PaneSection(tr("Revocation"), parent)
    , m_state(new StateLabel(this))
    , m_text(makeLabel(LabelKind::Body, QString(), this, true))
    , m_failure(makeLabel(LabelKind::Body, QString(), this, true))
    , m_hint(makeLabel(LabelKind::Muted,
                       tr("Asks the addresses that stand in the certificate, and only when you "
                          "say so: whoever answers learns that you asked."),
                       this, true))
{
    setObjectName(QStringLiteral("revocationSection"));
    m_text->setObjectName(QStringLiteral("revocationText"));
    m_failure->setObjectName(QStringLiteral("revocationFailure"));
    setAside(m_state);
    add(m_text);
    add(m_failure);
    auto *buttons = new QWidget(this);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    m_check = new QPushButton(buttons);
    m_check->setObjectName(QStringLiteral("checkRevocation"));
    row->addWidget(m_check);
    m_anyway = new QPushButton(tr("Ask there anyway"), buttons);
    m_anyway->setObjectName(QStringLiteral("checkRevocationAnyway"));
    m_anyway->setToolTip(tr("For a CA of your own, whose addresses lie in your network."));
    row->addWidget(m_anyway);
    row->addStretch(1);
    add(buttons);
    add(m_hint);
    connect(m_check, &QPushButton::clicked, this, [this] {
        if (m_busy)
            Q_EMIT stopWanted();
        else
            Q_EMIT checkWanted(false);
    });
    connect(m_anyway, &QPushButton::clicked, this, [this] { Q_EMIT checkWanted(true); });
    setRecord({}, {}, false);
    setBusy(false);
    hide();
}

StateStyle RevocationSection::styleOf(const std::optional<RevocationRecord> &record)
{
    if (!record)
        return {StateRole::Off, Glyph::NotAsked, tr("never asked")};
    switch (record->state) {
    case State::Good:
        return {StateRole::Ok, Glyph::Fine, tr("not revoked")};
    case State::Revoked:
        return {StateRole::Crit, Glyph::Revoked, tr("revoked")};
    case State::Unknown:
        return {StateRole::Warn, Glyph::Unproved, tr("not known to its CA")};
    case State::NotOffered:
        return {StateRole::Off, Glyph::NotAsked, tr("nobody to ask")};
    case State::Unanswered:
        return {StateRole::Warn, Glyph::CannotCheck, tr("no answer")};
    }
    Q_UNREACHABLE();
}

QString RevocationSection::reasonText(const QString &reason)
{
    static const std::pair<const char *, const char *> texts[] = {
        {"keyCompromise", QT_TR_NOOP("its key became known")},
        {"cACompromise", QT_TR_NOOP("the key of its CA became known")},
        {"affiliationChanged", QT_TR_NOOP("who it names has changed")},
        {"superseded", QT_TR_NOOP("another one replaced it")},
        {"cessationOfOperation", QT_TR_NOOP("it is needed no more")},
        {"certificateHold", QT_TR_NOOP("it is on hold, for now")},
        {"privilegeWithdrawn", QT_TR_NOOP("a right was withdrawn")},
        {"aACompromise", QT_TR_NOOP("the key of an attribute authority became known")}};
    for (const auto &[name, text] : texts) {
        if (reason == QLatin1String(name))
            return tr(text);
    }
    return reason;
}

QString RevocationSection::sentence(const std::optional<RevocationRecord> &record,
                                    const QDateTime &now, bool timesLocal)
{
    if (!record)
        return tr("Nobody has asked its CA yet whether it was revoked.");
    const QString source = record->source == QLatin1String("ocsp") ? tr("its CA's OCSP responder")
                                                                   : tr("its CA's revocation list");
    const QString when = TimeText::ago(now, record->checkedAt);
    switch (record->state) {
    case State::Good: {
        const QString text = tr("It is not revoked, said %1, asked %2.").arg(source, when);
        if (!record->nextUpdate.isValid())
            return text;
        return record->nextUpdate < now
            ? tr("%1 That answer held until %2.")
                  .arg(text, TimeText::exact(record->nextUpdate, timesLocal))
            : tr("%1 The answer holds until %2.")
                  .arg(text, TimeText::exact(record->nextUpdate, timesLocal));
    }
    case State::Revoked: {
        const QString date = TimeText::exact(record->revokedAt, timesLocal);
        const QString reason = reasonText(record->reason);
        return reason.isEmpty()
            ? tr("It was revoked on %1, said %2, asked %3.").arg(date, source, when)
            : tr("It was revoked on %1 (%2), said %3, asked %4.").arg(date, reason, source, when);
    }
    case State::Unknown:
        return tr("The responder that it names does not know it, asked %1. That is so for a while "
                  "after issuance, or it is forged.")
            .arg(when);
    case State::NotOffered:
        return record->detail;
    case State::Unanswered:
        return tr("Nobody has given an answer that counts.");
    }
    Q_UNREACHABLE();
}

void RevocationSection::setRecord(const std::optional<RevocationRecord> &record,
                                  const QDateTime &now, bool timesLocal)
{
    const StateStyle style = styleOf(record);
    m_state->setState(style);
    m_text->setText(sentence(record, now, timesLocal));
    const bool failed = record && record->error;
    QString failure;
    if (failed) {
        const ErrorText text = ErrorText::of(*record->error);
        // One that was asked says it all; of several, each says its own.
        const QString what = record->error->parts.size() > 1 ? text.detail : record->error->detail;
        const QString last =
            tr("Last attempt, %1: %2").arg(TimeText::ago(now, record->failedAt), what);
        failure = text.advice.isEmpty() ? last : last + QLatin1Char('\n') + text.advice;
    }
    m_failure->setText(failure);
    m_failure->setVisible(failed);
    m_anyway->setVisible(failed && !m_busy
                         && record->error->evidence.contains(QStringLiteral("private_address")));
}

void RevocationSection::setError(const Error &error)
{
    const ErrorText text = ErrorText::of(error);
    m_failure->setText(text.sentence + QLatin1Char('\n') + text.detail);
    m_failure->show();
}

void RevocationSection::setBusy(bool busy)
{
    m_busy = busy;
    m_check->setText(busy ? tr("Stop") : tr("Check now"));
    m_check->setAccessibleName(busy ? tr("Stop asking about revocation")
                                    : tr("Check revocation now"));
    if (!busy)
        return;
    m_state->setState({StateRole::Wait, Glyph::NotYet, tr("asking …")});
    m_failure->hide();
    m_anyway->hide();
}

} // namespace sealbook
