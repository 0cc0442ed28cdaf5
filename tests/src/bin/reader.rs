//! The worker alone, for tests that hand it hostile files; with a file's path it reads that file through a worker
//! of its own, as the app does, and says how many rows there were.

use std::path::Path;

fn main() {
    if recourse::worker::serve_if_asked() {
        return;
    }
    let Some(file) = std::env::args().nth(1) else { return };
    let executable = std::env::current_exe().expect("a running program has a file");
    let read = recourse::worker::read(&executable, Path::new(&file), &Default::default(), &mut |_| true)
        .expect("the file is a statement");
    println!("{}", read.statements.iter().map(|statement| statement.rows.len()).sum::<usize>());
}
