//! Files the user chose: themselves, or all in a folder.

use std::path::{Path, PathBuf};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Where it lies.
    pub path: PathBuf,
    /// It was found in a folder: one that is no statement is passed over there, and said.
    pub in_folder: bool,
}

/// The files themselves, and for a folder the plain files directly in it, in the order of their names. Hidden
/// ones are left out: systems put their own there.
pub fn files_of(paths: impl IntoIterator<Item = PathBuf>) -> Vec<Chosen> {
    paths.into_iter().flat_map(expand).collect()
}

fn expand(path: PathBuf) -> Vec<Chosen> {
    let entries = if path.is_dir() { std::fs::read_dir(&path).ok() } else { None };
    // What cannot be looked into is handed on as it is: reading it says why.
    let Some(entries) = entries else { return vec![Chosen { path, in_folder: false }] };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|file| file.is_file() && !is_hidden(file));
    files.sort();
    files.into_iter().map(|path| Chosen { path, in_folder: true }).collect()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_the_files_in_it_and_a_file_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.ofx", ".hidden"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("deeper")).unwrap();
        let one = folder.path().join("b.csv");
        let chosen = files_of([folder.path().to_path_buf(), one.clone(), "/no/such".into()]);
        let names: Vec<_> =
            chosen.iter().map(|file| (file.path.file_name().unwrap(), file.in_folder)).collect();
        let expected = [("a.ofx", true), ("b.csv", true), ("b.csv", false), ("such", false)];
        assert_eq!(names, expected.map(|(name, inside)| (std::ffi::OsStr::new(name), inside)));
    }
}
