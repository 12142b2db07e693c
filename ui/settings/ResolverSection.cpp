// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/ResolverSection.h"

#include "ui/settings/ResolverForm.h"
#include "ui/widgets/Theme.h"
#include "ui_ResolverSection.h"

namespace sealbook {

namespace {
constexpr int editWidth = 360;
constexpr int textWidth = 560;
} // namespace

ResolverSection::ResolverSection(const SettingsAccess &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_ui(std::make_unique<Ui::ResolverSection>())
{
    m_ui->setupUi(this);
    m_ui->heading->setFont(Theme::titleFont(font()));
    Theme::setMuted(m_ui->explanation);
    Theme::setMuted(m_ui->kept);
    Theme::setState(m_ui->problem, StateRole::Crit);
    m_ui->explanation->setMaximumWidth(textWidth);
    // The layout measures a wrapped label at its own width, not at the label's narrower one.
    m_ui->explanation->setMinimumHeight(m_ui->explanation->heightForWidth(textWidth));
    m_ui->problem->setMaximumWidth(textWidth);
    m_ui->address->setMaximumWidth(editWidth);
    m_ui->problem->hide();
    m_ui->kept->hide();
    connect(m_ui->address, &QLineEdit::textChanged, this, &ResolverSection::check);
    connect(m_ui->address, &QLineEdit::returnPressed, this, &ResolverSection::save);
    connect(m_ui->save, &QPushButton::clicked, this, &ResolverSection::save);
}

ResolverSection::~ResolverSection() = default;

void ResolverSection::load()
{
    Task<QJsonValue> task = m_settings.read(SettingKey::resolver());
    QCoro::connect(std::move(task), this, [this](const Result<QJsonValue> &value) {
        if (value)
            m_ui->address->setText(value->toString());
        else
            m_ui->error->showError(value.error());
        Q_EMIT loaded();
    });
}

void ResolverSection::check()
{
    const ResolverForm form{m_ui->address->text()};
    const QString problem = form.problem();
    m_ui->problem->setText(problem);
    m_ui->problem->setVisible(!problem.isEmpty());
    m_ui->address->setAccessibleDescription(problem);
    m_ui->kept->hide();
}

void ResolverSection::save()
{
    const ResolverForm form{m_ui->address->text()};
    if (!form.problem().isEmpty()) {
        m_ui->address->setFocus();
        return;
    }
    const QString address = form.normalized();
    Task<> task = m_settings.write(SettingKey::resolver(), QJsonValue(address));
    QCoro::connect(std::move(task), this, [this, address](const Result<> &result) {
        if (!result) {
            m_ui->error->showError(result.error());
            return;
        }
        m_ui->error->clear();
        m_ui->address->setText(address);
        m_ui->kept->setText(address.isEmpty() ? tr("Saved: the system's resolver.")
                                              : tr("Saved: %1.").arg(address));
        m_ui->kept->show();
        Q_EMIT resolverChanged(address);
    });
}

} // namespace sealbook
