// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/AddCredentialPanel.h"

#include "ui/credentials/FieldRow.h"
#include "ui/credentials/Recipe.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/Theme.h"
#include "ui_AddCredentialPanel.h"

#include <QShortcut>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int asideWidth = 420; // names of actions and resources cannot be wrapped
constexpr int mostFormWidth = 560;
} // namespace

AddCredentialPanel::AddCredentialPanel(CredentialService &credentials, QWidget *parent)
    : QWidget(parent)
    , m_credentials(credentials)
    , m_ui(std::make_unique<Ui::AddCredentialPanel>())
    , m_providers(credentials.providers())
{
    m_ui->setupUi(this);
    Theme::setBaseSurface(m_ui->form);
    m_ui->heading->setFont(Theme::titleFont(font()));
    Theme::setMuted(m_ui->explanation);
    Theme::setMuted(m_ui->notes);
    m_ui->provider->setMaximumWidth(mostFormWidth);
    m_ui->explanation->setMaximumWidth(mostFormWidth);
    for (const ProviderSummary &provider : m_providers)
        m_ui->provider->addItem(provider.name, provider.code);
    buildAside();
    bind();
}

AddCredentialPanel::~AddCredentialPanel()
{
    m_stop.request_stop();
}

void AddCredentialPanel::buildAside()
{
    auto *aside = new QScrollArea(this);
    aside->setFrameShape(QFrame::NoFrame);
    aside->setWidgetResizable(true);
    aside->setFixedWidth(asideWidth);
    aside->setFocusPolicy(Qt::NoFocus);
    aside->setAccessibleName(tr("How to make it"));
    auto *content = new QWidget;
    Theme::setBaseSurface(content);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->setSpacing(0);
    m_recipeSection = new PaneSection(tr("Least privilege"), content);
    m_recipe = new Recipe(content);
    m_recipeSection->add(m_recipe);
    layout->addWidget(m_recipeSection);
    m_traits = new PaneSection(tr("Good to know"), content);
    m_traitText = makeLabel(LabelKind::Body, QString(), content, true);
    m_traitText->setFont(Theme::smallFont(font()));
    m_traits->add(m_traitText);
    layout->addWidget(m_traits);
    layout->addStretch();
    aside->setWidget(content);
    m_ui->layout->addWidget(new Line(Qt::Vertical, this));
    m_ui->layout->addWidget(aside);
    connect(m_recipe, &Recipe::linkWanted, this, &AddCredentialPanel::linkWanted);
}

void AddCredentialPanel::bind()
{
    connect(m_ui->provider, &QComboBox::currentIndexChanged, this,
            &AddCredentialPanel::chooseProvider);
    connect(m_ui->add, &QPushButton::clicked, this, &AddCredentialPanel::submit);
    connect(m_ui->cancel, &QPushButton::clicked, this, [this] {
        forgetRows();
        Q_EMIT cancelled();
    });
    auto *escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, m_ui->cancel, &QPushButton::click);
}

void AddCredentialPanel::start(const QString &provider)
{
    m_ui->error->clear();
    m_ui->notes->hide();
    m_ui->add->setEnabled(!m_providers.empty());
    const int index = std::max(0, m_ui->provider->findData(provider));
    m_ui->provider->setCurrentIndex(index);
    chooseProvider(index);
    m_ui->provider->setFocus(Qt::ShortcutFocusReason);
}

void AddCredentialPanel::forgetRows()
{
    m_rows.clear();
    delete m_rowHolder;
    m_rowHolder = nullptr;
}

void AddCredentialPanel::chooseProvider(int index)
{
    if (index < 0 || index >= static_cast<int>(m_providers.size()))
        return;
    const ProviderSummary &provider = m_providers[static_cast<std::size_t>(index)];
    QMap<QString, QString> kept; // what is typed already and no matter of the provider
    for (const FieldRow *row : m_rows)
        kept.insert(row->field().id, row->value());
    forgetRows();

    m_rowHolder = new QWidget(this);
    m_rowHolder->setMaximumWidth(mostFormWidth);
    auto *layout = new QVBoxLayout(m_rowHolder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    std::vector<ProviderField> fields;
    fields.push_back({QStringLiteral("name"),
                      tr("Name"),
                      tr("How you will find it again."),
                      tr("%1-production").arg(provider.code),
                      false,
                      true,
                      {},
                      {}});
    fields.push_back({QStringLiteral("owner"),
                      tr("Owner"),
                      tr("The person who answers for it, not a team."),
                      tr("Mara Keller"),
                      false,
                      true,
                      {},
                      {}});
    fields.push_back({QStringLiteral("purpose"),
                      tr("Purpose"),
                      QString(),
                      tr("certificates of the web shop"),
                      false,
                      true,
                      {},
                      {}});
    const std::size_t common = fields.size();
    fields.insert(fields.end(), provider.fields.begin(), provider.fields.end());
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto *row = new FieldRow(fields[i], m_rowHolder);
        if (i < common)
            row->setValue(kept.value(fields[i].id));
        connect(row, &FieldRow::edited, row, [row] { row->setProblem(QString()); });
        layout->addWidget(row);
        m_rows.push_back(row);
    }
    m_ui->rows->addWidget(m_rowHolder);

    m_recipeSection->setAside(tr("at %1").arg(provider.name));
    m_recipe->setProvider(provider);
    QStringList traits = traitSentences(provider.traits);
    traits << evidenceSentence(provider.evidence);
    m_traitText->setText(traits.join(QLatin1String("\n\n")));
}

