//! Files into sources: whatever can't be read says why and what to do.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Source};

/// Far above any scenario, far below what hurts.
const LARGEST: u64 = 4 << 20;

/// Files that come with flexcast, by the paths under which they are read.
const SHIPPED: [(&str, &str); 2] = [
    (super::PREVIEW, include_str!("../../scenarios/preview.yaml")),
    ("<shipped>/rates/flex.yaml", include_str!("../../scenarios/rates/flex.yaml")),
];

/// Reads a text file; the error is without a place.
pub fn read(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    if let Some((name, text)) = SHIPPED.iter().find(|(name, _)| path == Path::new(name)) {
        return Ok(Arc::new(Source::new(*name, *text)));
    }
    let name = path.display().to_string();
    let refused = |why: &str, help: &str| Err(Diagnostic::new(format!("can't read `{name}`: {why}")).help(help));
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)) {
        Err(error) if error.kind() == ErrorKind::NotFound => refused("there is no such file", "check the path"),
        Err(_) if path.is_dir() => refused("it is a folder", "name the file in it"),
        Err(error) => refused(&error.to_string(), "check the path and the permissions"),
        Ok(_) if bytes.len() as u64 > LARGEST => refused("it is larger than 4 MiB", "is it the right file?"),
        Ok(_) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Arc::new(Source::new(name, text.trim_start_matches('\u{feff}')))),
            Err(error) => Err(not_utf8(name, error.as_bytes(), error.utf8_error().valid_up_to())),
        },
    }
}

/// Shows the line up to the first byte that isn't UTF-8.
fn not_utf8(name: String, bytes: &[u8], valid: usize) -> Diagnostic {
    let error = Diagnostic::new(format!("can't read `{name}`: it isn't UTF-8")).help("save it as UTF-8 text");
    let good = String::from_utf8_lossy(&bytes[..valid]);
    let line = 1 + good.matches('\n').count() as u32;
    let column = 1 + good.rsplit('\n').next().unwrap_or_default().chars().count() as u32;
    let text = String::from_utf8_lossy(bytes).into_owned();
    if text.contains('\0') {
        return error;
    }
    let source = Arc::new(Source::new(name, text));
    error.at(&Place { source, line, column, length: 1 }).expected("expected a UTF-8 character")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_file_is_refused_unread() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(1 << 40).unwrap();
        assert!(read(file.path()).unwrap_err().message.ends_with("larger than 4 MiB"));
    }
}
