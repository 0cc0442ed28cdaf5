//! Everything a front end can ask: one method per command.

pub mod views;
