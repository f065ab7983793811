//! Reads what Mbed TLS has made, and writes what it is to judge.

use firmware_common::files::{File, Read as _, Write as _};
use firmware_common::{argument, println};
use p256_checks::crosswise::{FROM_DEVICE, FROM_MBEDTLS, Given, Record, answer};
use psa_p256::Backend;

/// Judges each record and answers it; how many have failed, or one where there are not as many as must be.
pub fn judged() -> i32 {
    let number = |n| argument(n, |text| text.parse().ok()).flatten();
    let (Some(seed), Some(count)) = (number(2), number(3)) else {
        println!("FAIL a seed and a count are the arguments");
        return 1;
    };
    let (Ok(mut given), Ok(mut made)) = (File::open(FROM_MBEDTLS), File::create(FROM_DEVICE))
    else {
        println!("FAIL the files cannot be opened");
        return 1;
    };
    let backend = Backend::current();
    let mut failed = 0;
    for number in 0..count {
        let mut record = [0; size_of::<Record>()];
        if !read(&mut given, &mut record) {
            println!("FAIL record {number} is missing");
            return failed + 1;
        }
        match answer(backend, seed, number, &Given::from_record(&record)) {
            Ok(answer) if made.write_all(&answer.to_record()).is_ok() => {}
            Ok(_) => {
                println!("FAIL record {number} cannot be answered");
                return failed + 1;
            }
            Err(failure) => {
                println!("FAIL record {number}: {failure}");
                failed += 1;
            }
        }
    }
    println!("{backend:?} has judged {count} records of Mbed TLS, and answered them");
    failed
}

/// Whether the file has that many bytes more.
fn read(file: &mut File, mut buffer: &mut [u8]) -> bool {
    while !buffer.is_empty() {
        match file.read(buffer) {
            Ok(more @ 1..) => buffer = &mut buffer[more..],
            _ => return false,
        }
    }
    true
}
