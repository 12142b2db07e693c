// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/FirstRunPage.h"

#include "core/crypto/Secret.h"
#include "ui/overview/StartCard.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/SymbolLabel.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sealbook {

namespace {

constexpr int paneWidth = 295;
constexpr qsizetype largestPaste = 16 * 1024 * 1024;

// Core's titles are English; the ones a newcomer meets are said in the user's language.
QString findingTitle(const MachineFinding &finding)
{
    const bool ok = finding.state == MachineFinding::State::Ok;
    if (finding.id == QLatin1String("keychain"))
        return ok ? FirstRunPage::tr("Keychain works")
                  : FirstRunPage::tr("Keychain cannot be used");
    if (finding.id == QLatin1String("dns_udp"))
        return ok ? FirstRunPage::tr("Name servers can be asked")
                  : FirstRunPage::tr("Name servers cannot be asked");
    if (finding.id == QLatin1String("ipv6"))
        return ok ? FirstRunPage::tr("IPv6 works")
                  : FirstRunPage::tr("No IPv6 route: cannot check IPv6");
    if (finding.id == QLatin1String("practice"))
        return ok ? FirstRunPage::tr("Practice is possible")
                  : FirstRunPage::tr("Practice packages are not installed");
    if (finding.id == QLatin1String("ca") && finding.state == MachineFinding::State::NotChecked)
        return FirstRunPage::tr("CAs: not asked yet");
    return finding.title;
}

std::pair<Glyph, StateRole> findingLook(const MachineFinding &finding)
{
    switch (finding.state) {
    case MachineFinding::State::Ok:
        return {Glyph::Fine, StateRole::Ok};
    case MachineFinding::State::Stop:
        return {Glyph::Failing, StateRole::Crit};
    case MachineFinding::State::NotChecked:
        return {Glyph::NotAsked, StateRole::Off};
    case MachineFinding::State::Warning:
        // Neither of these is a fault: the one is a limit of the network, the other a choice.
        if (finding.id == QLatin1String("ipv6"))
            return {Glyph::CannotCheck, StateRole::Off};
        if (finding.id == QLatin1String("practice"))
            return {Glyph::Retired, StateRole::Off};
        return {Glyph::ActNow, StateRole::Act};
    }
    Q_UNREACHABLE();
}

} // namespace

FirstRunPage::FirstRunPage(FirstRunActions actions, QWidget *parent)
    : Page(QStringLiteral("first-run"), tr("Certificates"), parent)
    , m_actions(std::move(actions))
{
    setDetail(tr("nothing here yet"));
    setAcceptDrops(m_actions.importFiles != nullptr);
    auto *body = new QWidget(this);
    auto *columns = new QHBoxLayout(body);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    m_choices = makeChoices();
    m_pane = makePane();
    columns->addWidget(m_choices, 1);
    columns->addWidget(new Line(Qt::Vertical, body));
    columns->addWidget(m_pane);
    setBody(body);
}

FirstRunPage::~FirstRunPage()
{
    m_stop.request_stop();
}

