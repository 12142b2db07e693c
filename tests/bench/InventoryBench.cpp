// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0

// What the inventory costs at 1,000, 10,000 and 100,000 certificates: real ones (one key, names of
// their own) into a new profile and out of it again, then rows as a large site has them in the
// engine. Times in milliseconds: of what a person waits for, the median and the worst of several.
//     bench_inventory [COUNT...] [--folder DIR]
#include "core/inventory/Inventory.h"
#include "core/store/Store.h"
#include "core/x509/CertificateFacts.h"
#include "tests/support/InventoryRows.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <openssl/asn1.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <cstdio>

#include <malloc.h>

using namespace sealbook;

namespace {

constexpr int rounds = 15;
constexpr std::size_t batchSize = 10000; // what an import hands to the store at a time

double residentMib()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').at(1).toDouble() / 1024;
    }
    return 0;
}

class Stopwatch
{
public:
    Stopwatch() { m_timer.start(); }
    [[nodiscard]] double milliseconds() const
    {
        return static_cast<double>(m_timer.nsecsElapsed()) / 1e6;
    }

private:
    QElapsedTimer m_timer;
};

template <typename Function>
void measure(const char *what, Function function)
{
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const Stopwatch watch;
        function();
        times.push_back(watch.milliseconds());
    }
    std::sort(times.begin(), times.end());
    std::printf("  %-44s %8.2f  worst %8.2f\n", what, times[times.size() / 2], times.back());
}

void tell(const char *what, double milliseconds, const char *more = "")
{
    std::printf("  %-44s %8.0f  %s\n", what, milliseconds, more);
    std::fflush(stdout);
}

// Certificates of one key, each with names and a serial number of its own.
class Mint
{
public:
    Mint()
        : m_key(EVP_EC_gen("P-256"))
    {
    }
    ~Mint() { EVP_PKEY_free(m_key); }
    Mint(const Mint &) = delete;
    Mint &operator=(const Mint &) = delete;

    [[nodiscard]] QByteArray make(std::size_t number) const
    {
        X509 *const certificate = X509_new();
        X509_set_version(certificate, X509_VERSION_3);
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate),
                                0x7A00000000000000U + number * 1'000'003);
        const auto days = static_cast<long>(number % 400);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -days * 86'400);
        X509_gmtime_adj(X509_getm_notAfter(certificate), (90 - days % 120) * 86'400);
        const QByteArray zone = QByteArray::number(static_cast<qulonglong>(number % 997));
        const QByteArray name = "host" + QByteArray::number(static_cast<qulonglong>(number))
            + ".zone" + zone + ".example.com";
        addName(X509_get_subject_name(certificate), "CN", name);
        addName(X509_get_issuer_name(certificate), "O",
                "Bench CA " + QByteArray::number(static_cast<int>(number % 10)));
        X509_set_pubkey(certificate, m_key);
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        const QByteArray names = "DNS:" + name + ",DNS:www." + name;
        X509_EXTENSION *const extension =
            X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, names.constData());
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
        X509_sign(certificate, m_key, EVP_sha256());
        unsigned char *der = nullptr;
        const int size = i2d_X509(certificate, &der);
        const QByteArray bytes(reinterpret_cast<const char *>(der), size);
        OPENSSL_free(der);
        X509_free(certificate);
        return bytes;
    }

private:
    static void addName(X509_NAME *name, const char *field, const QByteArray &value)
    {
        X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(value.constData()), -1,
                                   -1, 0);
    }
    EVP_PKEY *m_key;
};

CertificateRecord recordOf(const CertificateFacts &facts, const QByteArray &der)
{
    CertificateRecord record;
    record.sha256 = facts.sha256;
    record.der = der;
    record.subject = facts.subject;
    record.names = facts.names;
    record.issuer = facts.issuer;
    record.subjectDn = facts.subjectDn;
    record.issuerDn = facts.issuerDn;
    record.serial = facts.serial;
    record.notBefore = facts.notBefore;
    record.notAfter = facts.notAfter;
    record.keyAlgorithm = facts.keyAlgorithm;
    record.signatureAlgorithm = facts.signatureAlgorithm;
    record.publicKeySha256 = facts.publicKeySha256;
    record.isCa = facts.isCa;
    record.isSelfIssued = facts.isSelfIssued;
    record.addedAt = QDateTime::currentDateTimeUtc();
    return record;
}

template <typename T>
T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", qPrintable(describe(result.error())));
        std::exit(1);
    }
    return std::move(*result);
}

