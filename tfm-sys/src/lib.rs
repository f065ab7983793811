#![doc = include_str!("../README.md")]
#![no_std]
#![allow(
    non_snake_case,
    non_camel_case_types,
    reason = "names are those of the C API, so that its reader finds them at once"
)]

#[cfg(recorder)]
extern crate std;

mod api;
#[cfg(client)]
#[allow(clippy::wildcard_imports, reason = "every type of the API")]
mod client;
#[cfg_attr(
    client,
    allow(unused_imports, dead_code, reason = "only compared with the client")
)]
#[allow(
    missing_docs,
    reason = "declarations of the PSA APIs, which describe them"
)]
#[allow(clippy::wildcard_imports, reason = "every type of the API")]
mod declared;
#[cfg(not(any(client, zephyr)))]
mod environment;
mod error;
#[cfg(recorder)]
#[allow(clippy::wildcard_imports, reason = "every type of the API")]
pub mod recorder;
mod services;
#[cfg(zephyr)]
#[allow(clippy::wildcard_imports, reason = "every type of the API")]
mod zephyr;

pub use api::algorithm::*;
pub use api::algorithm_asymmetric::*;
pub use api::framework::*;
pub use api::key::*;
pub use api::key_type::*;
pub use api::pake::*;
pub use api::sizes::*;
pub use api::sizes_asymmetric::*;
pub use api::status::*;
pub use api::types::*;
#[cfg(client)]
pub use client::*;
#[cfg(zephyr)]
pub use declared::services::*;
#[cfg(not(any(client, zephyr)))]
pub use declared::*;
#[cfg(not(any(client, zephyr)))]
pub use environment::within;
pub use error::{Error, STATUS_BUSY, STATUS_CALLED_FROM_HANDLER};
pub use services::*;
#[cfg(zephyr)]
pub use zephyr::*;
