// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0

// The floor that tests/bench/run compares with: what DNS-01 costs when nothing is kept, checked or
// shown. One keep-alive connection, one UDP packet to publish and one to take back, no database, no
// keychain, no look at the name servers. For the bench's own servers only: it reads JSON by
// searching, and gives up at the first thing that it does not expect.
//     bareclient register DIRECTORY CA-FILE STATE
//     bareclient issue    DIRECTORY CA-FILE STATE DNS-PORT ZONE KEY-NAME KEY-HEX NAME...

#include <arpa/inet.h>
#include <curl/curl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using std::string;

[[noreturn]] void giveUp(const string &what)
{
    std::fprintf(stderr, "bareclient: %s\n", what.c_str());
    std::exit(1);
}

string base64Url(const string &bytes)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    string text;
    unsigned held = 0;
    int bits = 0;
    for (const unsigned char byte : bytes) {
        held = held << 8 | byte;
        for (bits += 8; bits >= 6; bits -= 6)
            text += alphabet[held >> (bits - 6) & 63];
    }
    if (bits > 0)
        text += alphabet[held << (6 - bits) & 63];
    return text;
}

string sha256(const string &bytes)
{
    unsigned char digest[32];
    EVP_Digest(bytes.data(), bytes.size(), digest, nullptr, EVP_sha256(), nullptr);
    return string(reinterpret_cast<char *>(digest), sizeof digest);
}

// Every value of a string member called `key`; entries of a list of strings follow its first.
std::vector<string> valuesOf(const string &json, const string &key)
{
    std::vector<string> values;
    const string quoted = '"' + key + '"';
    for (size_t at = json.find(quoted); at != string::npos; at = json.find(quoted, at)) {
        at = json.find(':', at + quoted.size()) + 1;
        at = json.find_first_not_of(" \n\t", at);
        const bool isList = json[at] == '[';
        const size_t listEnd = isList ? json.find(']', at) : string::npos;
        do {
            const size_t begin = json.find('"', at);
            if (begin == string::npos || begin > listEnd)
                break;
            const size_t end = json.find('"', begin + 1);
            values.push_back(json.substr(begin + 1, end - begin - 1));
            at = end + 1;
        } while (isList);
    }
    return values;
}

string valueOf(const string &json, const string &key)
{
    const std::vector<string> values = valuesOf(json, key);
    if (values.empty())
        giveUp("no \"" + key + "\" in " + json);
    return values.front();
}

class Account
{
public:
    explicit Account(EVP_PKEY *key)
        : m_key(key)
    {
        const auto coordinate = [this](const char *name) {
            BIGNUM *number = nullptr;
            EVP_PKEY_get_bn_param(m_key, name, &number);
            unsigned char bytes[32];
            BN_bn2binpad(number, bytes, sizeof bytes);
            BN_free(number);
            return base64Url(string(reinterpret_cast<char *>(bytes), sizeof bytes));
        };
        jwk = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + coordinate("qx") + "\",\"y\":\""
            + coordinate("qy") + "\"}";
        thumbprint = base64Url(sha256(jwk)); // RFC 7638
    }

    [[nodiscard]] string jws(const string &url, const string &nonce, const string &payload) const
    {
        const string who = kid.empty() ? "\"jwk\":" + jwk : "\"kid\":\"" + kid + '"';
        const string head =
            "{\"alg\":\"ES256\"," + who + ",\"nonce\":\"" + nonce + "\",\"url\":\"" + url + "\"}";
        const string protectedHead = base64Url(head);
        const string body = base64Url(payload);
        return "{\"protected\":\"" + protectedHead + "\",\"payload\":\"" + body
            + "\",\"signature\":\"" + base64Url(signature(protectedHead + '.' + body)) + "\"}";
    }

    string jwk;
    string thumbprint;
    string kid;

private:
    [[nodiscard]] string signature(const string &text) const
    {
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        unsigned char der[80];
        size_t length = sizeof der;
        EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, m_key);
        EVP_DigestSign(context, der, &length, reinterpret_cast<const unsigned char *>(text.data()),
                       text.size());
        EVP_MD_CTX_free(context);
        const unsigned char *at = der;
        ECDSA_SIG *pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length));
        unsigned char bytes[64];
        BN_bn2binpad(ECDSA_SIG_get0_r(pair), bytes, 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(pair), bytes + 32, 32);
        ECDSA_SIG_free(pair);
        return string(reinterpret_cast<char *>(bytes), sizeof bytes);
    }

    EVP_PKEY *m_key;
};

class Connection
{
public:
    explicit Connection(const string &caFile)
    {
        curl_easy_setopt(m_curl, CURLOPT_CAINFO, caFile.c_str());
        curl_easy_setopt(m_curl, CURLOPT_WRITEFUNCTION, &Connection::take);
        curl_easy_setopt(m_curl, CURLOPT_WRITEDATA, &body);
        curl_easy_setopt(m_curl, CURLOPT_HEADERFUNCTION, &Connection::take);
        curl_easy_setopt(m_curl, CURLOPT_HEADERDATA, &m_headers);
        m_list = curl_slist_append(m_list, "Content-Type: application/jose+json");
    }

