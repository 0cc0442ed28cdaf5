//! The one window and its fences: it shows our own pages only, opens no other, and takes files by hand.

use crate::desk::Desk;
use crate::surroundings;
use anyhow::Context;
use std::path::PathBuf;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, DragDropEvent, Emitter, Manager, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

const MAIN: &str = "main";

/// Builds the window from the configuration.
///
/// # Errors
/// The system has no display, or no web view.
pub fn open(handle: &AppHandle) -> anyhow::Result<()> {
    let windows = &handle.config().app.windows;
    let main = windows
        .iter()
        .find(|window| window.label == MAIN)
        .context("the configuration names no main window")?;
    let window = WebviewWindowBuilder::from_config(handle, main)?
        // A web view that leaves nothing behind cannot be driven from outside: the window tests do without.
        .incognito(!surroundings::many_may_run())
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    let handle = handle.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(event) = event {
            dropped(&handle, event);
        }
    });
    Ok(())
}

/// Brings the window to the front: someone started the app a second time.
pub fn show(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(MAIN) {
        // A window manager may refuse each of these; the window is there all the same.
        let _ = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    }
}

/// The window, as the parent of dialogs.
pub fn main(handle: &AppHandle) -> Option<WebviewWindow> {
    handle.get_webview_window(MAIN)
}

/// Our own pages: served from the binary, or by the development server in a build that is made for it.
fn is_ours(url: &Url) -> bool {
    let served = matches!(
        (url.scheme(), url.host_str(), url.port()),
        ("tauri", Some("localhost"), None) | ("http" | "https", Some("tauri.localhost"), None)
    );
    served || (tauri::is_dev() && url.scheme() == "http" && url.host_str() == Some("localhost"))
}

fn dropped(handle: &AppHandle, event: &DragDropEvent) {
    match event {
        DragDropEvent::Enter { .. } => tell(handle, "hover", true),
        DragDropEvent::Leave => tell(handle, "hover", false),
        DragDropEvent::Drop { paths, .. } => {
            tell(handle, "hover", false);
            let tokens = handle.state::<Desk>().handed.take(paths.iter().map(PathBuf::from));
            tell(handle, "dropped", tokens);
        }
        _ => {}
    }
}

fn tell(handle: &AppHandle, event: &str, payload: impl serde::Serialize + Clone) {
    // A window that is gone needs no telling.
    let _ = handle.emit(event, payload);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn our_own_pages_are_ours() {
        assert!(is_ours(&url("tauri://localhost/index.html")));
        assert!(is_ours(&url("http://tauri.localhost/")));
    }

    #[test]
    fn nothing_else_is() {
        for other in [
            "https://tauri.localhost.example.org/",
            "http://tauri.localhost:8080/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "tel:95188",
            "about:blank",
            "tauri://elsewhere/",
            "https://example.org/",
        ] {
            assert!(!is_ours(&url(other)), "{other}");
        }
    }
}
