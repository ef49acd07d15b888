//! Event types and status values, as the ontology and the tables name them.

use crate::closed_list::closed_list;

closed_list! {
    /// PLOVER event types, and `STATEMENT` for CAMEO 01, which PLOVER leaves out.
    EventType {
        /// Announced or agreed cooperation.
        Agree = "AGREE",
        /// Meetings, visits, calls, mediation.
        Consult = "CONSULT",
        /// Diplomatic or verbal support.
        Support = "SUPPORT",
        /// Verbal or announced concessions.
        Concede = "CONCEDE",
        /// Material cooperation.
        Cooperate = "COOPERATE",
        /// Material aid.
        Aid = "AID",
        /// Material concessions: withdrawal, release, ceasefire.
        Retreat = "RETREAT",
        /// Appeals and demands.
        Request = "REQUEST",
        /// Accusations, disapproval, investigation.
        Accuse = "ACCUSE",
        /// Refusals.
        Reject = "REJECT",
        /// Threats.
        Threaten = "THREATEN",
        /// Demonstrations, strikes, riots.
        Protest = "PROTEST",
        /// Sanctions, expulsions, convictions, cut relations.
        Sanction = "SANCTION",
        /// Military or police posture.
        Mobilize = "MOBILIZE",
        /// Arrests, seizures, restrictions, cyber attacks.
        Coerce = "COERCE",
        /// Violence.
        Assault = "ASSAULT",
        /// CAMEO 01.
        Statement = "STATEMENT",
    }
}

closed_list! {
    /// Whether an event has happened.
    Status {
        /// It has.
        Past = "past",
        /// It is going on.
        Ongoing = "ongoing",
        /// It is announced or intended.
        Planned = "planned",
        /// It is only possible, wanted, asked for or supposed.
        Hypothetical = "hypothetical",
    }
}

impl EventType {
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; none for statements.
    ///
    /// The scheme is this project's (`data/README.md`): four incompatible ones circulate.
    pub const fn quad_class(self) -> Option<u8> {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Some(1),
            Self::Cooperate | Self::Aid | Self::Retreat => Some(2),
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Some(3),
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => Some(4),
            Self::Statement => None,
        }
    }

    /// True for quad classes 3 and 4.
    pub const fn is_conflict(self) -> bool {
        matches!(self.quad_class(), Some(3 | 4))
    }
}