CredentialForm AddCredentialPanel::form() const
{
    CredentialForm form;
    const int index = m_ui->provider->currentIndex();
    if (index >= 0)
        form.provider = m_providers[static_cast<std::size_t>(index)];
    for (const FieldRow *row : m_rows) {
        const QString id = row->field().id;
        if (row->field().secret) {
            if (row->hasSecret())
                form.secretsGiven.insert(id);
        } else if (id == QLatin1String("name")) {
            form.name = row->value();
        } else if (id == QLatin1String("owner")) {
            form.owner = row->value();
        } else if (id == QLatin1String("purpose")) {
            form.purpose = row->value();
        } else {
            form.fields.insert(id, row->value());
        }
    }
    return form;
}

Result<NewCredential> AddCredentialPanel::wanted()
{
    const CredentialForm filled = form();
    NewCredential wanted;
    wanted.name = filled.name.trimmed();
    wanted.provider = filled.provider.code;
    wanted.owner = filled.owner.trimmed();
    wanted.purpose = filled.purpose.trimmed();
    for (auto it = filled.fields.begin(); it != filled.fields.end(); ++it) {
        if (!it.value().trimmed().isEmpty())
            wanted.fields.insert(it.key(), it.value());
    }
    for (FieldRow *row : m_rows) {
        if (!row->hasSecret())
            continue;
        Result<Secret> secret = row->secret();
        if (!secret)
            return fail(secret.error());
        wanted.secrets.insert_or_assign(row->field().id, std::move(*secret));
    }
    return wanted;
}

bool AddCredentialPanel::showProblems(const std::vector<FieldProblem> &problems)
{
    for (FieldRow *row : m_rows) {
        const auto found =
            std::find_if(problems.begin(), problems.end(), [row](const FieldProblem &problem) {
                return problem.field == row->field().id;
            });
        row->setProblem(found == problems.end() ? QString() : found->problem);
    }
    for (FieldRow *row : m_rows) {
        if (!row->problem().isEmpty()) {
            row->input()->setFocus();
            m_ui->scroll->ensureWidgetVisible(row);
            return true;
        }
    }
    if (problems.empty())
        return false;
    // A problem of no field that is shown: said beneath, never dropped.
    m_ui->notes->setText(problems.front().problem);
    m_ui->notes->show();
    return true;
}

void AddCredentialPanel::submit()
{
    m_ui->error->clear();
    m_ui->notes->hide();
    if (showProblems(form().problems()))
        return;
    Result<NewCredential> wanted = this->wanted();
    if (!wanted) {
        m_ui->error->showError(wanted.error());
        return;
    }
    QStringList notes;
    const std::vector<FieldProblem> problems = m_credentials.problems(*wanted, notes);
    if (!notes.isEmpty()) {
        m_ui->notes->setText(notes.join(QLatin1Char('\n')));
        m_ui->notes->show();
    }
    if (showProblems(problems))
        return;
    m_ui->add->setEnabled(false);
    const QString name = wanted->name;
    Task<CredentialRecord> task = m_credentials.add(std::move(*wanted), m_stop.get_token());
    QCoro::connect(std::move(task), this,
                   [this, name](const Result<CredentialRecord> &result) { finish(name, result); });
}

void AddCredentialPanel::finish(const QString &name, const Result<CredentialRecord> &result)
{
    m_ui->add->setEnabled(true);
    if (!result) {
        m_ui->error->showError(result.error());
        m_ui->scroll->ensureWidgetVisible(m_ui->error);
        return;
    }
    forgetRows(); // wipes the kept secrets
    Q_EMIT added(name);
}

} // namespace sealbook
