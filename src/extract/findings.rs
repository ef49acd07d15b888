//! [`Findings`]: what was found in one article, resolved and coded, still typed.
//!
//! Everything points by index into the arrays of the same `Findings`; rows and ids are made later, in `tables`.

use crate::closed_list::closed_list;
use crate::lexicon::{Country, Sector};
use crate::nlp::Token;
use crate::text::{Byte, Span};
use jiff::civil::Date;

pub use crate::lexicon::ontology::{EventType, Status};

/// What was found in one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Mentions, in text order.
    pub mentions: Vec<Mention>,
    /// Entities the mentions refer to, in order of first mention.
    pub entities: Vec<Entity>,
    /// Expressions of time, in text order.
    pub times: Vec<TimeExpr>,
    /// Quotations, in text order.
    pub quotations: Vec<Quotation>,
    /// Places, in order of first mention.
    pub places: Vec<Place>,
    /// Where they are named, in text order.
    pub place_mentions: Vec<PlaceMention>,
    /// Place of the agency's dateline, as an index into `places`.
    pub dateline: Option<u32>,
    /// Events, in text order of their triggers.
    pub events: Vec<Event>,
    /// Country pairs of the events.
    pub dyads: Vec<Dyad>,
}

closed_list! {
    /// What a mention refers to.
    MentionType {
        /// A person by name.
        Person = "PERSON",
        /// An organisation.
        Org = "ORG",
        /// A country, province or town as a political unit.
        Gpe = "GPE",
        /// Any other place.
        Loc = "LOC",
        /// Members of a nation, religion or political group.
        Norp = "NORP",
        /// A building or facility.
        Fac = "FAC",
        /// A group of states or people (AP4, G7, NATO).
        Group = "GROUP",
        /// A person or body by role ("the Polish president", "police").
        Role = "ROLE",
        /// A named event.
        Event = "EVENT",
        /// A treaty, agreement or law.
        Agreement = "AGREEMENT",
        /// A product or weapon.
        Product = "PRODUCT",
        /// A pronoun.
        Pron = "PRON",
        /// Any other noun phrase.
        Nominal = "NOMINAL",
    }
}

closed_list! {
    /// How the text refers to it.
    MentionForm {
        /// By its name.
        Name = "name",
        /// By nationality ("Polish").
        Demonym = "demonym",
        /// A place standing for a government ("Seoul").
        Metonym = "metonym",
        /// By role.
        Role = "role",
        /// By a common noun.
        Nominal = "nominal",
        /// By a pronoun.
        Pronoun = "pronoun",
    }
}

closed_list! {
    /// What recognised a mention.
    MentionSource {
        /// The trained name recogniser.
        Model = "model",
        /// A lexicon of `data/`.
        Dictionary = "dictionary",
        /// A rule of the extractor.
        Rule = "rule",
        /// The user's own lexicon.
        User = "user",
    }
}

/// A stretch of text that refers to something.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it is.
    pub span: Span<Byte>,
    /// Index of its sentence in the doc.
    pub sentence: u32,
    /// What it refers to.
    pub mention_type: MentionType,
    /// How it refers.
    pub form: MentionForm,
    /// Title before the name ("Prime Minister").
    pub title: Option<String>,
    /// Index into `Findings::entities`.
    pub entity: Option<u32>,
    /// Country of what it refers to, on the day of the article.
    pub country: Option<Country>,
    /// 0 to 1.
    pub confidence: f32,
    /// What recognised it.
    pub source: MentionSource,
}

closed_list! {
    /// Kinds of entities.
    EntityType {
        /// A person.
        Person = "PERSON",
        /// A country.
        Country = "COUNTRY",
        /// A body of a country or company, party, armed group, ….
        Org = "ORG",
        /// An intergovernmental organisation or group of states.
        Group = "GROUP",
        /// A place that is not a country.
        Place = "PLACE",
        /// People or bodies known by role only ("Turkish police").
        Role = "ROLE",
        /// Anything else with a name.
        Other = "OTHER",
    }
}

