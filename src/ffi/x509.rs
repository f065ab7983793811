//! What requests and certificates share: names, alternative names, the two forms.
use core::ffi::c_int;
use core::marker::PhantomData;
use core::net::IpAddr;
use core::ptr;

use crate::error::{Error, Result};
use crate::sys;
use crate::x509::AltName;

#[cfg(mbedtls = "X509_CRT_PARSE_C")]
pub(crate) mod crt;
#[cfg(mbedtls = "X509_CSR_PARSE_C")]
pub(crate) mod csr;
#[cfg(any(mbedtls = "X509_CSR_WRITE_C", mbedtls = "X509_CRT_WRITE_C"))]
pub(crate) mod write;

/// The attributes of a name, at most; more have never been seen.
pub(crate) const MAX_ATTRIBUTES: usize = 16;
/// The alternative names of one request or certificate, at most.
const MAX_ALT_NAMES: usize = 16;

/// One attribute of a name: borrowed from a parsed certificate or request, or from whoever makes a new one.
#[derive(Clone, Copy)]
pub(crate) struct Attribute<'a> {
    pub(crate) oid: &'a [u8],
    pub(crate) tag: c_int,
    pub(crate) value: &'a [u8],
    /// The next attribute belongs to the same relative distinguished name.
    pub(crate) joined: bool,
}

impl Attribute<'_> {
    /// An attribute of a parsed name, or `None` for the node of an empty one.
    ///
    /// # Safety
    /// `node` is a node of a parsed name, which nobody changes during `'a`.
    unsafe fn of_node(node: &sys::mbedtls_asn1_named_data) -> Option<Self> {
        // SAFETY: the parser set the buffers of its nodes to lie within the DER that it keeps.
        let (oid, value) = unsafe { (bytes(node.oid), bytes(node.val)) };
        let joined = node.private_next_merged != 0;
        (!oid.is_empty()).then_some(Self {
            oid,
            tag: node.val.tag,
            value,
            joined,
        })
    }

    fn node(self) -> sys::mbedtls_asn1_named_data {
        let buffer = |tag, bytes: &[u8]| sys::mbedtls_asn1_buf {
            tag,
            len: bytes.len(),
            p: bytes.as_ptr().cast_mut(),
        };
        sys::mbedtls_asn1_named_data {
            oid: buffer(OID, self.oid),
            val: buffer(self.tag, self.value),
            next: ptr::null_mut(),
            private_next_merged: 0,
        }
    }
}

#[allow(clippy::cast_possible_wrap)] // tags are small
const OID: c_int = sys::MBEDTLS_ASN1_OID as c_int;

/// The bytes that a parsed structure points to.
///
/// # Safety
/// `buffer` lies within the DER that a parsed structure keeps, which nobody changes during `'a`.
unsafe fn bytes<'a>(buffer: sys::mbedtls_asn1_buf) -> &'a [u8] {
    if buffer.p.is_null() || buffer.len == 0 {
        return &[];
    }
    // SAFETY: as the caller promises.
    unsafe { core::slice::from_raw_parts(buffer.p, buffer.len) }
}

/// The attributes of a parsed name, in their order.
#[derive(Clone)]
pub(crate) struct Attributes<'a> {
    node: *const sys::mbedtls_asn1_named_data,
    life: PhantomData<&'a sys::mbedtls_asn1_named_data>,
}

impl Attributes<'_> {
    /// # Safety
    /// `first` begins a name that was parsed and that nobody changes during the life of the result.
    unsafe fn new(first: *const sys::mbedtls_asn1_named_data) -> Self {
        Self {
            node: first,
            life: PhantomData,
        }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        // SAFETY: `new` got a parsed name; each node of it is valid, and the last one's `next` is null.
        let node = unsafe { self.node.as_ref() }?;
        self.node = node.next;
        // SAFETY: the same.
        unsafe { Attribute::of_node(node) }
    }
}

