// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/TokenReader.h"

#include "core/x509/NameText.h"
#include "core/x509/PublicKey.h"

#include <QUrl>
#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace sealbook {

namespace {

struct FreeUri
{
    void operator()(P11KitUri *uri) const { p11_kit_uri_free(uri); }
};
struct FreeText
{
    void operator()(char *text) const { std::free(text); }
};
struct FreeModules
{
    void operator()(CK_FUNCTION_LIST **modules) const
    {
        p11_kit_modules_finalize_and_release(modules);
    }
};
using UriPtr = std::unique_ptr<P11KitUri, FreeUri>;
using TextPtr = std::unique_ptr<char, FreeText>;
using ModulesPtr = std::unique_ptr<CK_FUNCTION_LIST *, FreeModules>;

constexpr CK_ULONG mostSlots = 256;

QString reasonOf(CK_RV code)
{
    return QString::fromUtf8(p11_kit_strerror(code));
}

Result<UriPtr> parsed(const QByteArray &text)
{
    UriPtr uri(p11_kit_uri_new());
    const int code = p11_kit_uri_parse(text.constData(), P11_KIT_URI_FOR_ANY, uri.get());
    if (code != P11_KIT_URI_OK || p11_kit_uri_any_unrecognized(uri.get()) != 0)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" is no PKCS#11 URI").arg(QString::fromUtf8(text)),
                    QStringLiteral("Say \"pkcs11:\" for all tokens, or \"pkcs11:token=NAME\"."));
    return uri;
}

bool namesAToken(P11KitUri *uri)
{
    const CK_TOKEN_INFO *token = p11_kit_uri_get_token_info(uri);
    return token->label[0] != 0 || token->serialNumber[0] != 0 || token->model[0] != 0
        || token->manufacturerID[0] != 0;
}

// A session in which only what is public is seen; closed in the end.
class Session
{
public:
    Session(CK_FUNCTION_LIST *module, CK_SLOT_ID slot)
        : m_module(module)
    {
        m_opened = m_module->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &m_handle);
    }
    ~Session()
    {
        if (m_opened == CKR_OK)
            (void)m_module->C_CloseSession(m_handle);
    }
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    [[nodiscard]] CK_RV opened() const { return m_opened; }

    // The objects of a class, as many as a container may have.
    [[nodiscard]] Result<std::vector<CK_OBJECT_HANDLE>> objects(CK_OBJECT_CLASS kind) const
    {
        CK_ATTRIBUTE wanted{CKA_CLASS, &kind, sizeof kind};
        if (const CK_RV code = m_module->C_FindObjectsInit(m_handle, &wanted, 1); code != CKR_OK)
            return failed(code);
        std::vector<CK_OBJECT_HANDLE> found;
        CK_RV code = CKR_OK;
        for (;;) {
            std::array<CK_OBJECT_HANDLE, 64> some{};
            CK_ULONG count = 0;
            code = m_module->C_FindObjects(m_handle, some.data(), some.size(), &count);
            if (code != CKR_OK || count == 0 || count > some.size())
                break;
            found.insert(found.end(), some.begin(),
                         some.begin() + static_cast<std::ptrdiff_t>(count));
            if (found.size() > mostContainerObjects)
                break;
        }
        (void)m_module->C_FindObjectsFinal(m_handle);
        if (code != CKR_OK)
            return failed(code);
        if (found.size() > mostContainerObjects)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the token holds more than %1 objects of a kind")
                            .arg(mostContainerObjects));
        return found;
    }

    // "" where the object has none, or too large a one.
    [[nodiscard]] QByteArray attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const
    {
        CK_ATTRIBUTE wanted{type, nullptr, 0};
        if (m_module->C_GetAttributeValue(m_handle, object, &wanted, 1) != CKR_OK
            || wanted.ulValueLen == CK_UNAVAILABLE_INFORMATION
            || wanted.ulValueLen > static_cast<CK_ULONG>(largestContainerObject))
            return {};
        QByteArray value(static_cast<qsizetype>(wanted.ulValueLen), '\0');
        wanted.pValue = value.data();
        const CK_ULONG room = wanted.ulValueLen;
        if (m_module->C_GetAttributeValue(m_handle, object, &wanted, 1) != CKR_OK
            || wanted.ulValueLen > room)
            return {};
        value.truncate(static_cast<qsizetype>(wanted.ulValueLen));
        return value;
    }

private:
    static tl::unexpected<Error> failed(CK_RV code)
    {
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the token cannot be read: %1").arg(reasonOf(code)));
    }
    CK_FUNCTION_LIST *m_module;
    CK_SESSION_HANDLE m_handle = 0;
    CK_RV m_opened = CKR_OK;
};

QByteArray publicKeyOf(const Session &session, CK_OBJECT_HANDLE object)
{
    const QByteArray curve = session.attribute(object, CKA_EC_PARAMS);
    if (!curve.isEmpty())
        return ecPublicKeyInfo(curve, session.attribute(object, CKA_EC_POINT));
    const QByteArray modulus = session.attribute(object, CKA_MODULUS);
    return modulus.isEmpty()
        ? QByteArray()
        : rsaPublicKeyInfo(modulus, session.attribute(object, CKA_PUBLIC_EXPONENT));
}