/// Somebody or something that one or more mentions refer to. The same entity has the same id in every article.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// What the id is a hash of: a lexicon key (`country:KOR`, `leader:yoon-suk-yeol`) or type, name and country.
    pub key: String,
    /// Preferred name.
    pub name: String,
    /// Kind.
    pub entity_type: EntityType,
    /// Country, on the day of the article.
    pub country: Option<Country>,
    /// PLOVER special code instead of a country: `IGO UNO EUR NGO ISM IMG MNC`.
    pub plover_country: Option<String>,
    /// PLOVER sectors, most telling first.
    pub sectors: Vec<Sector>,
    /// Office held on the day of the article ("President").
    pub role: Option<String>,
    /// Lexicon the facts come from, if any.
    pub kb_source: Option<&'static str>,
    /// Day for which the facts were taken.
    pub kb_date: Option<Date>,
    /// Members on the day of the article, for a group of states.
    pub members: Vec<Member>,
    /// An informal group (AP4, G7): `dyads` pair its members instead of it.
    pub expands: bool,
}

/// Membership of a country in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The member.
    pub country: Country,
    /// First day, if known.
    pub valid_from: Option<Date>,
    /// Last day, if it ended.
    pub valid_to: Option<Date>,
    /// Where the fact is from.
    pub source: String,
}

closed_list! {
    /// How exactly a time is known.
    Precision {
        /// One day.
        Day = "day",
        /// A week.
        Week = "week",
        /// A month.
        Month = "month",
        /// Three months.
        Quarter = "quarter",
        /// A year.
        Year = "year",
        /// One end is open ("since 2014").
        Open = "open",
        /// Not known.
        None = "none",
    }
}

closed_list! {
    /// What a date rests on.
    DateBasis {
        /// A date in the text.
        Absolute = "absolute",
        /// An expression anchored on the publication date ("on Wednesday").
        Relative = "relative",
        /// An expression anchored on another event ("just before the summit").
        RelativeToEvent = "relative_to_event",
        /// From the narrative around it.
        Inferred = "inferred",
        /// The publication date, under a policy that says so.
        Publication = "publication",
        /// Nothing.
        None = "none",
    }
}

/// An interval of days, both ends inclusive; a missing end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// How exact.
    pub precision: Precision,
    /// On what it rests.
    pub basis: DateBasis,
}

closed_list! {
    /// Kinds of expressions of time.
    TimeKind {
        /// A stretch of the calendar ("last week", "12 May").
        Date = "date",
        /// A part of a day or a time of the clock ("Monday night", "18:00 UTC").
        Time = "time",
        /// A length of time ("five years").
        Duration = "duration",
        /// Something that comes again ("every year").
        Set = "set",
        /// A moment without a date ("now", "recently", "weeks later").
        Reference = "reference",
    }
}

/// An expression of time in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeExpr {
    /// Where it is.
    pub span: Span<Byte>,
    /// Index of its sentence.
    pub sentence: u32,
    /// What kind of expression.
    pub kind: TimeKind,
    /// Its value in the notation of TIMEX3, `X` for what is not known (`2024-W28`, `P5Y`, `PRESENT_REF`).
    pub value: String,
    /// What it denotes; `None` when it cannot be anchored.
    pub interval: Option<Interval>,
    /// Extended Date/Time Format (ISO 8601-2) of it, when it has one.
    pub edtf: Option<String>,
    /// What it was anchored on, in words ("publication 2023-07-13").
    pub anchor: Option<String>,
}

closed_list! {
    /// How somebody is quoted.
    QuotationKind {
        /// Word for word, in quotation marks.
        Direct = "direct",
        /// In the paper's words.
        Indirect = "indirect",
    }
}

/// What somebody is quoted as saying.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// What is said, without the marks.
    pub span: Span<Byte>,
    /// Index of the sentence in which it begins.
    pub sentence: u32,
    /// Word for word or not.
    pub kind: QuotationKind,
    /// Who speaks: index into `Findings::entities`.
    pub speaker: Option<u32>,
    /// Who speaks, by name or in the words of the article.
    pub speaker_name: Option<String>,
    /// The words that introduce it ("said", "according to").
    pub cue: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// What the id is a hash of (`country:POL`, `geonames:756135`, `region:Taiwan Strait`).
    pub key: String,
    /// Preferred name.
    pub name: String,
    /// Country; none for seas, and for regions of several states.
    pub country: Option<Country>,
    /// `country region admin1 admin2 city capital`.
    pub level: &'static str,
    /// Latitude, degrees north.
    pub lat: Option<f64>,
    /// Longitude, degrees east.
    pub lon: Option<f64>,
    /// `GeoNames` code of the first-level division.
    pub admin1_code: Option<String>,
    /// Its name.
    pub admin1: Option<String>,
    /// Number in `GeoNames`.
    pub geonames_id: Option<u32>,
    /// `GeoNames` feature class.
    pub feature_class: Option<char>,
    /// `GeoNames` feature code.
    pub feature_code: Option<String>,
    /// Inhabitants.
    pub population: Option<u64>,
    /// Lexicon the facts come from.
    pub source: &'static str,
}

