//! Tables of samples: one case a line, cells between tabs, `#` begins a remark.

/// The rows of a table under `samples/`, each with exactly `columns` cells; `\n` stands for a line break and
/// `\u{…}` for a character.
///
/// # Panics
/// Where the file is missing or a row has another number of cells: the table itself is wrong.
pub fn read(file: &str, columns: usize) -> Vec<Vec<String>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let row = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(unescaped).collect();
        assert_eq!(cells.len(), columns, "{file}: {line}");
        cells
    };
    text.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

fn unescaped(cell: &str) -> String {
    let mut parts = cell.split("\\u{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("an escape ends with a brace");
        let code = u32::from_str_radix(code, 16).expect("an escape is hexadecimal");
        text.push(char::from_u32(code).expect("an escape names a character"));
        text.push_str(rest);
    }
    text.replace("\\n", "\n")
}