    void send(const string &url, const string *payload, bool head = false)
    {
        body.clear();
        m_headers.clear();
        curl_easy_setopt(m_curl, CURLOPT_URL, url.c_str());
        curl_easy_setopt(m_curl, CURLOPT_NOBODY, head ? 1L : 0L);
        if (payload) {
            curl_easy_setopt(m_curl, CURLOPT_HTTPHEADER, m_list);
            curl_easy_setopt(m_curl, CURLOPT_POST, 1L);
            curl_easy_setopt(m_curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(payload->size()));
            curl_easy_setopt(m_curl, CURLOPT_POSTFIELDS, payload->c_str());
        } else if (!head) {
            curl_easy_setopt(m_curl, CURLOPT_HTTPGET, 1L);
        }
        const CURLcode code = curl_easy_perform(m_curl);
        long status = 0;
        curl_easy_getinfo(m_curl, CURLINFO_RESPONSE_CODE, &status);
        if (code != CURLE_OK || status >= 400)
            giveUp(url + ": " + curl_easy_strerror(code) + ' ' + body);
        if (const string fresh = header("replay-nonce"); !fresh.empty())
            m_nonce = fresh;
    }

    void post(const Account &account, const string &url, const string &payload)
    {
        const string signedBody = account.jws(url, m_nonce, payload);
        send(url, &signedBody);
    }

    [[nodiscard]] string header(const string &name) const
    {
        std::istringstream lines(m_headers);
        for (string line; std::getline(lines, line);) {
            if (strncasecmp(line.c_str(), (name + ':').c_str(), name.size() + 1) == 0)
                return line.substr(name.size() + 2, line.size() - name.size() - 3);
        }
        return {};
    }

    string body;

private:
    static size_t take(char *bytes, size_t size, size_t count, void *to)
    {
        static_cast<string *>(to)->append(bytes, size * count);
        return size * count;
    }

    CURL *m_curl = curl_easy_init();
    curl_slist *m_list = nullptr;
    string m_headers;
    string m_nonce;
};

// RFC 2136 with TSIG (RFC 8945), one record a packet.
class Zone
{
public:
    Zone(int port, const string &zone, const string &keyName, const string &keyHex)
        : m_zone(wire(zone))
        , m_keyName(wire(keyName))
    {
        for (size_t i = 0; i + 1 < keyHex.size(); i += 2)
            m_key += static_cast<char>(std::stoi(keyHex.substr(i, 2), nullptr, 16));
        sockaddr_in server{};
        server.sin_family = AF_INET;
        server.sin_port = htons(static_cast<uint16_t>(port));
        server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(m_socket, reinterpret_cast<sockaddr *>(&server), sizeof server) != 0)
            giveUp("no UDP socket");
    }

    void update(const string &name, const string &value, bool adding) const
    {
        const string id = u16(static_cast<unsigned>(std::rand()) & 0xffff);
        const string counts = u16(1) + u16(0) + u16(1);
        const string rdata = static_cast<char>(value.size()) + value;
        const string record = m_zone + u16(6) + u16(1) + wire(name) + u16(16)
            + u16(adding ? 1 : 254) + u16(0) + u16(adding ? 1 : 0)
            + u16(static_cast<unsigned>(rdata.size())) + rdata;
        const string plain = id + u16(5 << 11) + counts + u16(0) + record;
        const auto now = static_cast<unsigned long>(std::time(nullptr));
        const string time = u16(static_cast<unsigned>(now >> 32))
            + u16(static_cast<unsigned>(now >> 16) & 0xffff)
            + u16(static_cast<unsigned>(now) & 0xffff) + u16(300);
        const string algorithm = wire("hmac-sha256");
        const string covered =
            plain + m_keyName + u16(255) + u16(0) + u16(0) + algorithm + time + u16(0) + u16(0);
        unsigned char mac[32];
        HMAC(EVP_sha256(), m_key.data(), static_cast<int>(m_key.size()),
             reinterpret_cast<const unsigned char *>(covered.data()), covered.size(), mac, nullptr);
        const string signature = algorithm + time + u16(32)
            + string(reinterpret_cast<char *>(mac), sizeof mac) + id + u16(0) + u16(0);
        const string packet = id + u16(5 << 11) + counts + u16(1) + record + m_keyName + u16(250)
            + u16(255) + u16(0) + u16(0) + u16(static_cast<unsigned>(signature.size())) + signature;
        char reply[4096];
        if (::send(m_socket, packet.data(), packet.size(), 0) < 0
            || recv(m_socket, reply, sizeof reply, 0) < 12 || (reply[3] & 15) != 0)
            giveUp("the update of " + name + " was refused");
    }

