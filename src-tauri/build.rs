//! Checks the capabilities and the configuration, and embeds the icon.

fn main() {
    tauri_build::build();
}
