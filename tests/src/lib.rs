//! Shared parts of the tests.

pub mod generate;
pub mod render;
pub mod workbook;
