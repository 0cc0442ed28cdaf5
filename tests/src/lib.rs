//! Shared parts of the tests.

<<<<<<< HEAD
pub mod rows;
=======
pub mod demo;
pub mod generate;
pub mod render;
pub mod workbook;
>>>>>>> statements