void benchStore(std::size_t count, const QString &folder)
{
    const QString file = QStringLiteral("%1/%2/sealbook.sqlite").arg(folder).arg(count);
    std::vector<QByteArray> ders;
    {
        const Mint mint;
        for (std::size_t i = 0; i < count; ++i)
            ders.push_back(mint.make(i));
    }
    double parsing = 0;
    double saving = 0;
    double again = 0;
    {
        const std::unique_ptr<Store> store =
            taken(QCoro::waitFor(Store::open(file, std::stop_token())));
        CertificateFactsReader reader;
        for (std::size_t begin = 0; begin < count; begin += batchSize) {
            const Stopwatch parse;
            std::vector<CertificateRecord> records;
            std::vector<PlaceRecord> places;
            for (std::size_t i = begin; i < std::min(count, begin + batchSize); ++i) {
                records.push_back(recordOf(taken(reader.read(ders[i])), ders[i]));
                PlaceRecord place;
                place.sha256 = records.back().sha256;
                place.location = QStringLiteral("/etc/ssl/bench/%1.pem").arg(i);
                places.push_back(place);
            }
            parsing += parse.milliseconds();
            const Stopwatch save;
            taken(QCoro::waitFor(store->saveCertificates(records, places)));
            saving += save.milliseconds();
            for (CertificateRecord &record : records)
                record.addedAt = record.addedAt.addSecs(1);
            const Stopwatch second;
            taken(QCoro::waitFor(store->saveCertificates(std::move(records), std::move(places))));
            again += second.milliseconds();
        }
    }
    tell("take facts", parsing);
    tell("save, with places", saving);
    tell("save the same once more", again);
    ders.clear();
    ders.shrink_to_fit();
    tell("size of the file (MiB)", static_cast<double>(QFileInfo(file).size()) / 1048576);

    const Stopwatch openWatch;
    const std::unique_ptr<Store> store =
        taken(QCoro::waitFor(Store::open(file, std::stop_token())));
    tell("open the store", openWatch.milliseconds());
    malloc_trim(0);
    const double before = residentMib();
    const Stopwatch readWatch;
    std::vector<InventoryRow> rows = taken(QCoro::waitFor(store->inventoryRows()));
    tell("read the light rows", readWatch.milliseconds());
    const Stopwatch buildWatch;
    const Inventory inventory = Inventory::of(std::move(rows), QDateTime::currentMSecsSinceEpoch());
    tell("build the inventory", buildWatch.milliseconds());
    malloc_trim(0);
    tell("memory of rows and inventory (MiB)", residentMib() - before);
}

void benchEngine(std::size_t count)
{
    malloc_trim(0);
    const double before = residentMib();
    std::vector<InventoryRow> rows = manyInventoryRows(count);
    const Stopwatch watch;
    Inventory inventory = Inventory::of(std::move(rows), inventoryNow());
    tell("build the inventory (mixed rows)", watch.milliseconds());
    malloc_trim(0);
    tell("memory of rows and inventory (MiB)", residentMib() - before);

    for (const InventoryField field :
         {InventoryField::Issuer, InventoryField::Serial, InventoryField::Places,
          InventoryField::Tags, InventoryField::Zone, InventoryField::Issued}) {
        InventoryRequest request;
        request.sort = {{field, false}};
        const Stopwatch first;
        static_cast<void>(inventory.view(request));
        std::printf("  first sort by %-30s %8.2f\n", qPrintable(inventoryFieldName(field)),
                    first.milliseconds());
    }
    InventoryRequest request;
    bool descending = false;
    measure("sort by name, up and down", [&] {
        request.sort = {{InventoryField::Name, descending = !descending}};
        static_cast<void>(inventory.view(request));
    });
    measure("sort by issuer, urgency and expiry", [&] {
        request.sort = {{InventoryField::Issuer, false},
                        {InventoryField::Urgency, descending = !descending},
                        {InventoryField::Expires, false}};
        static_cast<void>(inventory.view(request));
    });
    request.sort = {{InventoryField::Expires, false}};
    for (const InventoryGrouping grouping :
         {InventoryGrouping::Issuer, InventoryGrouping::Zone, InventoryGrouping::Tag,
          InventoryGrouping::Place, InventoryGrouping::Urgency}) {
        request.grouping = grouping;
        const QByteArray what = "group by " + inventoryGroupingName(grouping).toLatin1();
        measure(what.constData(), [&] { static_cast<void>(inventory.view(request)); });
    }
    request.grouping = InventoryGrouping::None;
    for (const char *text :
         {"h", "ho", "host1", "host12345", "no such text", "a1b2c3d4", "e", "name:*.example.org",
          "zone:zone7.com", "issuer:encrypt", "tag:prod", "expires<30d", "place:/etc/ssl/site7",
          "expires<30d issuer:\"Let's Encrypt\" tag:prod key:ec has:key", "-host1 is:soon",
          "sha256:a1b2"}) {
        const QByteArray what = QByteArray("filter: ") + QByteArray(text).left(34);
        measure(what.constData(), [&] {
            request.query = taken(Query::parse(QString::fromLatin1(text)));
            static_cast<void>(inventory.view(request));
        });
    }
    request.query = Query();
    measure("time passes: urgency of all",
            [&] { inventory.setTimes(inventory.timesAt(inventory.now() + 1)); });
    const Stopwatch change;
    const Inventory next = inventory.with({inventory.row(1)}, {}, inventory.now());
    tell("change of one row", change.milliseconds());
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    QTemporaryDir temporary;
    QString folder = temporary.path();
    if (const qsizetype at = arguments.indexOf(QStringLiteral("--folder"));
        at >= 0 && at + 1 < arguments.size()) {
        folder = arguments.at(at + 1);
        arguments.remove(at, 2);
    }
    if (arguments.isEmpty())
        arguments = {QStringLiteral("1000"), QStringLiteral("10000"), QStringLiteral("100000")};
    for (const QString &argument : arguments) {
        const std::size_t count = argument.toULongLong();
        if (count == 0) {
            std::fprintf(stderr, "usage: bench_inventory [COUNT...] [--folder DIR]\n");
            return 2;
        }
        std::printf("%zu certificates\n", count);
        benchStore(count, folder);
        benchEngine(count);
    }
    return 0;
}
