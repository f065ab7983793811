//! A certificate authority, made with openssl, that lives as long as its folder.
use std::fs;

use anyhow::Result;

use crate::scratch::Scratch;
use crate::shell;

const NEW_KEY: [&str; 5] = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
];

/// An authority: a folder with its key and certificate, and with what it issued.
pub struct Authority<'a> {
    scratch: &'a Scratch,
    name: &'a str,
}

impl<'a> Authority<'a> {
    pub fn new(scratch: &'a Scratch, name: &'a str) -> Result<Self> {
        fs::create_dir(scratch.path(name))?;
        let authority = Self { scratch, name };
        let (key, certificate) = (&authority.file("ca.key"), &authority.certificate());
        let rest = [
            "-subj",
            "/CN=Demo CA",
            "-days",
            "2",
            "-keyout",
            key,
            "-out",
            certificate,
        ];
        authority.openssl(&[&["req", "-x509"], &NEW_KEY[..], &rest].concat())?;
        Ok(authority)
    }

    fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.name)
    }

    /// The authority's own certificate.
    pub fn certificate(&self) -> String {
        self.file("ca.pem")
    }

    /// Signs a device's request; the certificate.
    pub fn sign(&self, device: &str) -> Result<String> {
        let certificate = self.file(&format!("{device}.pem"));
        let request = format!("{device}/device.csr.pem");
        self.issue(&request, &certificate, "extendedKeyUsage=clientAuth")?;
        Ok(certificate)
    }

    /// A key and a certificate for a server on this machine.
    pub fn server(&self) -> Result<(String, String)> {
        let (key, request) = (self.file("server.key"), self.file("server.csr"));
        let rest = ["-keyout", &key, "-out", &request];
        self.openssl(
            &[
                &["req", "-new", "-subj", "/CN=localhost"],
                &NEW_KEY[..],
                &rest,
            ]
            .concat(),
        )?;
        let certificate = self.file("server.pem");
        let names = "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth";
        self.issue(&request, &certificate, names)?;
        Ok((key, certificate))
    }

    /// Checks that a certificate was issued here and is valid now.
    pub fn verify(&self, certificate: &str) -> Result<()> {
        let args = ["verify", "-CAfile", &self.certificate(), certificate];
        print!("{}", self.scratch.openssl(&args)?);
        Ok(())
    }

    fn issue(&self, request: &str, certificate: &str, extensions: &str) -> Result<()> {
        let extension_file = self.file("extensions");
        fs::write(self.scratch.path(&extension_file), extensions)?;
        let authority = ["-CA", &self.certificate(), "-CAkey", &self.file("ca.key")];
        let files = [
            "-in",
            request,
            "-out",
            certificate,
            "-extfile",
            &extension_file,
        ];
        let terms = ["-CAcreateserial", "-days", "2"];
        let args = [&["x509", "-req"], &authority[..], &terms, &files].concat();
        self.scratch.openssl(&args).map(drop)
    }

    fn openssl(&self, args: &[&str]) -> Result<()> {
        shell::output(self.scratch.command("openssl").args(args)).map(drop)
    }
}
