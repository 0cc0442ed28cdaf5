//! x
use recourse::statements::{Options, read};
use recourse_tests::render;
fn main() {
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file).unwrap();
        println!("=== {}", file.rsplit('/').next().unwrap());
        match read(&bytes, &Options { code: Some("123456".into()), ..Options::default() }) {
            Ok(all) => print!("{}", render::parsed(&all)),
            Err(error) => println!("{:?}: {}", error.code, error.detail),
        }
    }
}
