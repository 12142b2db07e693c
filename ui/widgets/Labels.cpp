// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Labels.h"

#include "ui/widgets/Theme.h"

#include <QEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QRegularExpression>

namespace sealbook {

namespace {
constexpr int longestRun = 20; // wide letters that a pane can hold in one line
constexpr int shortestRun = 8;

class LinkColor : public QObject
{
public:
    explicit LinkColor(QLabel *label)
        : QObject(label)
        , m_label(label)
    {
        setObjectName(name());
        label->installEventFilter(this);
    }
    static QString name() { return QStringLiteral("linkColor"); }
    void setText(const QString &html)
    {
        m_html = html;
        apply();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            apply();
        return QObject::eventFilter(watched, event);
    }

private:
    // HTML takes its links from the application's palette, whose colour may be hard to read.
    void apply()
    {
        m_label->setText(QStringLiteral("<style>a{color:%1}</style>%2")
                             .arg(Theme::current().accent.name(), m_html));
    }

    QLabel *m_label;
    QString m_html;
};
} // namespace

Line::Line(Qt::Orientation orientation, QWidget *parent)
    : QFrame(parent)
    , m_orientation(orientation)
{
    setFrameShape(QFrame::NoFrame);
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Line::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), Theme::current().line);
}

QLabel *makeLabel(LabelKind kind, const QString &text, QWidget *parent, bool wrap)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(wrap);
    const QFont body = label->font();
    switch (kind) {
    case LabelKind::Body:
        break;
    case LabelKind::Bold:
        label->setFont(Theme::boldFont(body));
        break;
    case LabelKind::Title:
        label->setFont(Theme::titleFont(body));
        break;
    case LabelKind::Heading:
        label->setFont(Theme::headingFont(body));
        break;
    case LabelKind::Muted:
        label->setFont(Theme::smallFont(body));
        Theme::setMuted(label);
        break;
    case LabelKind::SectionHead: {
        QFont font = Theme::smallFont(body);
        font.setBold(true);
        label->setFont(font);
        Theme::setMuted(label);
        break;
    }
    case LabelKind::Mono:
        label->setFont(Theme::monoFont(body));
        // Mouse only: a label that takes focus would be one more stop for the Tab key.
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        break;
    }
    return label;
}

QString breakable(const QString &text)
{
    static const QRegularExpression longWord(QStringLiteral("\\S{%1,}").arg(longestRun + 1));
    QString broken;
    qsizetype done = 0;
    for (auto words = longWord.globalMatch(text); words.hasNext();) {
        const QRegularExpressionMatch word = words.next();
        broken += QStringView(text).mid(done, word.capturedStart() - done);
        done = word.capturedEnd();
        int run = 0;
        for (const QChar c : word.captured()) {
            broken += c;
            ++run;
            const bool isPlace =
                run > shortestRun && QLatin1String("_-./:,=&").contains(c, Qt::CaseSensitive);
            if (run == longestRun || isPlace) {
                broken += QChar(0x200B);
                run = 0;
            }
        }
    }
    broken += QStringView(text).mid(done);
    return broken;
}

void setLinkText(QLabel *label, const QString &html)
{
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    auto *color = static_cast<LinkColor *>(
        label->findChild<QObject *>(LinkColor::name(), Qt::FindDirectChildrenOnly));
    if (color == nullptr)
        color = new LinkColor(label);
    color->setText(html);
}

} // namespace sealbook
