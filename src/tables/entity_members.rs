//! `entity_members`: which countries belong to the groups that are mentioned.

use super::cell::{Day, Id};
use super::schema::table;

table! {
    /// One membership.
    MemberRow in "entity_members": "One row per membership of a country in a mentioned group, as known for the days of the articles."
    key [group_id, member_id, valid_from]
    references [group_id -> entities.entity_id, member_id -> entities.entity_id]
    {
        group_id: Id = "The group.",
        member_id: Id = "The member.",
        valid_from: Option<Day> = "First day of the membership.",
        valid_to: Option<Day> = "Last day of the membership; empty while it lasts.",
        source: String = "Where the fact is from.",
    }
}
