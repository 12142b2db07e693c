// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeView>

namespace sealbook {

class CertificateModel;

// The table of certificates. Draws group heads across all columns, folds them with Left and Right
// or a click, gives the names what room is left, and keeps the current row over a rebuild of the
// model. Owned by the page.
class CertificateView : public QTreeView
{
    Q_OBJECT

public:
    CertificateView(CertificateModel *model, QWidget *parent = nullptr);

    void select(const QString &sha256);
    [[nodiscard]] QString currentSha256() const;
    void copyCurrentRow() const;

Q_SIGNALS:
    void currentCertificateChanged(const QString &sha256); // "" on a head or nothing
    void openWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void setUpColumns();
    void fitNames();
    void toggle(const QModelIndex &head, bool folded);
    void remember();
    void restore();
    void ensureCurrent();

    CertificateModel *m_certificates;
    int m_issuerWidth = 0; // without what it gets of room that is left
    QString m_kept; // the current row's certificate while the model is rebuilt
    int m_scroll = 0;
    bool m_restoring = false;
};

} // namespace sealbook
