//! The page's content security policy: nothing is loaded from anywhere, and only the page's own style and script serve.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The policy for a page with this style and this script, each known by its fingerprint.
pub(super) fn policy(style: &str, script: &str) -> String {
    let known = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    format!(
        "default-src 'none'; img-src data:; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        known(style),
        known(script)
    )
}
