// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

class QHeaderView;

namespace sealbook {

// Gives a header's texts the padding of the cells beneath, so that columns line up; the style still
// draws it.
void padHeader(QHeaderView *header);

} // namespace sealbook
