//! axTLS, lwIP and Windows Sockets.
use super::Advice;

pub(super) static AXTLS: &[(&str, &str)] = &[
    ("SSL_ERROR_CONN_LOST", "axTLS: the connection was lost"),
    ("SSL_ERROR_RECORD_OVERFLOW", "axTLS: a record is too large"),
    (
        "SSL_ERROR_SOCK_SETUP_FAILURE",
        "axTLS: the socket could not be set up",
    ),
    (
        "SSL_ERROR_INVALID_HANDSHAKE",
        "axTLS: the peer's handshake message is not as expected",
    ),
    (
        "SSL_ERROR_INVALID_PROT_MSG",
        "axTLS: the peer sent something that is no valid TLS message",
    ),
    (
        "SSL_ERROR_INVALID_HMAC",
        "axTLS: a record failed its integrity check",
    ),
    (
        "SSL_ERROR_INVALID_VERSION",
        "axTLS: the peer takes no TLS version that axTLS has",
    ),
    (
        "SSL_ERROR_UNSUPPORTED_EXTENSION",
        "axTLS: the peer used an extension that axTLS does not have",
    ),
    (
        "SSL_ERROR_INVALID_SESSION",
        "axTLS: the session is not valid",
    ),
    (
        "SSL_ERROR_NO_CIPHER",
        "axTLS: no cipher suite is shared with the peer",
    ),
    (
        "SSL_ERROR_INVALID_CERT_HASH_ALG",
        "axTLS: a certificate is signed with a hash that axTLS does not have",
    ),
    (
        "SSL_ERROR_BAD_CERTIFICATE",
        "axTLS: the peer's certificate is not valid",
    ),
    ("SSL_ERROR_INVALID_KEY", "axTLS: the key is not valid"),
    (
        "SSL_ERROR_FINISHED_INVALID",
        "axTLS: the end of the handshake does not verify",
    ),
    (
        "SSL_ERROR_NO_CERT_DEFINED",
        "axTLS: no certificate was loaded",
    ),
    (
        "SSL_ERROR_NO_CLIENT_RENOG",
        "axTLS: renegotiation is not offered",
    ),
    ("SSL_ERROR_NOT_SUPPORTED", "axTLS: this is not supported"),
];

pub(super) static LWIP: &[(&str, &str)] = &[
    ("ERR_MEM", "lwIP: no memory left"),
    ("ERR_BUF", "lwIP: a buffer could not be used"),
    ("ERR_TIMEOUT", "lwIP: a time limit ran out"),
    ("ERR_RTE", "lwIP: there is no route to the address"),
    (
        "ERR_INPROGRESS",
        "lwIP: the operation was started and goes on, as with every socket that does not block",
    ),
    ("ERR_VAL", "lwIP: a value is not valid"),
    (
        "ERR_WOULDBLOCK",
        "lwIP: nothing is ready yet, and the socket does not block",
    ),
    ("ERR_USE", "lwIP: the address is in use"),
    ("ERR_ALREADY", "lwIP: a connection is being made already"),
    ("ERR_ISCONN", "lwIP: it is connected already"),
    ("ERR_CONN", "lwIP: it is not connected"),
    ("ERR_IF", "lwIP: the network interface failed"),
    ("ERR_ABRT", "lwIP: the connection was given up on this side"),
    ("ERR_RST", "lwIP: the other side reset the connection"),
    ("ERR_CLSD", "lwIP: the connection is closed"),
    ("ERR_ARG", "lwIP: an argument is not valid"),
];

pub(super) static WINSOCK: &[(&str, &str)] = &[
    ("WSAEINTR", "Windows Sockets: the call was interrupted"),
    ("WSAEBADF", "Windows Sockets: the handle is not valid"),
    ("WSAEACCES", "Windows Sockets: access is denied"),
    ("WSAEFAULT", "Windows Sockets: a wrong address was passed"),
    ("WSAEINVAL", "Windows Sockets: an argument is invalid"),
    ("WSAEMFILE", "Windows Sockets: too many sockets are open"),
    (
        "WSAEWOULDBLOCK",
        "Windows Sockets: nothing is ready yet, and the socket does not block",
    ),
    (
        "WSAEINPROGRESS",
        "Windows Sockets: another call is still under way",
    ),
    ("WSAEALREADY", "Windows Sockets: it is under way already"),
    ("WSAENOTSOCK", "Windows Sockets: this is no socket"),
    ("WSAEMSGSIZE", "Windows Sockets: a datagram is too large"),
    ("WSAEADDRINUSE", "Windows Sockets: the address is in use"),
    (
        "WSAEADDRNOTAVAIL",
        "Windows Sockets: this machine does not have the address",
    ),
    ("WSAENETDOWN", "Windows Sockets: the network is down"),
    (
        "WSAENETUNREACH",
        "Windows Sockets: the network cannot be reached",
    ),
    (
        "WSAENETRESET",
        "Windows Sockets: the network dropped the connection",
    ),
    (
        "WSAECONNABORTED",
        "Windows Sockets: the connection was given up on this side",
    ),
    (
        "WSAECONNRESET",
        "Windows Sockets: the other side reset the connection",
    ),
    ("WSAENOBUFS", "Windows Sockets: no buffers left"),
    ("WSAEISCONN", "Windows Sockets: it is connected already"),
    ("WSAENOTCONN", "Windows Sockets: it is not connected"),
    ("WSAESHUTDOWN", "Windows Sockets: the socket was shut down"),
    ("WSAETIMEDOUT", "Windows Sockets: a time limit ran out"),
    (
        "WSAECONNREFUSED",
        "Windows Sockets: the other side refused the connection: nothing listens there, or a firewall answers",
    ),
    ("WSAEHOSTDOWN", "Windows Sockets: the host is down"),
    (
        "WSAEHOSTUNREACH",
        "Windows Sockets: the host cannot be reached",
    ),
    (
        "WSANOTINITIALISED",
        "Windows Sockets: WSAStartup was not called",
    ),
    (
        "WSAHOST_NOT_FOUND",
        "Windows Sockets: the name is not known",
    ),
    (
        "WSATRY_AGAIN",
        "Windows Sockets: the name server did not answer",
    ),
    (
        "WSANO_RECOVERY",
        "Windows Sockets: the name could not be resolved",
    ),
    ("WSANO_DATA", "Windows Sockets: the name has no address"),
];

pub(super) static ADVICE: &[Advice] = &[
    Advice {
        names: &[
            "SSL_ERROR_CONN_LOST",
            "SSL_ERROR_INVALID_PROT_MSG",
            "SSL_ERROR_NO_CIPHER",
            "SSL_ERROR_INVALID_VERSION",
        ],
        causes: &[
            "axTLS, not Mbed TLS: MicroPython for the ESP8266 and old SDKs use it, and it is too old for most servers of today",
        ],
        actions: &[
            "use a firmware that is built with Mbed TLS, or a server that still offers what axTLS has",
        ],
    },
    Advice {
        names: &["WSAECONNREFUSED", "WSAECONNRESET", "WSAETIMEDOUT"],
        causes: &[],
        actions: &[
            "check the network, the port and the firewall first; this is not a code of Mbed TLS",
        ],
    },
];
