// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/PbeCost.h"

#include "core/x509/OpensslHandles.h"

#include <climits>

namespace sealbook {

namespace {

using Pbe2Ptr = std::unique_ptr<PBE2PARAM, OpensslFree<PBE2PARAM_free>>;
using Pbkdf2Ptr = std::unique_ptr<PBKDF2PARAM, OpensslFree<PBKDF2PARAM_free>>;
using PbePtr = std::unique_ptr<PBEPARAM, OpensslFree<PBEPARAM_free>>;

} // namespace

long long iterationCount(const ASN1_INTEGER *number)
{
    int64_t value = 0;
    if (!number || ASN1_INTEGER_get_int64(&value, number) != 1 || value < 1)
        return LLONG_MAX / 8; // unreadable means too many
    return value;
}

long long pbeIterations(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object = nullptr;
    const void *parameter = nullptr;
    int type = 0;
    X509_ALGOR_get0(&object, &type, &parameter, algorithm);
    if (type != V_ASN1_SEQUENCE)
        return 0; // OpenSSL will refuse it
    const auto *sequence = static_cast<const ASN1_STRING *>(parameter);
    const unsigned char *in = ASN1_STRING_get0_data(sequence);
    const long size = ASN1_STRING_length(sequence);
    if (OBJ_obj2nid(object) != NID_pbes2) {
        const PbePtr pbe(d2i_PBEPARAM(nullptr, &in, size));
        return pbe ? iterationCount(pbe->iter) : 0;
    }
    const Pbe2Ptr pbe2(d2i_PBE2PARAM(nullptr, &in, size));
    if (!pbe2 || OBJ_obj2nid(pbe2->keyfunc->algorithm) != NID_id_pbkdf2 || !pbe2->keyfunc->parameter
        || pbe2->keyfunc->parameter->type != V_ASN1_SEQUENCE)
        return 0; // scrypt has OpenSSL's own bound
    const ASN1_STRING *inner = pbe2->keyfunc->parameter->value.sequence;
    const unsigned char *innerIn = ASN1_STRING_get0_data(inner);
    const Pbkdf2Ptr pbkdf2(d2i_PBKDF2PARAM(nullptr, &innerIn, ASN1_STRING_length(inner)));
    return pbkdf2 ? iterationCount(pbkdf2->iter) : 0;
}

} // namespace sealbook
