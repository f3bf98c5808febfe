#include "daemon/hooks/transfer.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::hooks {

namespace {

using ports::HookReply;
using Outcome = HookReply::Outcome;

constexpr core::Duration longest_connect{5'000};
constexpr std::size_t longest_retry_after = 100;

struct FreeUrl {
    void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};
struct FreeHandle {
    void operator()(CURL* handle) const { ::curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
};

bool begins_as(std::string_view line, std::string_view name) {
    const auto lower = [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return line.size() >= name.size() &&
           std::ranges::equal(line.substr(0, name.size()), name,
                              [&](char a, char b) { return lower(a) == b; });
}

/// libcurl knows file: and worse, and reads "http:///x" as the host x. Rounds takes what is whole.
bool is_http(const std::string& text) {
    const std::size_t host = begins_as(text, "https://") ? 8 : begins_as(text, "http://") ? 7 : 0;
    if (host == 0 || text.find_first_of("/\\?#", host) == host) return false;
    const std::unique_ptr<CURLU, FreeUrl> url{::curl_url()};
    return ::curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
}

Outcome outcome_of(CURLcode code) {
    switch (code) {
        case CURLE_OK: return Outcome::answered;
        case CURLE_URL_MALFORMAT: return Outcome::bad_url;
        case CURLE_COULDNT_RESOLVE_HOST: return Outcome::name_not_found;
        case CURLE_COULDNT_CONNECT:
        case CURLE_INTERFACE_FAILED: return Outcome::no_connection;
        case CURLE_OPERATION_TIMEDOUT: return Outcome::timed_out;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR: return Outcome::certificate_refused;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_ENGINE_NOTFOUND:
        case CURLE_SSL_ENGINE_SETFAILED:
        case CURLE_SSL_ENGINE_INITFAILED:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_SHUTDOWN_FAILED:
        case CURLE_SSL_CRL_BADFILE:
        case CURLE_USE_SSL_FAILED: return Outcome::tls_failed;
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
        case CURLE_SEND_ERROR:
        case CURLE_SEND_FAIL_REWIND:
        case CURLE_RECV_ERROR: return Outcome::broken;
        // What is left is about the answer: no HTTP (UNSUPPORTED_PROTOCOL, WEIRD_SERVER_REPLY), headers
        // beyond libcurl's own bound (OUT_OF_MEMORY, TOO_LARGE) or ours (WRITE_ERROR).
        default: return Outcome::nonsense;
    }
}

/// libcurl's sentence names the host, for these outcomes never more of the URL.
bool may_be_shown(Outcome outcome) {
    return outcome == Outcome::certificate_refused || outcome == Outcome::tls_failed ||
           outcome == Outcome::no_connection || outcome == Outcome::name_not_found;
}

}  // namespace

struct Transfer::Inside {
    ports::HookRequest request;
    HookReply reply;
    std::size_t header_bytes = 0;
    std::array<char, CURL_ERROR_SIZE> said{};
    std::unique_ptr<curl_slist, FreeList> headers;
    std::unique_ptr<CURL, FreeHandle> handle;

    void add_header(const std::string& line);
    void limit();
    void secure();
    void take_header(std::string_view line);

    static std::size_t on_header(char* data, std::size_t, std::size_t size, void* inside);
    static std::size_t on_body(char* data, std::size_t, std::size_t size, void* inside);
};

void Transfer::Inside::add_header(const std::string& line) {
    curl_slist* const longer = ::curl_slist_append(headers.get(), line.c_str());
    if (longer == nullptr) return;
    std::ignore = headers.release();
    headers.reset(longer);
}

void Transfer::Inside::limit() {
    CURL* const curl = handle.get();
    const auto whole = static_cast<long>(request.timeout.count());
    const auto connect = static_cast<long>(std::min(request.timeout, longest_connect).count());
    ::curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, whole);
    ::curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, connect);
    ::curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    ::curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    ::curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    ::curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);
    ::curl_easy_setopt(curl, CURLOPT_PROXY, "");  // also not http_proxy and its like
    ::curl_easy_setopt(curl, CURLOPT_NETRC, CURL_NETRC_IGNORED);
    ::curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    // Without it libcurl waits, on the thread of all transfers, for a getaddrinfo that hangs.
    ::curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
    // On a connection used before libcurl would repeat a request by itself: one attempt is one request.
    ::curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    ::curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
}