QWidget *FirstRunPage::makeChoices()
{
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setAccessibleName(tr("Ways to begin"));
    auto *content = new QWidget(scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(24, 28, 24, 16);
    layout->setSpacing(12);
    auto *head = new QVBoxLayout;
    head->setSpacing(4);
    layout->addLayout(head);
    head->addWidget(makeLabel(
        LabelKind::Heading,
        m_actions.isPractice ? tr("A place to practise") : tr("Three ways to begin"), content));
    QLabel *promise = makeLabel(
        LabelKind::Body,
        m_actions.isPractice
            ? tr("The practice CA and its name servers run on this computer. Nothing here is real, "
                 "and all of it is thrown away at the end.")
            : tr("Nothing starts before you confirm it. Later, this page lists your certificates, "
                 "the most urgent first."),
        content, true);
    Theme::setMuted(promise);
    promise->setMaximumWidth(660);
    head->addWidget(promise);
    if (m_actions.practise && !m_actions.isPractice)
        addPracticeCard(layout);
    if (m_actions.chooseImport) {
        auto *import = new StartCard(
            {QStringLiteral("import"), QStringLiteral("import"), tr("Bring in what you have"),
             tr("Read certificates from files. All of them land in one list, each stored once."),
             tr("Nothing. Reads PEM, DER and PKCS#12."),
             tr("Nothing. Private keys stay where they are unless you bring them."), tr("&Import…"),
             tr("Alt+I")},
            content);
        connect(import, &StartCard::chosen, this, [this] { m_actions.chooseImport(); });
        layout->addWidget(import);
    }
    m_issue = new StartCard(
        {QStringLiteral("issueFirst"), QStringLiteral("issue"), tr("Issue your first certificate"),
         tr("Enter the names. Every check is shown, and the CA is asked only when every name "
            "server "
            "agrees."),
         m_actions.isPractice ? tr("A name below practice.test, such as www.practice.test.")
                              : tr("A domain, and someone who can edit its DNS. A token is "
                                   "optional."),
         m_actions.isPractice ? tr("One TXT record in the practice zone, removed afterwards.")
                              : tr("One TXT record, removed afterwards. The names become public."),
         tr("Iss&ue…"), tr("Alt+U")},
        content);
    connect(m_issue, &StartCard::chosen, this,
            [this] { Q_EMIT pageWanted(QStringLiteral("issue")); });
    layout->addWidget(m_issue);
    (m_practice != nullptr ? m_practice : m_issue)->setPrimary(true);
    if (m_actions.importFiles) {
        auto *hint = new QHBoxLayout;
        hint->setSpacing(8);
        auto *file = new SymbolLabel(content);
        file->setIcon(QStringLiteral("file"), IconTone::Muted);
        hint->addWidget(file);
        hint->addWidget(
            makeLabel(LabelKind::Muted,
                      m_actions.importPasted
                          ? tr("Files can be dropped on this page, and PEM pasted with Ctrl+V.")
                          : tr("Files can be dropped on this page."),
                      content),
            1);
        layout->addLayout(hint);
    }
    layout->addStretch(1);
    scroll->setWidget(content);
    return scroll;
}

void FirstRunPage::addPracticeCard(QVBoxLayout *layout)
{
    m_practice = new StartCard(
        {QStringLiteral("practise"), QStringLiteral("flask"), tr("Practise now"),
         tr("Run a practice CA and three name servers on this computer, one of them slow on "
            "purpose. Watch the board work and hold a certificate in about a minute."),
         QString(), tr("Only this computer: a throw-away profile, marked PRACTICE."),
         tr("&Practise…"), tr("Alt+P")},
        this);
    connect(m_practice, &StartCard::chosen, this, [this] {
        showPackages();
        if (!m_actions.missingPracticePackages || m_actions.missingPracticePackages().isEmpty())
            m_actions.practise();
    });
    layout->addWidget(m_practice);
    showPackages();
}

void FirstRunPage::showPackages()
{
    const QStringList missing =
        m_actions.missingPracticePackages ? m_actions.missingPracticePackages() : QStringList();
    if (missing.isEmpty()) {
        m_practice->setNeeds(tr("Nothing more: all it needs is installed."));
        m_practice->setCommand({});
        return;
    }
    m_practice->setNeeds(tr("%n packages that are not installed. Run this first:", nullptr,
                            static_cast<int>(missing.size())));
    m_practice->setCommand(
        QStringLiteral("sudo apt-get install %1").arg(missing.join(QLatin1Char(' '))));
}

QWidget *FirstRunPage::makePane()
{
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFixedWidth(paneWidth);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("This computer"));
    scroll->setObjectName(QStringLiteral("computerPane"));
    auto *pane = new QWidget(scroll);
    Theme::setBaseSurface(pane);
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(16, 16, 16, 12);
    head->setSpacing(0);
    head->addWidget(makeLabel(LabelKind::Bold, tr("This computer"), pane));
    head->addWidget(makeLabel(LabelKind::Muted, tr("checked just now, no CA was contacted"), pane));
    layout->addLayout(head);
    layout->addWidget(new Line(Qt::Horizontal, pane));
    m_findings = new QVBoxLayout;
    m_findings->setContentsMargins(16, 12, 16, 12);
    m_findings->setSpacing(12);
    layout->addLayout(m_findings);
    layout->addWidget(new Line(Qt::Horizontal, pane));
    auto *stored = new QVBoxLayout;
    stored->setContentsMargins(16, 10, 16, 10);
    stored->setSpacing(4);
    stored->addWidget(makeLabel(LabelKind::SectionHead, tr("What is stored so far"), pane));
    QLabel *nothing = makeLabel(LabelKind::Body,
                                tr("Nothing of yours. What you add goes into one file in this "
                                   "folder; secrets go to the keychain."),
                                pane, true);
    nothing->setFont(Theme::smallFont(font()));
    stored->addWidget(nothing);
    if (!m_actions.profileFolder.isEmpty()) {
        // Zero-width spaces let a long path break at its slashes.
        QString path = m_actions.profileFolder;
        path.replace(QLatin1Char('/'), QStringLiteral("/\u200B"));
        QLabel *folder = makeLabel(LabelKind::Mono, path, pane, true);
        folder->setObjectName(QStringLiteral("profileFolder"));
        folder->setAccessibleName(m_actions.profileFolder);
        folder->setLayoutDirection(Qt::LeftToRight);
        stored->addWidget(folder);
    }
    layout->addLayout(stored);
    layout->addWidget(new Line(Qt::Horizontal, pane));
    if (m_actions.canHavePassphrase)
        addPassphrase(layout, pane);
    layout->addStretch(1);
    scroll->setWidget(pane);
    return scroll;
}

