//! From CBOR to claims.

use super::{Claim, Claims, Lifecycle, Profile, SoftwareComponent, TokenError, Value, labels};
use alloc::{string::String, vec::Vec};
use coset::cbor::de;

/// No token is nested deeper, software components and a claim of an unknown kind included.
const DEPTH: usize = 16;

type Result<T> = core::result::Result<T, TokenError>;

/// Reads one piece of CBOR that is all of `bytes`.
pub(super) fn cbor(mut bytes: &[u8]) -> Result<Value> {
    let value =
        de::from_reader_with_recursion_limit(&mut bytes, DEPTH).map_err(|_| TokenError::Cbor)?;
    if bytes.is_empty() {
        Ok(value)
    } else {
        Err(TokenError::Cbor)
    }
}

/// Claims as they are found.
#[derive(Default)]
struct Found {
    nonce: Option<Vec<u8>>,
    instance_id: Option<[u8; 33]>,
    implementation_id: Option<[u8; 32]>,
    client_id: Option<i32>,
    security_lifecycle: Option<Lifecycle>,
    boot_seed: Option<Vec<u8>>,
    certification_reference: Option<String>,
    software_components: Option<Vec<SoftwareComponent>>,
    no_software_components: Option<()>,
    verification_service: Option<String>,
    profile: Option<Profile>,
    others: Vec<(Value, Value)>,
}

pub(super) fn claims(payload: &[u8]) -> Result<Claims> {
    let Value::Map(entries) = cbor(payload)? else {
        return Err(TokenError::Structure);
    };
    let mut found = Found::default();
    for (label, value) in entries {
        let number = label.as_integer().map(i128::from);
        match number.and_then(labels::claim) {
            Some(claim) => found.take(claim, value)?,
            None => found.others.push((label, value)),
        }
    }
    found.complete()
}

impl Found {
    fn take(&mut self, claim: Claim, value: Value) -> Result<()> {
        match claim {
            Claim::Nonce => once(&mut self.nonce, claim, hash(value)),
            Claim::InstanceId => once(&mut self.instance_id, claim, exactly(value)),
            Claim::ImplementationId => once(&mut self.implementation_id, claim, exactly(value)),
            Claim::ClientId => once(&mut self.client_id, claim, integer(&value)),
            Claim::SecurityLifecycle => once(
                &mut self.security_lifecycle,
                claim,
                integer(&value).map(Lifecycle::from_raw),
            ),
            Claim::BootSeed => once(&mut self.boot_seed, claim, seed(value)),
            Claim::CertificationReference => {
                once(&mut self.certification_reference, claim, text(value))
            }
            Claim::SoftwareComponents => {
                once(&mut self.software_components, claim, components(value))
            }
            Claim::NoSoftwareComponents => once(
                &mut self.no_software_components,
                claim,
                (integer(&value) == Some(1u8)).then_some(()),
            ),
            Claim::VerificationService => once(&mut self.verification_service, claim, text(value)),
            Claim::Profile => once(&mut self.profile, claim, value.as_text().map(Profile::from)),
        }
    }

    /// What every token has must be there.
    fn complete(self) -> Result<Claims> {
        if self.no_software_components.is_some() && self.software_components.is_some() {
            return Err(TokenError::Invalid(Claim::NoSoftwareComponents));
        }
        Ok(Claims {
            nonce: self.nonce.ok_or(TokenError::Missing(Claim::Nonce))?,
            instance_id: self
                .instance_id
                .ok_or(TokenError::Missing(Claim::InstanceId))?,
            implementation_id: self
                .implementation_id
                .ok_or(TokenError::Missing(Claim::ImplementationId))?,
            client_id: self.client_id.ok_or(TokenError::Missing(Claim::ClientId))?,
            security_lifecycle: self
                .security_lifecycle
                .ok_or(TokenError::Missing(Claim::SecurityLifecycle))?,
            boot_seed: self.boot_seed,
            certification_reference: self.certification_reference,
            software_components: self.software_components.unwrap_or_default(),
            verification_service: self.verification_service,
            profile: self.profile,
            others: self.others,
        })
    }
}

/// Fills a place that is empty with a value that is one.
fn once<T>(place: &mut Option<T>, claim: Claim, value: Option<T>) -> Result<()> {
    let value = value.ok_or(TokenError::Invalid(claim))?;
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(TokenError::Duplicate(claim)),
    }
}

fn hash(value: Value) -> Option<Vec<u8>> {
    let bytes = value.into_bytes().ok()?;
    matches!(bytes.len(), 32 | 48 | 64).then_some(bytes)
}

fn seed(value: Value) -> Option<Vec<u8>> {
    let bytes = value.into_bytes().ok()?;
    (8..=32).contains(&bytes.len()).then_some(bytes)
}

fn exactly<const LEN: usize>(value: Value) -> Option<[u8; LEN]> {
    value.into_bytes().ok()?.try_into().ok()
}

fn text(value: Value) -> Option<String> {
    value.into_text().ok()
}

fn integer<T: TryFrom<i128>>(value: &Value) -> Option<T> {
    T::try_from(value.as_integer()?.into()).ok()
}

fn components(value: Value) -> Option<Vec<SoftwareComponent>> {
    value
        .into_array()
        .ok()?
        .into_iter()
        .map(component)
        .collect()
}

/// A component; what is there twice or of a wrong kind makes it none, what is unknown is skipped.
fn component(value: Value) -> Option<SoftwareComponent> {
    let mut fields: [Option<Value>; 7] = Default::default();
    for (label, value) in value.into_map().ok()? {
        let place = integer(&label).and_then(|label: usize| fields.get_mut(label));
        if let Some(place) = place {
            if place.replace(value).is_some() {
                return None;
            }
        }
    }
    let [
        _,
        measurement_type,
        measurement_value,
        _,
        version,
        signer_id,
        description,
    ] = fields;
    let optional_text =
        |field: Option<Value>| field.map(text).map_or(Some(None), |text| text.map(Some));
    Some(SoftwareComponent {
        measurement_type: optional_text(measurement_type)?,
        measurement_value: hash(measurement_value?)?,
        version: optional_text(version)?,
        signer_id: match signer_id {
            Some(signer_id) => Some(hash(signer_id)?),
            None => None,
        },
        measurement_description: optional_text(description)?,
    })
}