/// A stretch of text that names a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// Its tokens.
    pub tokens: Span<Token>,
    /// Where it is in the text.
    pub span: Span<Byte>,
    /// Index into `Findings::places`.
    pub place: u32,
    /// 0 to 1: how far the place chosen is ahead of others of its name.
    pub confidence: f32,
}

closed_list! {
    /// Whether the text asserts or denies it.
    Polarity {
        /// Asserted.
        Affirmative = "affirmative",
        /// Denied: it did not happen, or will not.
        Negative = "negative",
    }
}

closed_list! {
    /// A participant's part in an event.
    Side {
        /// Who does it.
        Source = "source",
        /// To whom it is done.
        Target = "target",
    }
}

/// Somebody who takes part in an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// On which side.
    pub side: Side,
    /// Index into `Findings::entities`.
    pub entity: Option<u32>,
    /// Index into `Findings::mentions`.
    pub mention: Option<u32>,
    /// Name for display.
    pub name: String,
    /// Country, on the day of the article.
    pub country: Option<Country>,
    /// Most telling sector.
    pub sector: Option<Sector>,
    /// Not in the event's own clause; recovered from the context.
    pub implicit: bool,
    /// 0 to 1.
    pub confidence: f32,
}

/// Who did what to whom, when and where, by which rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Index of its sentence.
    pub sentence: u32,
    /// The word or words that name the act.
    pub trigger: Span<Byte>,
    /// The clause that reports it.
    pub evidence: Span<Byte>,
    /// Type under PLOVER's rules (announced cooperation is AGREE).
    pub event_type: EventType,
    /// Type of the act itself.
    pub act_type: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code, 2 to 4 digits.
    pub cameo: Option<String>,
    /// Goldstein score of the CAMEO code, -10 to 10.
    pub goldstein: Option<f32>,
    /// PLOVER score of type and mode, -10 to 10.
    pub plover_score: Option<f32>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; none for STATEMENT.
    pub quad_class: Option<u8>,
    /// Has it happened?
    pub status: Status,
    /// Is it asserted?
    pub polarity: Polarity,
    /// Who is quoted as its source, when not the paper.
    pub attributed_to: Option<String>,
    /// When.
    pub date: Option<Interval>,
    /// The words `date` comes from.
    pub date_text: Option<String>,
    /// One day, under the run's policy.
    pub event_date: Option<Date>,
    /// Who takes part: sources first, then targets, in text order.
    pub participants: Vec<Participant>,
    /// Phrases that stand in the place of a party where nobody known was found ("condemned **the ruling**").
    pub phrases: Vec<(Side, Span<Byte>)>,
    /// Each side is both source and target (a meeting).
    pub reciprocal: bool,
    /// Index into `Findings::places`.
    pub place: Option<u32>,
    /// People killed, as stated.
    pub fatalities: Option<u32>,
    /// People injured, as stated.
    pub injured: Option<u32>,
    /// People arrested, as stated.
    pub arrested: Option<u32>,
    /// 0 to 1.
    pub confidence: f32,
    /// Which rule coded it: act id and number of its pattern.
    pub rule_id: String,
    /// Groups events of one article that tell the same story: index of the first such event.
    pub same_as: Option<u32>,
}

closed_list! {
    /// How a dyad's member follows from a participant.
    Expansion {
        /// Named itself.
        Direct = "direct",
        /// As a member of a named group.
        Group = "group",
    }
}

/// A directed pair of one event's participants. Weights of an event's dyads sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Dyad {
    /// Index into `Findings::events`.
    pub event: u32,
    /// Country or PLOVER special code of the source.
    pub source_country: Option<String>,
    /// Country or PLOVER special code of the target.
    pub target_country: Option<String>,
    /// Sector of the source.
    pub source_sector: Option<Sector>,
    /// Sector of the target.
    pub target_sector: Option<Sector>,
    /// One of two directions of a mutual act.
    pub reciprocal: bool,
    /// Named itself or member of a group.
    pub expansion: Expansion,
    /// Share of the event.
    pub weight: f64,
}