private:
    static string u16(unsigned number)
    {
        return {static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
    }
    static string wire(const string &name)
    {
        string bytes;
        std::istringstream labels(name);
        for (string label; std::getline(labels, label, '.');)
            bytes += static_cast<char>(label.size()) + label;
        return bytes + '\0';
    }

    int m_socket = socket(AF_INET, SOCK_DGRAM, 0);
    string m_zone;
    string m_keyName;
    string m_key;
};

string csrFor(const std::vector<string> &names)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509_REQ *request = X509_REQ_new();
    X509_REQ_set_pubkey(request, key);
    string list;
    for (const string &name : names)
        list += (list.empty() ? "DNS:" : ",DNS:") + name;
    STACK_OF(X509_EXTENSION) *extensions = sk_X509_EXTENSION_new_null();
    sk_X509_EXTENSION_push(
        extensions, X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, list.c_str()));
    X509_REQ_add_extensions(request, extensions);
    X509_REQ_sign(request, key, EVP_sha256());
    unsigned char *der = nullptr;
    const int length = i2d_X509_REQ(request, &der);
    return string(reinterpret_cast<char *>(der), static_cast<size_t>(length));
}

void pollOrder(Connection &ca, const Account &account, const string &order, const char *until)
{
    for (int turn = 0; turn < 3000; ++turn) {
        ca.post(account, order, "");
        const string status = valueOf(ca.body, "status");
        if (status == until)
            return;
        if (status == "invalid")
            giveUp(ca.body);
        usleep(10000);
    }
    giveUp("the CA takes too long");
}

void registerAccount(const string &directory, const string &caFile, const string &state)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    Account account(key);
    Connection ca(caFile);
    ca.send(directory, nullptr);
    const string newAccount = valueOf(ca.body, "newAccount");
    ca.send(valueOf(ca.body, "newNonce"), nullptr, true);
    ca.post(account, newAccount, "{\"termsOfServiceAgreed\":true}");
    std::ofstream(state + "/kid") << ca.header("location");
    FILE *file = std::fopen((state + "/key.pem").c_str(), "w");
    PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
}

void issue(const string &directory, const string &caFile, const string &state, const Zone &zone,
           const std::vector<string> &names)
{
    FILE *file = std::fopen((state + "/key.pem").c_str(), "r");
    Account account(PEM_read_PrivateKey(file, nullptr, nullptr, nullptr));
    std::fclose(file);
    std::ifstream(state + "/kid") >> account.kid;

    Connection ca(caFile);
    ca.send(directory, nullptr);
    const string index = ca.body;
    ca.send(valueOf(index, "newNonce"), nullptr, true);
    string identifiers;
    for (const string &name : names)
        identifiers += string(identifiers.empty() ? "" : ",") + "{\"type\":\"dns\",\"value\":\""
            + name + "\"}";
    ca.post(account, valueOf(index, "newOrder"), "{\"identifiers\":[" + identifiers + "]}");
    const string order = ca.header("location");
    const string made = ca.body;

    std::vector<std::pair<string, string>> records;
    std::vector<string> challenges;
    for (const string &url : valuesOf(made, "authorizations")) {
        ca.post(account, url, "");
        const size_t dns = ca.body.find("\"dns-01\"");
        const size_t begin = ca.body.rfind('{', dns);
        const string challenge = ca.body.substr(begin, ca.body.find('}', dns) - begin + 1);
        const string token = valueOf(challenge, "token");
        records.emplace_back("_acme-challenge." + valueOf(ca.body, "value"),
                             base64Url(sha256(token + '.' + account.thumbprint)));
        challenges.push_back(valueOf(challenge, "url"));
    }
    for (const auto &[name, value] : records)
        zone.update(name, value, true);
    for (const string &url : challenges)
        ca.post(account, url, "{}");
    const string csr = csrFor(names);
    pollOrder(ca, account, order, "ready");
    ca.post(account, valueOf(made, "finalize"), "{\"csr\":\"" + base64Url(csr) + "\"}");
    pollOrder(ca, account, order, "valid");
    ca.post(account, valueOf(ca.body, "certificate"), "");
    if (ca.body.find("BEGIN CERTIFICATE") == string::npos)
        giveUp("no certificate");
    std::ofstream(state + "/certificate.pem") << ca.body;
    for (const auto &[name, value] : records)
        zone.update(name, value, false);
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<string> words(argv + 1, argv + argc);
    std::srand(static_cast<unsigned>(getpid()));
    if (words.size() == 4 && words[0] == "register")
        registerAccount(words[1], words[2], words[3]);
    else if (words.size() > 8 && words[0] == "issue")
        issue(words[1], words[2], words[3], Zone(std::stoi(words[4]), words[5], words[6], words[7]),
              std::vector<string>(words.begin() + 8, words.end()));
    else
        giveUp("see the head of its source");
    return 0;
}