void Transfer::Inside::secure() {
    CURL* const curl = handle.get();
    ::curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    ::curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    ::curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    if (!request.ca_file.empty()) {
        ::curl_easy_setopt(curl, CURLOPT_CAINFO, request.ca_file.c_str());
        ::curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
    }
}

void Transfer::Inside::take_header(std::string_view line) {
    while (line.ends_with('\r') || line.ends_with('\n')) line.remove_suffix(1);
    if (line.starts_with("HTTP/")) reply.retry_after.clear();  // one answer more: 100, then 200
    constexpr std::string_view name = "retry-after:";
    if (begins_as(line, name)) {
        line.remove_prefix(name.size());
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        reply.retry_after = line.substr(0, longest_retry_after);
    }
    if (!line.empty()) return;
    long status = 0;
    ::curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status >= 200) reply.status = static_cast<int>(status);
}

std::size_t Transfer::Inside::on_header(char* data, std::size_t, std::size_t size, void* inside) {
    auto& self = *static_cast<Inside*>(inside);
    self.header_bytes += size;
    if (self.header_bytes > most_headers) return 0;
    self.take_header({data, size});
    return size;
}

std::size_t Transfer::Inside::on_body(char* data, std::size_t, std::size_t size, void* inside) {
    HookReply& reply = static_cast<Inside*>(inside)->reply;
    const std::size_t room = most_body - reply.body.size();
    reply.body.append(data, std::min(size, room));
    reply.cut = size > room;
    return reply.cut ? 0 : size;
}

Transfer::Transfer(ports::HookRequest request) : inside_(std::make_unique<Inside>()) {
    Inside& in = *inside_;
    in.request = std::move(request);
    if (!is_http(in.request.url)) return;
    in.handle.reset(::curl_easy_init());
    CURL* const curl = in.handle.get();
    if (curl == nullptr) return;

    for (const auto& [name, value] : in.request.headers)
        in.add_header(fmt::format("{}: {}", name, value));
    in.add_header("Expect:");  // no waiting for 100 Continue
    ::curl_easy_setopt(curl, CURLOPT_PRIVATE, this);
    ::curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, in.said.data());
    ::curl_easy_setopt(curl, CURLOPT_URL, in.request.url.c_str());
    ::curl_easy_setopt(curl, CURLOPT_HTTPHEADER, in.headers.get());
    ::curl_easy_setopt(curl, CURLOPT_USERAGENT, "Rounds");
    ::curl_easy_setopt(curl, CURLOPT_POST, 1L);
    ::curl_easy_setopt(curl, CURLOPT_POSTFIELDS, in.request.body.data());
    ::curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(in.request.body.size()));
    ::curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Inside::on_header);
    ::curl_easy_setopt(curl, CURLOPT_HEADERDATA, &in);
    ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Inside::on_body);
    ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &in);
    in.limit();
    in.secure();
}

Transfer::~Transfer() = default;

void* Transfer::handle() const {
    return inside_->handle.get();
}

ports::HookReply Transfer::reply(int code) {
    HookReply& reply = inside_->reply;
    if (inside_->handle == nullptr) {
        reply.outcome = Outcome::bad_url;
        return std::move(reply);
    }
    const bool enough = reply.cut && code == CURLE_WRITE_ERROR;
    reply.outcome = enough ? Outcome::answered : outcome_of(static_cast<CURLcode>(code));
    if (reply.outcome == Outcome::answered && reply.status == 0) reply.outcome = Outcome::nonsense;
    if (may_be_shown(reply.outcome)) reply.detail = core::printable(inside_->said.data());
    return std::move(reply);
}

}  // namespace rounds::hooks
