//! TLS and its sockets.
use super::Advice;

pub(super) static ADVICE: &[Advice] = &[
    Advice {
        names: &["SSL_FATAL_ALERT_MESSAGE"],
        causes: &[
            "no cipher suite, curve, signature algorithm or TLS version in common (alert 40, 70, 71)",
            "the server wants a client certificate, or does not accept the one it got (alert 40, 42, 46, 48, 116)",
            "the server name (SNI) is missing or unknown to the server (alert 112)",
        ],
        actions: &[
            "read the alert's number: switch debugging on (MBEDTLS_DEBUG_C, mbedtls_ssl_conf_dbg, mbedtls_debug_set_threshold(2)); ESP-IDF: CONFIG_MBEDTLS_DEBUG=y; Zephyr: CONFIG_MBEDTLS_DEBUG=y",
            "call mbedtls_ssl_set_hostname with the server's name",
            "compare what the server offers (openssl s_client -connect host:port) with the suites and curves that are compiled in",
        ],
    },
    Advice {
        names: &["SSL_CONN_EOF"],
        causes: &[
            "the server closed the TCP connection: wrong port, a plain-text service, a time limit, or too many connections",
            "the server refused the hello or the client certificate and did not care to send an alert",
        ],
        actions: &[
            "look at the server's log, it knows why it hung up",
            "try the same host and port with openssl s_client",
        ],
    },
    Advice {
        names: &["SSL_INTERNAL_ERROR"],
        causes: &[
            "psa_crypto_init() was not called: TLS 1.3, and TLS 1.2 with MBEDTLS_USE_PSA_CRYPTO, need it, and a PSA status that fails below is returned as this code",
            "another PSA failure below: no memory for keys, no entropy, an algorithm missing in PSA_WANT_*",
            "memory was overwritten",
        ],
        actions: &[
            "call psa_crypto_init() before the handshake and check its result (Zephyr: CONFIG_MBEDTLS_INIT=y)",
            "switch debugging on and look for the psa_* function in the line before: the code printed there is the translated one",
        ],
    },
    Advice {
        names: &["SSL_ALLOC_FAILED"],
        causes: &[
            "the heap is too small for two TLS records and the handshake, some 40 to 60 KiB with the default sizes",
        ],
        actions: &[
            "enlarge the heap that Mbed TLS uses (Zephyr: CONFIG_MBEDTLS_HEAP_SIZE)",
            "shrink the buffers: MBEDTLS_SSL_IN_CONTENT_LEN, MBEDTLS_SSL_OUT_CONTENT_LEN (Zephyr: CONFIG_MBEDTLS_SSL_MAX_CONTENT_LEN; ESP-IDF: CONFIG_MBEDTLS_ASYMMETRIC_CONTENT_LEN=y)",
        ],
    },
    Advice {
        names: &["SSL_TIMEOUT"],
        causes: &[
            "the peer is silent: packets are lost, filtered, or the port is wrong",
            "a DTLS handshake with too short a time limit",
        ],
        actions: &[
            "check that the packets arrive (Wireshark)",
            "raise the limit: mbedtls_ssl_conf_read_timeout, mbedtls_ssl_conf_handshake_timeout",
        ],
    },
    Advice {
        names: &[
            "SSL_WANT_READ",
            "SSL_WANT_WRITE",
            "SSL_CRYPTO_IN_PROGRESS",
            "SSL_ASYNC_IN_PROGRESS",
            "SSL_RECEIVED_NEW_SESSION_TICKET",
            "ECP_IN_PROGRESS",
        ],
        causes: &["a non-blocking socket, or a computation in slices"],
        actions: &[
            "call the same function again with the same arguments; give up only on other codes",
        ],
    },
    Advice {
        names: &["SSL_PEER_CLOSE_NOTIFY"],
        causes: &["the peer has sent all it had and ends the connection"],
        actions: &["close the connection; it is the regular end"],
    },
    Advice {
        names: &["SSL_BAD_INPUT_DATA"],
        causes: &[
            "a context was not set up, was freed, or is used after an error without mbedtls_ssl_session_reset",
            "an argument is NULL or out of range",
            "mbedtls_ssl_setup was given a configuration without mbedtls_ssl_config_defaults",
        ],
        actions: &[
            "check the order: init, config_defaults, conf_*, setup, set_bio, handshake; and the result of each",
        ],
    },
    Advice {
        names: &["SSL_FEATURE_UNAVAILABLE"],
        causes: &[
            "the peer asked for something that is not compiled in",
            "the function called belongs to an option that is off",
        ],
        actions: &["find the option: mbedtls-diag why FUNCTION"],
    },
    Advice {
        names: &["SSL_INVALID_RECORD"],
        causes: &[
            "the peer does not speak TLS on this port: an HTTP or plain MQTT answer looks like this",
            "a record is larger than MBEDTLS_SSL_IN_CONTENT_LEN",
            "bytes were lost or mixed up by the network driver or a receive callback that returns wrong lengths",
        ],
        actions: &[
            "check host and port",
            "set MBEDTLS_SSL_IN_CONTENT_LEN to 16384, or agree on a shorter length (mbedtls_ssl_conf_max_frag_len)",
        ],
    },
    Advice {
        names: &["SSL_INVALID_MAC"],
        causes: &[
            "data was changed on the way, or the two sides derived different keys",
            "two threads use one TLS context",
            "a faulty hardware accelerator or receive callback",
        ],
        actions: &[
            "lock the context, or give each thread its own",
            "try without the hardware accelerator (_ALT)",
        ],
    },
    Advice {
        names: &["SSL_BAD_PROTOCOL_VERSION", "SSL_BAD_HS_PROTOCOL_VERSION"],
        causes: &[
            "one side allows only TLS 1.3, the other only 1.2 or less",
            "the peer speaks an old version that was removed (TLS 1.0, 1.1)",
        ],
        actions: &[
            "allow both: MBEDTLS_SSL_PROTO_TLS1_2 and MBEDTLS_SSL_PROTO_TLS1_3, mbedtls_ssl_conf_min_tls_version",
        ],
    },
    Advice {
        names: &[
            "SSL_HANDSHAKE_FAILURE",
            "SSL_NO_CIPHER_CHOSEN",
            "SSL_NO_USABLE_CIPHERSUITE",
            "SSL_UNKNOWN_CIPHER",
        ],
        causes: &[
            "no cipher suite, curve or signature algorithm in common",
            "the key type of the certificate suits none of the suites (RSA key, ECDSA suites)",
        ],
        actions: &[
            "compare the two lists of suites and curves",
            "switch on the key exchange that the certificate needs (MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED, ..._ECDHE_ECDSA_ENABLED)",
        ],
    },
    Advice {
        names: &["SSL_CA_CHAIN_REQUIRED"],
        causes: &["mbedtls_ssl_conf_ca_chain was not called, or with an empty chain"],
        actions: &[
            "load the CA that signed the server's certificate and give it to mbedtls_ssl_conf_ca_chain",
        ],
    },
    Advice {
        names: &["SSL_PRIVATE_KEY_REQUIRED", "SSL_CERTIFICATE_REQUIRED"],
        causes: &["the server or client has no own certificate and key configured"],
        actions: &["call mbedtls_ssl_conf_own_cert with both, or mbedtls_ssl_conf_psk"],
    },
    Advice {
        names: &["SSL_PK_TYPE_MISMATCH"],
        causes: &["an RSA key with an ECDSA suite or the other way round"],
        actions: &["use a certificate whose key suits the suites, or enable the fitting suites"],
    },
    Advice {
        names: &["SSL_NO_CLIENT_CERTIFICATE"],
        causes: &["the client has none, or none that fits the list of CAs that the server sent"],
        actions: &[
            "configure the client's certificate, or make the server ask for it optionally (MBEDTLS_SSL_VERIFY_OPTIONAL)",
        ],
    },
    Advice {
        names: &["SSL_NO_RNG"],
        causes: &["mbedtls_ssl_conf_rng was not called"],
        actions: &["seed a generator (mbedtls_ctr_drbg_seed) and give it to mbedtls_ssl_conf_rng"],
    },
    Advice {
        names: &[
            "SSL_UNEXPECTED_MESSAGE",
            "SSL_DECODE_ERROR",
            "SSL_ILLEGAL_PARAMETER",
            "SSL_UNSUPPORTED_EXTENSION",
            "SSL_BAD_HS_SERVER_HELLO",
            "SSL_BAD_HS_CLIENT_HELLO",
            "SSL_BAD_HS_SERVER_KEY_EXCHANGE",
        ],
        causes: &[
            "the peer is not quite a TLS peer, or breaks the protocol",
            "bytes were lost or repeated below TLS",
            "a bug in one of the two libraries",
        ],
        actions: &[
            "record the handshake with Wireshark and look at the message that came last",
            "update Mbed TLS",
        ],
    },
    Advice {
        names: &["SSL_BUFFER_TOO_SMALL", "SSL_CERTIFICATE_TOO_LARGE"],
        causes: &["a handshake message, mostly a certificate chain, is larger than the TLS buffer"],
        actions: &[
            "raise MBEDTLS_SSL_IN_CONTENT_LEN or MBEDTLS_SSL_OUT_CONTENT_LEN",
            "shorten the certificate chain: leave the root out",
        ],
    },
    Advice {
        names: &["SSL_BAD_HS_FINISHED", "SSL_BAD_HS_CERTIFICATE_VERIFY"],
        causes: &[
            "the two sides disagree about the handshake: a wrong pre-shared key, a faulty accelerator, or an attacker",
        ],
        actions: &[
            "check the pre-shared key byte by byte",
            "try without the hardware accelerator (_ALT)",
        ],
    },
    Advice {
        names: &["SSL_UNKNOWN_IDENTITY"],
        causes: &[
            "the server does not know the identity that the client sent with its pre-shared key",
        ],
        actions: &["compare the identities on both sides, they are bytes and not text"],
    },
    Advice {
        names: &["SSL_HELLO_VERIFY_REQUIRED"],
        causes: &["the ordinary first step of a DTLS server"],
        actions: &[
            "call mbedtls_ssl_session_reset, mbedtls_ssl_set_client_transport_id and the handshake again",
        ],
    },
    Advice {
        names: &["SSL_CERTIFICATE_VERIFICATION_WITHOUT_HOSTNAME"],
        causes: &["mbedtls_ssl_set_hostname was not called before the handshake"],
        actions: &[
            "call mbedtls_ssl_set_hostname with the name that the certificate must carry; with NULL to say that any will do",
        ],
    },
    Advice {
        names: &["SSL_BAD_CERTIFICATE", "SSL_BAD_HS_CERTIFICATE"],
        causes: &[
            "the peer sent no certificate, a damaged one, or one with an algorithm that is not compiled in",
        ],
        actions: &["fetch the chain with openssl s_client -showcerts and parse it on a PC"],
    },
    Advice {
        names: &["SSL_NO_APPLICATION_PROTOCOL"],
        causes: &["the ALPN lists of client and server share nothing"],
        actions: &[
            "correct the list given to mbedtls_ssl_conf_alpn_protocols (AWS IoT on port 443: x-amzn-mqtt-ca)",
        ],
    },
    Advice {
        names: &["SSL_VERSION_MISMATCH"],
        causes: &["a session or context was saved by another version or configuration"],
        actions: &["throw the saved data away and do a full handshake"],
    },
    Advice {
        names: &["NET_CONN_RESET"],
        causes: &[
            "the server or a firewall closed the connection hard: wrong port, refused hello, too many connections, or a time limit",
        ],
        actions: &[
            "look at the server's log",
            "try the same host and port with openssl s_client",
        ],
    },
    Advice {
        names: &["NET_RECV_FAILED", "NET_SEND_FAILED"],
        causes: &[
            "the connection broke, or the socket was closed by another thread",
            "the network went down",
        ],
        actions: &[
            "print errno right after the call: this code hides it",
            "reconnect",
        ],
    },
    Advice {
        names: &["NET_CONNECT_FAILED"],
        causes: &[
            "nothing listens there, or the way is blocked",
            "no network, no route, or an IPv6 address without IPv6",
        ],
        actions: &["check host, port and the network, then print errno"],
    },
    Advice {
        names: &["NET_UNKNOWN_HOST"],
        causes: &["no DNS server, a misspelt name, or a name with https:// or a port in it"],
        actions: &[
            "pass the bare host name",
            "check that DNS works: resolve another name",
        ],
    },
    Advice {
        names: &["NET_SOCKET_FAILED"],
        causes: &[
            "too many sockets are open",
            "the network stack is not started",
        ],
        actions: &[
            "close sockets, or raise the limit (Zephyr: CONFIG_NET_MAX_CONTEXTS; ESP-IDF: CONFIG_LWIP_MAX_SOCKETS)",
        ],
    },
    Advice {
        names: &["NET_BIND_FAILED", "NET_LISTEN_FAILED", "NET_ACCEPT_FAILED"],
        causes: &["the port is taken by another program or needs privileges"],
        actions: &["choose another port, or wait until the old socket is gone"],
    },
    Advice {
        names: &["NET_INVALID_CONTEXT"],
        causes: &[
            "the socket was never opened, or was freed before the TLS context stopped using it",
        ],
        actions: &[
            "check the life time of mbedtls_net_context and the argument of mbedtls_ssl_set_bio",
        ],
    },
    Advice {
        names: &["NET_POLL_FAILED"],
        causes: &["the socket is invalid, or above FD_SETSIZE"],
        actions: &["print errno right after the call"],
    },
];
