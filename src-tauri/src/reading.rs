//! Files behind tokens, read by the worker process or, as evidence, byte for byte.

use crate::jobs::Job;
use recourse::app::FileRead;
use recourse::statements::{Options, Preview};
use recourse::{Code, Error, Result, worker};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// An attachment is kept inside the vault: larger ones belong beside it.
const LARGEST_ATTACHMENT: u64 = 64 << 20;

/// Has each file read by the worker. A file that cannot be read is a value, for the plan to show.
///
/// # Errors
/// [`Code::Cancelled`] where the user stopped it.
pub fn statements(files: &[PathBuf], options: &Options, job: &mut Job) -> Result<Vec<FileRead>> {
    let executable = std::env::current_exe()?;
    let mut reads = Vec::new();
    for file in files {
        let outcome = worker::read(&executable, file, options, &mut |rows| job.reached(rows, 0));
        if !job.goes_on() {
            return Err(Error::new(Code::Cancelled, "stopped while reading; nothing was stored"));
        }
        reads.push(FileRead { name: name_of(file), outcome });
    }
    Ok(reads)
}

/// Has the worker look at the first rows of the first of these files.
///
/// # Errors
/// [`Code::NotFound`] where there is none; what [`worker::preview`] says.
pub fn preview(files: &[PathBuf], code: Option<String>) -> Result<Preview> {
    let none = || Error::new(Code::NotFound, "no file was chosen");
    let file = files.first().ok_or_else(none)?;
    worker::preview(&std::env::current_exe()?, file, &Options { code, ..Options::default() })
}

/// A file's bytes as they are.
///
/// # Errors
/// [`Code::TooLarge`] above 64 MiB; [`Code::Io`] where the system refuses.
pub fn evidence(file: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than is taken: what grows meanwhile is noticed, not cut.
    std::fs::File::open(file)?.take(LARGEST_ATTACHMENT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_ATTACHMENT {
        return Err(Error::new(
            Code::TooLarge,
            "the file is larger than 64 MiB: keep it beside the app instead",
        ));
    }
    Ok(bytes)
}

/// The bytes of a directory pack; of a larger file only as many as tell that it is none.
///
/// # Errors
/// The file cannot be read.
pub fn pack(file: &Path) -> Result<Vec<u8>> {
    let most = recourse::directory::pack::LARGEST_PACK as u64 + 1;
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The name without its folder.
pub fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

/// A file's name from words of the user: without what has a meaning in paths.
pub fn file_name(words: &str, ending: &str) -> String {
    let safe: String =
        words.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c }).collect();
    format!("{}.{ending}", safe.trim_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_kept_byte_for_byte() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), [0, 159, 255, 13, 10]).unwrap();
        assert_eq!(evidence(file.path()).unwrap(), [0, 159, 255, 13, 10]);
    }

    #[test]
    fn a_file_too_large_is_refused_and_not_cut() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(LARGEST_ATTACHMENT + 1).unwrap();
        assert_eq!(evidence(file.path()).unwrap_err().code, Code::TooLarge);
    }

    #[test]
    fn words_of_the_user_become_a_file_name_that_leads_nowhere_else() {
        assert_eq!(file_name("../小镇 银行: a/b", "json"), "-小镇 银行- a-b.json");
    }

    #[test]
    fn a_file_that_is_gone_is_an_answer() {
        assert_eq!(evidence(Path::new("/nowhere/at/all")).unwrap_err().code, Code::Io);
    }
}
