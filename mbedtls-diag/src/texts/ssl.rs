//! What the codes of TLS and of its sockets mean.
use super::Text;
use crate::tables::constants::*;

pub(super) static TEXTS: &[Text] = &[
    (
        SSL_HW_ACCEL_FAILED,
        "the TLS hardware accelerator hook failed",
    ),
    (
        SSL_ALLOC_FAILED,
        "no memory left for TLS buffers or handshake state",
    ),
    (
        SSL_CACHE_ENTRY_NOT_FOUND,
        "the session is not in the session cache; a full handshake follows",
    ),
    (
        SSL_CANNOT_WRITE_EARLY_DATA,
        "early data cannot be sent now; use the ordinary write after the handshake",
    ),
    (
        SSL_RECEIVED_EARLY_DATA,
        "not a failure: early data arrived and waits to be read",
    ),
    (SSL_CANNOT_READ_EARLY_DATA, "there is no early data to read"),
    (
        SSL_RECEIVED_NEW_SESSION_TICKET,
        "not a failure: a TLS 1.3 session ticket arrived; call the function again",
    ),
    (
        SSL_BAD_CERTIFICATE,
        "the peer's certificate message could not be processed",
    ),
    (
        SSL_PEER_CLOSE_NOTIFY,
        "not a failure: the peer ended the TLS connection in the orderly way",
    ),
    (
        SSL_UNRECOGNIZED_NAME,
        "no server name that the peer asked for is known here",
    ),
    (
        SSL_FATAL_ALERT_MESSAGE,
        "the peer sent a fatal alert: it refused something that this side sent or lacks",
    ),
    (
        SSL_UNEXPECTED_MESSAGE,
        "a handshake message came that does not belong at this point",
    ),
    (
        SSL_CA_CHAIN_REQUIRED,
        "a certificate has to be verified but no trusted CA is configured",
    ),
    (
        SSL_PRIVATE_KEY_REQUIRED,
        "a private key or pre-shared key is needed here but none is configured",
    ),
    (
        SSL_NO_APPLICATION_PROTOCOL,
        "client and server share no ALPN protocol",
    ),
    (
        SSL_UNSUPPORTED_EXTENSION,
        "the peer sent an extension that this side did not offer or cannot handle",
    ),
    (
        SSL_NO_CLIENT_CERTIFICATE,
        "the client sent no certificate though this server requires one",
    ),
    (
        SSL_NO_RNG,
        "no random generator was given to the TLS configuration",
    ),
    (
        SSL_DECODE_ERROR,
        "a handshake message from the peer is malformed",
    ),
    (
        SSL_CONN_EOF,
        "the peer closed the connection in the middle, without saying why in TLS",
    ),
    (SSL_INVALID_RECORD, "what arrived is not a valid TLS record"),
    (
        SSL_INVALID_MAC,
        "a record failed its integrity check: wrong keys or changed data",
    ),
    (
        SSL_BAD_INPUT_DATA,
        "a TLS function was called with arguments or in a state that it does not accept",
    ),
    (
        SSL_FEATURE_UNAVAILABLE,
        "the TLS feature needed here is not compiled in",
    ),
    (
        SSL_CRYPTO_IN_PROGRESS,
        "not a failure: a restartable computation is not finished; call again",
    ),
    (
        SSL_HW_ACCEL_FALLTHROUGH,
        "the hardware hook left the record to software",
    ),
    (
        SSL_BAD_PROTOCOL_VERSION,
        "client and server share no TLS version, or the peer broke the version rules",
    ),
    (
        SSL_HANDSHAKE_FAILURE,
        "no acceptable set of handshake parameters: suite, group or signature algorithm",
    ),
    (
        SSL_SESSION_TICKET_EXPIRED,
        "the session ticket is too old; a full handshake follows",
    ),
    (
        SSL_PK_TYPE_MISMATCH,
        "the key is of another type than the cipher suite needs",
    ),
    (
        SSL_UNKNOWN_IDENTITY,
        "the pre-shared key identity is not known",
    ),
    (
        SSL_INTERNAL_ERROR,
        "the TLS code met a condition that should not occur, or a PSA call below it failed",
    ),
    (
        SSL_COUNTER_WRAPPING,
        "a record or message counter is used up; renegotiate or reconnect",
    ),
    (
        SSL_WAITING_SERVER_HELLO_RENEGO,
        "the peer answered a renegotiation with something else than its hello",
    ),
    (
        SSL_HELLO_VERIFY_REQUIRED,
        "not a failure: the DTLS client must repeat its hello with the cookie",
    ),
    (
        SSL_BUFFER_TOO_SMALL,
        "a buffer is too small for the message or the result",
    ),
    (
        SSL_WANT_READ,
        "not a failure: no data has arrived yet; call again when the socket is readable",
    ),
    (
        SSL_WANT_WRITE,
        "not a failure: the socket takes no data now; call again when it is writable",
    ),
    (SSL_TIMEOUT, "the peer did not answer within the time limit"),
    (
        SSL_CLIENT_RECONNECT,
        "a DTLS client starts over from the same address and port",
    ),
    (
        SSL_UNEXPECTED_RECORD,
        "a record of a kind that does not belong here was met and dropped",
    ),
    (
        SSL_NON_FATAL,
        "an event that does not end the connection; used inside the library",
    ),
    (
        SSL_ILLEGAL_PARAMETER,
        "a field of a handshake message has a value that the protocol forbids",
    ),
    (
        SSL_CONTINUE_PROCESSING,
        "used inside the library: more data is to be processed",
    ),
    (
        SSL_ASYNC_IN_PROGRESS,
        "not a failure: an asynchronous private key operation is not finished; call again",
    ),
    (
        SSL_EARLY_MESSAGE,
        "a DTLS message arrived ahead of its turn and is kept",
    ),
    (
        SSL_UNEXPECTED_CID,
        "a DTLS record carries a connection ID that is not this connection's",
    ),
    (
        SSL_VERSION_MISMATCH,
        "a saved context or session is from another library version or configuration",
    ),
    (
        SSL_BAD_CONFIG,
        "the TLS configuration contradicts itself or lacks something",
    ),
    (
        SSL_CERTIFICATE_VERIFICATION_WITHOUT_HOSTNAME,
        "a client verifies certificates but was not told the server's name",
    ),
    (NET_UNKNOWN_HOST, "the host name has no address: DNS failed"),
    (
        NET_CONN_RESET,
        "the peer or something between reset the TCP connection",
    ),
    (NET_SEND_FAILED, "writing to the socket failed"),
    (NET_RECV_FAILED, "reading from the socket failed"),
    (NET_ACCEPT_FAILED, "accepting an incoming connection failed"),
    (
        NET_BAD_INPUT_DATA,
        "a network function was called with a wrong argument",
    ),
    (NET_LISTEN_FAILED, "the socket could not be made to listen"),
    (NET_POLL_FAILED, "waiting for the socket failed"),
    (
        NET_BIND_FAILED,
        "the address or port is taken or not allowed",
    ),
    (
        NET_INVALID_CONTEXT,
        "the socket is closed or was never opened",
    ),
    (
        NET_CONNECT_FAILED,
        "the TCP connection to the host and port failed",
    ),
    (
        NET_BUFFER_TOO_SMALL,
        "the buffer is too small for the datagram or address",
    ),
    (NET_SOCKET_FAILED, "no socket could be opened"),
];
