//! Title, author and date: how they are recognised in text, names and addresses.

pub mod body;
pub mod byline;
pub mod date;
pub mod dateline;
pub mod furniture;
pub mod header;
pub mod layout;

pub use date::{DateOrder, date_in_name, date_in_url, order_by_evidence, today};
