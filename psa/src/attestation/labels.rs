//! The labels of claims: those of RFC 9783, and those of the profile before it (its table "Claim Key Mappings").

use super::Claim;

/// Of each claim, the label in `PSA_IOT_PROFILE_1` and the one of today.
const LABELS: [(Claim, i128, i128); 10] = [
    (Claim::Profile, -75000, 265),
    (Claim::ClientId, -75001, 2394),
    (Claim::SecurityLifecycle, -75002, 2395),
    (Claim::ImplementationId, -75003, 2396),
    (Claim::BootSeed, -75004, 268),
    (Claim::CertificationReference, -75005, 2398),
    (Claim::SoftwareComponents, -75006, 2399),
    (Claim::Nonce, -75008, 10),
    (Claim::InstanceId, -75009, 256),
    (Claim::VerificationService, -75010, 2400),
];

/// Which claim a label means. That there are no software components is a claim of its own in the old profile only.
pub(super) fn claim(label: i128) -> Option<Claim> {
    const NO_SOFTWARE_COMPONENTS: i128 = -75007;
    if label == NO_SOFTWARE_COMPONENTS {
        return Some(Claim::NoSoftwareComponents);
    }
    LABELS
        .iter()
        .find(|(_, old, new)| label == *old || label == *new)
        .map(|(claim, ..)| *claim)
}
