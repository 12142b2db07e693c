// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/DoneStep.h"

#include "ui/widgets/IconSet.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/TimeText.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sealbook {

DoneStep::DoneStep(QWidget *parent)
    : QWidget(parent)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget(scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(12);
    m_title = makeLabel(LabelKind::Title, {}, content, true);
    m_title->setObjectName(QStringLiteral("doneTitle"));
    layout->addWidget(m_title);
    m_state = new StateLabel(content);
    layout->addWidget(m_state);
    m_risk = new NoteBar(content);
    m_risk->setObjectName(QStringLiteral("doneRisk"));
    m_risk->hide();
    layout->addWidget(m_risk);
    m_facts = new KeyValueGrid(content);
    m_facts->setNameWidth(120);
    m_facts->setMaximumWidth(680);
    layout->addWidget(m_facts);
    layout->addSpacing(4);
    layout->addWidget(makeLabel(LabelKind::SectionHead, tr("What next"), content));
    layout->addWidget(makeLabel(
        LabelKind::Body,
        tr("Export it with its key for the server that needs it. Both are stored here; the key is "
           "in the vault."),
        content, true));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto *showButton =
        new QPushButton(houseIcon(QStringLiteral("export")), tr("Show and export…"), content);
    showButton->setObjectName(QStringLiteral("showCertificate"));
    auto *another =
        new QPushButton(houseIcon(QStringLiteral("issue")), tr("Issue another"), content);
    another->setObjectName(QStringLiteral("issueAnother"));
    for (QPushButton *button : {showButton, another}) {
        button->setMinimumHeight(28);
        button->setAutoDefault(true);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    layout->addLayout(buttons);
    layout->addStretch(1);
    scroll->setWidget(content);
    outer->addWidget(scroll);
    m_showButton = showButton;
    connect(showButton, &QPushButton::clicked, this, [this] { Q_EMIT showWanted(m_sha256); });
    connect(another, &QPushButton::clicked, this, &DoneStep::anotherWanted);
}

void DoneStep::show(const CertificateRecord &certificate, int requests,
                    std::chrono::milliseconds elapsed)
{
    m_sha256 = certificate.sha256;
    m_title->setText(tr("%1 has its certificate").arg(certificate.names.value(0)));
    m_state->setState({StateRole::Ok, Glyph::Served, {}},
                      tr("Stored, with its chain. The validation record is removed."));
    m_facts->clear();
    const int names = static_cast<int>(certificate.names.size());
    QString shown = certificate.names.mid(0, 8).join(QLatin1Char('\n'));
    if (names > 8)
        shown += QLatin1Char('\n') + tr("and %n more", nullptr, names - 8);
    m_facts->addRow(tr("Names"), shown);
    m_facts->addRow(tr("Issuer"), certificate.issuer);
    m_facts->addRow(tr("Valid from"), TimeText::exact(certificate.notBefore, false));
    m_facts->addRow(tr("Valid until"), TimeText::exact(certificate.notAfter, false));
    m_facts->addRow(tr("Key"), certificate.keyAlgorithm);
    m_facts->addRow(tr("Serial"), certificate.serial, {.mono = true, .copyable = true});
    m_facts->addRow(tr("SHA-256"), certificate.sha256, {.mono = true, .copyable = true});
    if (elapsed.count() > 0) {
        m_facts->addRow(tr("Took"),
                        tr("%1 s, %n requests to the CA", nullptr, requests)
                            .arg(static_cast<double>(elapsed.count()) / 1000.0, 0, 'f', 1));
    }
}

void DoneStep::setRisk(const QString &risk)
{
    m_risk->hide();
    if (!risk.isEmpty())
        m_risk->showNote(risk, StateRole::Warn, Glyph::Soon);
}

QWidget *DoneStep::firstFocus() const
{
    return m_showButton;
}

} // namespace sealbook
