// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/DerTreeView.h"

#include "core/x509/DerTree.h"
#include "ui/widgets/ErrorText.h"
#include "ui/widgets/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <vector>

namespace sealbook {

namespace {
constexpr int viewHeight = 260;
constexpr int unfoldedDepth = 2;
} // namespace

DerTreeView::DerTreeView(QWidget *parent)
    : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("derTree"));
    setAccessibleName(tr("ASN.1 structure"));
    setColumnCount(2);
    setHeaderLabels({tr("Element"), tr("Value")});
    header()->setStretchLastSection(true);
    setUniformRowHeights(true);
    setIndentation(14);
    setFixedHeight(viewHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFont(Theme::monoFont(font()));
    // Encodings are written from left to right everywhere.
    setLayoutDirection(Qt::LeftToRight);
    Theme::tintSelection(this);
}

void DerTreeView::setDer(const QByteArray &der)
{
    clear();
    const Result<std::vector<DerNode>> nodes = derTree(der);
    if (!nodes) {
        new QTreeWidgetItem(this, {asSentence(nodes.error().detail)});
        return;
    }
    std::vector<QTreeWidgetItem *> above;
    QList<QTreeWidgetItem *> roots;
    for (const DerNode &node : *nodes) {
        above.resize(static_cast<std::size_t>(node.depth));
        auto *item = new QTreeWidgetItem(QStringList{node.type, node.value});
        item->setToolTip(1, node.value);
        item->setToolTip(0,
                         tr("%1, at byte %2, %n bytes", "", static_cast<int>(node.bodyLength))
                             .arg(node.type)
                             .arg(node.offset));
        if (above.empty())
            roots << item;
        else
            above.back()->addChild(item);
        above.push_back(item);
    }
    addTopLevelItems(roots);
    expandToDepth(unfoldedDepth);
    resizeColumnToContents(0);
}

void DerTreeView::keyPressEvent(QKeyEvent *event)
{
    const QTreeWidgetItem *item = currentItem();
    if (event->matches(QKeySequence::Copy) && item != nullptr) {
        QGuiApplication::clipboard()->setText(item->toolTip(0) + QLatin1Char('\t') + item->text(1));
        event->accept();
        return;
    }
    QTreeWidget::keyPressEvent(event);
}

} // namespace sealbook