/// A name to be written: a list as the C writers want it, which are given its last attribute first.
pub(crate) struct Names<'a> {
    nodes: [sys::mbedtls_asn1_named_data; MAX_ATTRIBUTES],
    count: usize,
    life: PhantomData<&'a [u8]>,
}

impl<'a> Names<'a> {
    /// Collects the attributes of a name.
    pub(crate) fn new(attributes: impl Iterator<Item = Attribute<'a>>) -> Result<Self> {
        let empty = Attribute {
            oid: &[],
            tag: 0,
            value: &[],
            joined: false,
        };
        let mut names = Self {
            nodes: [empty.node(); MAX_ATTRIBUTES],
            count: 0,
            life: PhantomData,
        };
        for attribute in attributes {
            if attribute.joined {
                // The C writers would take them apart, and the name would be another one.
                return Err(Error::from_code(sys::MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE));
            }
            let too_many = Error::from_code(sys::MBEDTLS_ERR_X509_BUFFER_TOO_SMALL);
            *names.nodes.get_mut(names.count).ok_or(too_many)? = attribute.node();
            names.count += 1;
        }
        Ok(names)
    }

    /// Links the list; it is valid as long as this value stays where it is.
    fn head(&mut self) -> *mut sys::mbedtls_asn1_named_data {
        let mut head = ptr::null_mut();
        for node in &mut self.nodes[..self.count] {
            node.next = head;
            head = ptr::from_mut(node);
        }
        head
    }
}

/// Alternative names to be written, as a C list.
struct AltNames<'a> {
    nodes: [sys::mbedtls_x509_san_list; MAX_ALT_NAMES],
    addresses: [[u8; 16]; MAX_ALT_NAMES],
    names: &'a [AltName<'a>],
}

impl<'a> AltNames<'a> {
    fn new(names: &'a [AltName<'a>]) -> Result<Self> {
        if names.len() > MAX_ALT_NAMES || !names.iter().all(AltName::is_valid) {
            return Err(Error::from_code(sys::MBEDTLS_ERR_X509_BAD_INPUT_DATA));
        }
        // SAFETY: numbers and pointers, for which zero is a value.
        let node = unsafe { core::mem::zeroed() };
        Ok(Self {
            nodes: [node; MAX_ALT_NAMES],
            addresses: [[0; 16]; MAX_ALT_NAMES],
            names,
        })
    }

    /// Links the list; it is valid as long as this value stays where it is.
    fn head(&mut self) -> *const sys::mbedtls_x509_san_list {
        let mut head = ptr::null_mut();
        // The C writer works from the end of its buffer: its first is the last to be read.
        for ((name, node), address) in self
            .names
            .iter()
            .zip(&mut self.nodes)
            .zip(&mut self.addresses)
        {
            let (kind, value) = match name {
                AltName::Dns(text) => (sys::MBEDTLS_X509_SAN_DNS_NAME, text.as_bytes()),
                AltName::Uri(text) => (
                    sys::MBEDTLS_X509_SAN_UNIFORM_RESOURCE_IDENTIFIER,
                    text.as_bytes(),
                ),
                AltName::Email(text) => (sys::MBEDTLS_X509_SAN_RFC822_NAME, text.as_bytes()),
                AltName::Ip(IpAddr::V4(ip)) => {
                    address[..4].copy_from_slice(&ip.octets());
                    (sys::MBEDTLS_X509_SAN_IP_ADDRESS, &address[..4])
                }
                AltName::Ip(IpAddr::V6(ip)) => {
                    *address = ip.octets();
                    (sys::MBEDTLS_X509_SAN_IP_ADDRESS, &address[..])
                }
            };
            #[allow(clippy::cast_possible_wrap)] // 0 to 8
            let kind = kind as c_int;
            node.node.type_ = kind;
            node.node.san.unstructured_name = sys::mbedtls_asn1_buf {
                tag: kind,
                len: value.len(),
                p: value.as_ptr().cast_mut(),
            };
            node.next = head;
            head = ptr::from_mut(node);
        }
        head
    }
}
