// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QString>

class QAction;
class QObject;

namespace sealbook {

// An action of a page or a view: `name` is for tests, settings and the buttons made of it; the keys
// work where the action was added and below. Owned by `owner`.
[[nodiscard]] QAction *makePageAction(QObject *owner, const char *name, const QString &text,
                                      const QString &icon = {}, const QKeySequence &keys = {});

} // namespace sealbook
