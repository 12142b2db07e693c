// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/Recipe.h"

#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealbook {

namespace {
QString say(const char *text)
{
    return QCoreApplication::translate("Recipe", text);
}
} // namespace

Recipe::Recipe(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

void Recipe::setProvider(const ProviderSummary &provider)
{
    delete m_content;
    m_content = new QWidget(this);
    auto *grid = new QGridLayout(m_content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    int number = 0;
    for (const QString &step : provider.leastPrivilege)
        addStep(++number, step);
    if (number == 0)
        addStep(0,
                tr("This provider's definition has no recipe. Give the credential as few rights "
                   "as its pages allow."));
    if (provider.createUrl.isValid() && !provider.createUrl.isEmpty())
        addLink(tr("Open the page where it is made"), provider.createUrl,
                QStringLiteral("openCreatePage"));
    if (provider.documentation.isValid() && !provider.documentation.isEmpty())
        addLink(tr("Open the documentation"), provider.documentation,
                QStringLiteral("openDocumentation"));
    m_layout->addWidget(m_content);
    m_content->show();
}

void Recipe::addStep(int number, const QString &text)
{
    auto *grid = static_cast<QGridLayout *>(m_content->layout());
    const int row = grid->rowCount();
    if (number > 0)
        grid->addWidget(makeLabel(LabelKind::Muted, QString::number(number), m_content), row, 0,
                        Qt::AlignTop);
    QLabel *label = makeLabel(LabelKind::Body, text, m_content, true);
    label->setFont(Theme::smallFont(font()));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(number > 0 ? tr("Step %1: %2").arg(number).arg(text) : text);
    grid->addWidget(label, row, number > 0 ? 1 : 0, 1, number > 0 ? 1 : 2);
}

void Recipe::addLink(const QString &text, const QUrl &link, const QString &name)
{
    auto *grid = static_cast<QGridLayout *>(m_content->layout());
    auto *button = new QPushButton(text, m_content);
    button->setObjectName(name);
    button->setIcon(houseIcon(QStringLiteral("open")));
    button->setToolTip(link.toDisplayString());
    button->setFlat(true);
    connect(button, &QPushButton::clicked, this, [this, link] { Q_EMIT linkWanted(link); });
    grid->addWidget(button, grid->rowCount(), 0, 1, 2, Qt::AlignLeading);
}

QStringList traitSentences(const ProviderTraits &traits)
{
    QStringList sentences;
    if (traits.wholeZone)
        sentences << say("It can only write a whole zone at once: a mistake there touches every "
                         "record of the zone.");
    if (!traits.canDelete)
        sentences << say("It cannot delete: validation records stay until someone removes them.");
    if (traits.valuesPerName > 0)
        sentences << say("It keeps at most %1 values at one name; an apex with its wildcard needs "
                         "two.")
                         .arg(traits.valuesPerName);
    if (traits.minTtl > 0)
        sentences << say("Its shortest TTL is %1 s.").arg(traits.minTtl);
    return sentences;
}

QString evidenceSentence(const QString &evidence)
{
    if (evidence == QLatin1String("vendor-doc"))
        return say("Fields as the provider documents them.");
    if (evidence == QLatin1String("other-client"))
        return say("Fields as other clients use them; the provider's own documentation was not "
                   "found.");
    return say("Nobody has verified these fields yet.");
}

} // namespace sealbook
