//! Shared parts of the tests.

pub mod demo;
pub mod generate;
pub mod render;
pub mod rows;
pub mod tables;
pub mod workbook;
