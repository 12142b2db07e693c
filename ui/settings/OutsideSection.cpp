// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/OutsideSection.h"

#include "ui/settings/OutsideForm.h"
#include "ui/widgets/Theme.h"
#include "ui_OutsideSection.h"

namespace sealbook {

namespace {
constexpr int editWidth = 360;
constexpr int editLines = 4;
constexpr int textWidth = 560;

// A layout measures a wrapped label at its own width, not at the label's narrower one.
void keepWhole(QLabel *text)
{
    text->setMaximumWidth(textWidth);
    text->setMinimumHeight(text->text().isEmpty() ? 0 : text->heightForWidth(textWidth));
}
} // namespace

OutsideSection::OutsideSection(const SettingsAccess &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_ui(std::make_unique<Ui::OutsideSection>())
{
    m_ui->setupUi(this);
    m_ui->heading->setFont(Theme::titleFont(font()));
    for (QLabel *text : {m_ui->explanation, m_ui->learns, m_ui->risk, m_ui->note, m_ui->kept}) {
        Theme::setMuted(text);
        keepWhole(text);
    }
    Theme::setState(m_ui->problem, StateRole::Crit);
    m_ui->urls->setMaximumWidth(editWidth);
    m_ui->urls->setFixedHeight(m_ui->urls->fontMetrics().lineSpacing() * editLines + 12);
    m_ui->kept->hide();
    for (QLabel *later : {m_ui->problem, m_ui->note})
        later->hide();
    connect(m_ui->urls, &QPlainTextEdit::textChanged, this, &OutsideSection::check);
    connect(m_ui->use, &QCheckBox::toggled, this, &OutsideSection::check);
    connect(m_ui->unattended, &QCheckBox::toggled, this, &OutsideSection::check);
    connect(m_ui->save, &QPushButton::clicked, this, &OutsideSection::save);
    connect(m_ui->usual, &QPushButton::clicked, this, [this] { show(OutsideResolvers()); });
}

OutsideSection::~OutsideSection() = default;

void OutsideSection::load()
{
    Task<QJsonValue> task = m_settings.read(outsideResolversKey());
    QCoro::connect(std::move(task), this, [this](const Result<QJsonValue> &value) {
        if (value)
            show(OutsideResolvers::fromJson(*value));
        else
            m_ui->error->showError(value.error());
    });
}

OutsideForm OutsideSection::form() const
{
    return {m_ui->use->isChecked(), m_ui->urls->toPlainText(), m_ui->unattended->isChecked()};
}

void OutsideSection::show(const OutsideResolvers &outside)
{
    const OutsideForm shown = OutsideForm::of(outside);
    m_ui->use->setChecked(shown.use);
    m_ui->urls->setPlainText(shown.typed);
    m_ui->unattended->setChecked(shown.unattended);
    check();
}

void OutsideSection::check()
{
    const OutsideForm filled = form();
    const QString problem = filled.problem();
    m_ui->problem->setText(problem);
    keepWhole(m_ui->problem);
    m_ui->problem->setVisible(!problem.isEmpty());
    m_ui->urls->setAccessibleDescription(problem);
    m_ui->urls->setEnabled(filled.use);
    m_ui->note->setText(filled.note());
    keepWhole(m_ui->note);
    m_ui->note->setVisible(problem.isEmpty() && !filled.note().isEmpty());
    m_ui->kept->hide();
}

void OutsideSection::save()
{
    const OutsideForm filled = form();
    if (!filled.problem().isEmpty()) {
        m_ui->urls->setFocus();
        return;
    }
    const OutsideResolvers wanted = filled.value();
    Task<> task = m_settings.write(outsideResolversKey(), wanted.toJson());
    QCoro::connect(std::move(task), this, [this, wanted](const Result<> &result) {
        if (!result) {
            m_ui->error->showError(result.error());
            return;
        }
        m_ui->error->clear();
        show(wanted);
        m_ui->kept->setText(tr("Saved. It holds for jobs that start from now on."));
        keepWhole(m_ui->kept);
        m_ui->kept->show();
        Q_EMIT outsideChanged(wanted);
    });
}

} // namespace sealbook
