//! Reads untrusted bytes in a limited child process; rows out, or a reason.
