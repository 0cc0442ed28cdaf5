//! The worker alone, for tests that hand it hostile files.

fn main() {
    recourse::worker::serve_if_asked();
}