// A choice to make before there is anything to guard.
void FirstRunPage::addPassphrase(QVBoxLayout *layout, QWidget *pane)
{
    auto *part = new QVBoxLayout;
    part->setContentsMargins(16, 10, 16, 10);
    part->setSpacing(4);
    part->addWidget(makeLabel(LabelKind::SectionHead, tr("Passphrase"), pane));
    QLabel *text = makeLabel(LabelKind::Body,
                             tr("Private keys can be made to leave this profile only against a "
                                "passphrase. It can be set later too."),
                             pane, true);
    text->setFont(Theme::smallFont(font()));
    part->addWidget(text);
    auto *set = new QPushButton(tr("Set a passphrase…"), pane);
    set->setObjectName(QStringLiteral("firstPassphrase"));
    connect(set, &QPushButton::clicked, this, [this] {
        Q_EMIT pageWanted(QStringLiteral("settings"), QStringLiteral("passphrase"));
    });
    part->addWidget(set, 0, Qt::AlignLeading);
    layout->addLayout(part);
    layout->addWidget(new Line(Qt::Horizontal, pane));
}

void FirstRunPage::showFinding(const MachineFinding &finding)
{
    FindingRow &row = m_rows[finding.id];
    if (row.row == nullptr) {
        row.row = new QWidget(m_pane);
        auto *line = new QHBoxLayout(row.row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(8);
        row.glyph = new SymbolLabel(row.row);
        line->addWidget(row.glyph, 0, Qt::AlignTop);
        auto *words = new QVBoxLayout;
        words->setSpacing(0);
        row.title = makeLabel(LabelKind::Body, {}, row.row, true);
        row.detail = makeLabel(LabelKind::Muted, {}, row.row, true);
        words->addWidget(row.title);
        words->addWidget(row.detail);
        line->addLayout(words, 1);
        m_findings->addWidget(row.row);
    }
    const auto [glyph, role] = findingLook(finding);
    row.glyph->setGlyph(glyph, role);
    row.title->setText(findingTitle(finding));
    QString detail = finding.detail;
    if (!finding.advice.isEmpty() && finding.id != QLatin1String("practice"))
        detail += QLatin1Char(' ') + finding.advice;
    row.detail->setText(detail.trimmed());
    row.row->setObjectName(QStringLiteral("finding_%1").arg(finding.id));
    row.row->setAccessibleName(QStringLiteral("%1. %2").arg(row.title->text(), detail));
}

void FirstRunPage::checkMachine()
{
    if (!m_actions.checkMachine || m_checked)
        return;
    m_checked = true;
    MachineCheckOptions options;
    options.contactCa = false;
    if (m_actions.missingPracticePackages)
        options.missingPracticePackages = m_actions.missingPracticePackages();
    const QPointer<FirstRunPage> alive(this);
    Task<std::vector<MachineFinding>> checking = m_actions.checkMachine(
        options,
        [alive](const MachineFinding &finding) {
            if (alive)
                alive->showFinding(finding);
        },
        m_stop.get_token());
    QCoro::connect(std::move(checking), this,
                   [this](const Result<std::vector<MachineFinding>> &findings) {
                       if (!findings)
                           return;
                       for (const MachineFinding &finding : *findings)
                           showFinding(finding);
                   });
}

void FirstRunPage::activated()
{
    if (m_practice != nullptr)
        showPackages();
    checkMachine();
}

QList<QWidget *> FirstRunPage::areas() const
{
    return {Page::areas().first(), m_choices, m_pane};
}

QWidget *FirstRunPage::firstFocus() const
{
    return (m_practice != nullptr ? m_practice : m_issue)->button();
}

void FirstRunPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_actions.importFiles && event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void FirstRunPage::dropEvent(QDropEvent *event)
{
    QStringList files;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    if (!files.isEmpty() && m_actions.importFiles) {
        event->acceptProposedAction();
        m_actions.importFiles(files);
    }
}

void FirstRunPage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        pasteClipboard();
        return;
    }
    Page::keyPressEvent(event);
}

void FirstRunPage::pasteClipboard()
{
    QString text = QGuiApplication::clipboard()->text();
    if (m_actions.importPasted && text.contains(QLatin1String("-----BEGIN "))
        && text.size() <= largestPaste) {
        // A key may come along.
        QByteArray bytes = text.toUtf8();
        m_actions.importPasted(bytes);
        wipe(bytes);
    }
    wipe(text);
}

} // namespace sealbook
