//! Files the user handed over, dropped on the window or chosen in a dialog. The web view knows them by tokens only:
//! no path crosses the border, in either direction.

use recourse::app::files_of;
use recourse::{Code, Error, Result};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More than this at once is a mistake of the hand.
const MOST: usize = 256;

/// The files, by token.
#[derive(Default)]
pub struct Handed {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    next: u64,
    files: BTreeMap<u64, PathBuf>,
}

impl Handed {
    /// Remembers these files and answers a token for each; a folder stands for the files directly in it.
    pub fn take(&self, paths: impl IntoIterator<Item = PathBuf>) -> Vec<String> {
        let mut held = self.held();
        let mut tokens = Vec::new();
        for path in files_of(paths).into_iter().map(|chosen| chosen.path).take(MOST) {
            held.next += 1;
            let token = held.next;
            held.files.insert(token, path);
            tokens.push(format!("file-{token}"));
        }
        while held.files.len() > MOST {
            held.files.pop_first();
        }
        tokens
    }

    /// The files behind these tokens, in the same order.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a token that was never given out or is forgotten.
    pub fn paths(&self, tokens: &[String]) -> Result<Vec<PathBuf>> {
        let held = self.held();
        let path_of = |token: &String| {
            let number = token.strip_prefix("file-").and_then(|digits| digits.parse::<u64>().ok());
            number.and_then(|number| held.files.get(&number)).cloned()
        };
        let gone =
            || Error::new(Code::NotFound, "a file handed over earlier is no longer known: choose it again");
        tokens.iter().map(|token| path_of(token).ok_or_else(gone)).collect()
    }

    /// Forgets them all.
    pub fn forget(&self) {
        self.held().files.clear();
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Every change to the list is one step, so it is whole even after a panic elsewhere.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_back_to_its_file() {
        let handed = Handed::default();
        let tokens = handed.take([PathBuf::from("/a/bill.csv"), PathBuf::from("/b/bill.csv")]);
        assert_eq!(tokens, ["file-1", "file-2"]);
        assert_eq!(handed.paths(&tokens[1..]).unwrap(), [PathBuf::from("/b/bill.csv")]);
    }

    #[test]
    fn a_path_is_no_token() {
        let handed = Handed::default();
        handed.take([PathBuf::from("/a/bill.csv")]);
        for made_up in ["/a/bill.csv", "file-2", "file-", "1", "file-1x"] {
            assert_eq!(handed.paths(&[made_up.to_string()]).unwrap_err().code, Code::NotFound, "{made_up}");
        }
    }

    #[test]
    fn nothing_is_known_after_the_lock() {
        let handed = Handed::default();
        let tokens = handed.take([PathBuf::from("/a/bill.csv")]);
        handed.forget();
        assert!(handed.paths(&tokens).is_err());
    }

    #[test]
    fn a_token_is_never_given_out_twice() {
        let handed = Handed::default();
        let first = handed.take([PathBuf::from("/a")]);
        handed.forget();
        assert_ne!(first, handed.take([PathBuf::from("/b")]));
    }

    #[test]
    fn a_folder_stands_for_the_files_in_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.csv", ".hidden"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("deeper")).unwrap();
        let handed = Handed::default();
        let tokens = handed.take([folder.path().to_path_buf()]);
        let names: Vec<_> = handed.paths(&tokens).unwrap();
        assert_eq!(names, [folder.path().join("a.csv"), folder.path().join("b.csv")]);
    }
}
