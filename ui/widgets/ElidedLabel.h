// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFontMetrics>
#include <QLabel>

namespace sealbook {

// A host name that fits into `width`: cut in the middle, with the first label (a star counts as
// one) and the registrable domain whole: "orders.eu.….example.com". Where even "first.….domain"
// does not fit, it is what is returned all the same: the column has reached its minimum.
[[nodiscard]] QString elidedName(const QString &name, const QFontMetrics &metrics, int width);
// A serial, fingerprint or value: 8 + 8 characters at the least.
[[nodiscard]] QString elidedValue(const QString &value, const QFontMetrics &metrics, int width);

// A label that cuts its text by the rules above and shows it whole in the tooltip. Copies whole.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    enum class Mode { Name, Value, Text };
    explicit ElidedLabel(Mode mode, QWidget *parent = nullptr);
    void setFullText(const QString &text);
    [[nodiscard]] QString fullText() const { return m_full; }
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refit();

    Mode m_mode;
    QString m_full;
};

} // namespace sealbook
