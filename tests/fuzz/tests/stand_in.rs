//! The calls of the stand-in secure side over their corpus, and over what damages make of it.

#[path = "../targets/psa_call.rs"]
mod psa_call;
mod support;

#[test]
fn the_stand_in_answers_the_corpus_and_what_is_damaged() {
    support::holds("psa_call", psa_call::psa_call, 60);
}