Result<ContainerContent> contentOf(const Session &session)
{
    ContainerContent content;
    const auto certificates = session.objects(CKO_CERTIFICATE);
    if (!certificates)
        return fail(certificates.error());
    for (const CK_OBJECT_HANDLE object : *certificates) {
        const QByteArray der = session.attribute(object, CKA_VALUE);
        if (!der.isEmpty())
            content.certificates.push_back(der);
    }
    // Without a PIN private keys are not even counted; their public halves are.
    const auto keys = session.objects(CKO_PUBLIC_KEY);
    if (!keys)
        return fail(keys.error());
    for (const CK_OBJECT_HANDLE object : *keys) {
        const QByteArray der = publicKeyOf(session, object);
        if (!der.isEmpty())
            content.publicKeys.push_back(der);
        const QString label = QString::fromUtf8(session.attribute(object, CKA_LABEL));
        content.closedKeys.push_back(
            {label.isEmpty() ? QStringLiteral("without a name") : printable(label),
             QStringLiteral("it stays on the token")});
    }
    return content;
}

// Calls `use` with each token that fits until it says that it has enough.
template <typename Use>
Result<> eachToken(const QByteArray &text, Use use)
{
    const Result<UriPtr> uri = parsed(text);
    if (!uri)
        return fail(uri.error());
    const ModulesPtr modules(p11_kit_modules_load_and_initialize(0));
    if (!modules)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("no PKCS#11 module could be loaded: %1")
                        .arg(QString::fromUtf8(p11_kit_message())),
                    QStringLiteral("Install the module of the token, and list it for p11-kit."));
    for (CK_FUNCTION_LIST **module = modules.get(); *module != nullptr; ++module) {
        const TextPtr name(p11_kit_module_get_name(*module));
        const bool isTrust = name && std::string_view(name.get()) == "p11-kit-trust";
        if (isTrust && !namesAToken(uri->get()))
            continue;
        std::array<CK_SLOT_ID, mostSlots> slots{};
        CK_ULONG count = slots.size();
        if ((*module)->C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK)
            continue; // a reader that was pulled out; others may be there
        for (CK_ULONG slot = 0; slot < std::min<CK_ULONG>(count, slots.size()); ++slot) {
            CK_TOKEN_INFO token{};
            if ((*module)->C_GetTokenInfo(slots[slot], &token) != CKR_OK
                || p11_kit_uri_match_token_info(uri->get(), &token) == 0
                || (token.flags & CKF_TOKEN_INITIALIZED) == 0)
                continue;
            const Result<bool> enough = use(*module, slots[slot], token);
            if (!enough)
                return fail(enough.error());
            if (*enough)
                return {};
        }
    }
    return {};
}

} // namespace

Result<ContainerContent> listTokens(const QByteArray &uri)
{
    ContainerContent content;
    const Result<> listed = eachToken(
        uri,
        [&content](CK_FUNCTION_LIST *, CK_SLOT_ID, const CK_TOKEN_INFO &token) -> Result<bool> {
            const UriPtr own(p11_kit_uri_new());
            *p11_kit_uri_get_token_info(own.get()) = token;
            char *text = nullptr;
            if (p11_kit_uri_format(own.get(), P11_KIT_URI_FOR_TOKEN, &text) == P11_KIT_URI_OK) {
                content.notes.append(QString::fromUtf8(text));
                std::free(text);
            }
            return false;
        });
    if (!listed)
        return fail(listed.error());
    return content;
}

Result<ContainerContent> readToken(const QByteArray &uri)
{
    std::optional<ContainerContent> content;
    const Result<> read = eachToken(
        uri, [&content](CK_FUNCTION_LIST *module, CK_SLOT_ID slot, const CK_TOKEN_INFO &) {
            const Session session(module, slot);
            if (session.opened() != CKR_OK)
                return Result<bool>(fail(
                    Error::Kind::BadRequest,
                    QStringLiteral("the token does not open: %1").arg(reasonOf(session.opened()))));
            Result<ContainerContent> found = contentOf(session);
            if (!found)
                return Result<bool>(fail(found.error()));
            content = std::move(*found);
            return Result<bool>(true);
        });
    if (!read)
        return fail(read.error());
    if (!content)
        return fail(Error::Kind::NotFound, QStringLiteral("the token is not there any more"));
    return std::move(*content);
}

QString tokenNameOf(const QString &uri)
{
    const qsizetype colon = uri.indexOf(QLatin1Char(':'));
    for (const QString &part : uri.mid(colon + 1).split(QLatin1Char(';'))) {
        if (part.startsWith(QLatin1String("token=")))
            return printable(QUrl::fromPercentEncoding(part.mid(6).toUtf8()));
    }
    return {};
}

} // namespace sealbook
