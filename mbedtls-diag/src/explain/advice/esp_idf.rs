//! ESP-IDF's `esp_err_t`.
use super::Advice;

pub(super) static MEANINGS: &[(&str, &str)] = &[
    (
        "ESP_FAIL",
        "a failure that ESP-IDF does not describe further",
    ),
    ("ESP_ERR_NO_MEM", "no memory left"),
    ("ESP_ERR_INVALID_ARG", "an argument is invalid"),
    ("ESP_ERR_INVALID_STATE", "called in the wrong state"),
    ("ESP_ERR_INVALID_SIZE", "a size is invalid"),
    ("ESP_ERR_NOT_FOUND", "it was not found"),
    ("ESP_ERR_NOT_SUPPORTED", "this is not supported"),
    ("ESP_ERR_TIMEOUT", "a time limit ran out"),
    ("ESP_ERR_INVALID_RESPONSE", "the answer received is invalid"),
    ("ESP_ERR_INVALID_CRC", "a checksum is wrong"),
    ("ESP_ERR_INVALID_VERSION", "a version does not fit"),
    ("ESP_ERR_INVALID_MAC", "a MAC address is invalid"),
    (
        "ESP_ERR_NVS_NOT_INITIALIZED",
        "the key-value storage (NVS) is not initialised",
    ),
    (
        "ESP_ERR_NVS_NOT_FOUND",
        "there is no such entry or namespace in NVS",
    ),
    (
        "ESP_ERR_NVS_NO_FREE_PAGES",
        "the NVS partition has no empty page: its size or format changed",
    ),
    (
        "ESP_ERR_NVS_NEW_VERSION_FOUND",
        "the NVS partition was written by a newer format",
    ),
    (
        "ESP_ERR_HTTP_CONNECT",
        "the HTTP client could not open the connection",
    ),
    ("ESP_ERR_HTTP_WRITE_DATA", "the HTTP client could not send"),
    (
        "ESP_ERR_HTTP_FETCH_HEADER",
        "the HTTP client got no answer header",
    ),
    ("ESP_ERR_HTTP_MAX_REDIRECT", "too many HTTP redirections"),
    (
        "ESP_ERR_HTTP_CONNECTING",
        "the HTTP connection is not open yet",
    ),
    (
        "ESP_ERR_HTTP_EAGAIN",
        "the HTTP client's time limit ran out, or nothing is ready",
    ),
    (
        "ESP_ERR_HTTP_CONNECTION_CLOSED",
        "the HTTP server closed the connection",
    ),
    (
        "ESP_ERR_ESP_TLS_CANNOT_RESOLVE_HOSTNAME",
        "ESP-TLS: the host name has no address: DNS failed",
    ),
    (
        "ESP_ERR_ESP_TLS_CANNOT_CREATE_SOCKET",
        "ESP-TLS: no socket could be opened",
    ),
    (
        "ESP_ERR_ESP_TLS_UNSUPPORTED_PROTOCOL_FAMILY",
        "ESP-TLS: the address is of an unsupported kind",
    ),
    (
        "ESP_ERR_ESP_TLS_FAILED_CONNECT_TO_HOST",
        "ESP-TLS: the TCP connection to the host failed",
    ),
    (
        "ESP_ERR_ESP_TLS_SOCKET_SETOPT_FAILED",
        "ESP-TLS: a socket option could not be set",
    ),
    (
        "ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT",
        "ESP-TLS: the connection did not come about in time",
    ),
    (
        "ESP_ERR_ESP_TLS_SE_FAILED",
        "ESP-TLS: the secure element failed",
    ),
    (
        "ESP_ERR_ESP_TLS_TCP_CLOSED_FIN",
        "ESP-TLS: the server closed the TCP connection in the orderly way",
    ),
    (
        "ESP_ERR_MBEDTLS_CERT_PARTLY_OK",
        "ESP-TLS: some of the certificates could not be parsed",
    ),
    (
        "ESP_ERR_MBEDTLS_CTR_DRBG_SEED_FAILED",
        "ESP-TLS: Mbed TLS could not seed its random generator",
    ),
    (
        "ESP_ERR_MBEDTLS_SSL_SET_HOSTNAME_FAILED",
        "ESP-TLS: Mbed TLS did not take the host name",
    ),
    (
        "ESP_ERR_MBEDTLS_SSL_CONFIG_DEFAULTS_FAILED",
        "ESP-TLS: the TLS configuration could not be made",
    ),
    (
        "ESP_ERR_MBEDTLS_SSL_CONF_ALPN_PROTOCOLS_FAILED",
        "ESP-TLS: the ALPN list was not accepted",
    ),
    (
        "ESP_ERR_MBEDTLS_X509_CRT_PARSE_FAILED",
        "ESP-TLS: a certificate could not be parsed",
    ),
    (
        "ESP_ERR_MBEDTLS_SSL_CONF_OWN_CERT_FAILED",
        "ESP-TLS: the client's certificate and key were not accepted",
    ),
    (
        "ESP_ERR_MBEDTLS_SSL_SETUP_FAILED",
        "ESP-TLS: the TLS context could not be set up, mostly for lack of memory",
    ),
    (
        "ESP_ERR_MBEDTLS_SSL_WRITE_FAILED",
        "ESP-TLS: sending over TLS failed",
    ),
    (
        "ESP_ERR_MBEDTLS_PK_PARSE_KEY_FAILED",
        "ESP-TLS: the client's private key could not be parsed",
    ),
    (
        "ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED",
        "ESP-TLS: the TLS handshake failed",
    ),
    (
        "ESP_ERR_MBEDTLS_SSL_CONF_PSK_FAILED",
        "ESP-TLS: the pre-shared key was not accepted",
    ),
    (
        "ESP_ERR_MBEDTLS_SSL_TICKET_SETUP_FAILED",
        "ESP-TLS: session tickets could not be set up",
    ),
    (
        "ESP_ERR_WOLFSSL_SSL_HANDSHAKE_FAILED",
        "ESP-TLS with wolfSSL: the TLS handshake failed",
    ),
    (
        "ESP_ERR_WOLFSSL_CERT_VERIFY_SETUP_FAILED",
        "ESP-TLS with wolfSSL: the CA could not be loaded",
    ),
    (
        "ESP_ERR_HTTPS_OTA_IN_PROGRESS",
        "not an error: the update over HTTPS is under way",
    ),
    (
        "ESP_ERR_OTA_VALIDATE_FAILED",
        "the new firmware image is invalid",
    ),
    (
        "ESP_ERR_TCP_TRANSPORT_CONNECTION_TIMEOUT",
        "the connection did not come about in time",
    ),
    (
        "ESP_ERR_TCP_TRANSPORT_CONNECTION_CLOSED_BY_FIN",
        "the server closed the connection in the orderly way",
    ),
    (
        "ESP_ERR_TCP_TRANSPORT_CONNECTION_FAILED",
        "the connection failed",
    ),
];

