use crate::detect::history::Detail;
