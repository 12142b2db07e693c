// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/records/EndpointRecord.h"
#include "ui/widgets/RecordModel.h"

#include <vector>

namespace sealbook {

// Watched endpoints as the table shows them. Owned by the page; main thread.
class EndpointModel : public RecordModel
{
    Q_OBJECT

public:
    enum Column { Endpoint, State, Serves, Ends, Newer, Checked, ColumnCount };

    explicit EndpointModel(const Clock &clock, QObject *parent = nullptr);

    void setStatuses(std::vector<EndpointStatus> statuses);
    void setTimesLocal(bool local);
    void refreshTimes() override;

    [[nodiscard]] int needingPerson() const override;
    [[nodiscard]] const EndpointStatus *status(const QString &id) const;
    [[nodiscard]] QString keyOf(const QString &address) const override; // or an id

protected:
    [[nodiscard]] QString columnTitle(int column) const override;
    [[nodiscard]] StateStyle styleAt(int record) const override;
    [[nodiscard]] bool isEvidence(int record, int column) const override;
    [[nodiscard]] int compare(int left, int right) const override;
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    [[nodiscard]] std::vector<Texts> texts() const;
    [[nodiscard]] Texts textsOf(const EndpointStatus &status) const;
    [[nodiscard]] const EndpointStatus &at(int record) const
    {
        return m_statuses[static_cast<std::size_t>(record)];
    }

    const Clock &m_clock;
    std::vector<EndpointStatus> m_statuses;
    bool m_timesLocal = false;
};

} // namespace sealbook