pub(super) static ADVICE: &[Advice] = &[
    Advice {
        names: &[
            "ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED",
            "ESP_ERR_MBEDTLS_X509_CRT_PARSE_FAILED",
            "ESP_ERR_MBEDTLS_SSL_SETUP_FAILED",
            "ESP_ERR_MBEDTLS_PK_PARSE_KEY_FAILED",
            "ESP_ERR_MBEDTLS_SSL_CONF_OWN_CERT_FAILED",
            "ESP_ERR_MBEDTLS_SSL_WRITE_FAILED",
            "ESP_ERR_MBEDTLS_CTR_DRBG_SEED_FAILED",
        ],
        causes: &[
            "this names only the step; the code of Mbed TLS stands in the log of esp-tls-mbedtls beside it",
        ],
        actions: &[
            "look for \"returned -0x...\" in the log, or ask esp_tls_get_and_clear_last_error",
            "CONFIG_ESP_TLS_... and CONFIG_MBEDTLS_DEBUG=y say more",
        ],
    },
    Advice {
        names: &["ESP_ERR_ESP_TLS_CANNOT_RESOLVE_HOSTNAME"],
        causes: &["no network yet, no DNS server, or a URL where a host name is expected"],
        actions: &["connect after the got-IP event; check the name"],
    },
    Advice {
        names: &[
            "ESP_ERR_ESP_TLS_FAILED_CONNECT_TO_HOST",
            "ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT",
            "ESP_ERR_HTTP_CONNECT",
        ],
        causes: &[
            "wrong port, a firewall, a weak signal, or a server that is down",
            "for HTTP: the TLS handshake failed, see the lines before",
        ],
        actions: &["try the same host and port from a PC in the same network"],
    },
    Advice {
        names: &["ESP_ERR_NVS_NO_FREE_PAGES", "ESP_ERR_NVS_NEW_VERSION_FOUND"],
        causes: &["the partition table or ESP-IDF version changed"],
        actions: &["nvs_flash_erase, then nvs_flash_init"],
    },
];
