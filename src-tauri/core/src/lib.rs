//! Recourse's core: everything the app knows, and nothing of windows, networks or clocks.
//!
//! ```text
//! statement or note → ledger → flag → case → call → follow-up
//!
//! app ─┬→ statements → table ─┐
//!      ├→ detect ─────────────┼→ ledger → money
//!      ├→ case, call → directory
//!      └→ vault (only `app` may)
//! ```
//!
//! `statements`, `detect`, `case`, `call` and `directory` are pure: bytes and "now" are handed in.
//! [`app::App`] is the one door for front ends; [`vault`] alone speaks SQL; [`worker`] reads
//! untrusted bytes in a limited child process.

pub mod app;
pub mod call;
pub mod case;
pub mod detect;
pub mod dial;
pub mod directory;
pub mod error;
pub mod ledger;
pub mod money;
pub mod statements;
pub mod table;
pub mod text;
pub mod vault;
pub mod worker;

pub use error::{Code, Error, Result};
