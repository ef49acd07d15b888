//! Doc to [`Findings`]: mentions, entities, times, places, events, dyads.
//!
//! [`Extractor::run`] reads as the recipe. Every step is a function of the doc and the lexicon alone, so that the
//! same article gives the same findings in every run.

mod actors;
mod cast;
mod counts;
mod dyads;
mod events;
pub mod findings;
mod frames;
mod mentions;
mod places;
mod quotations;
mod status;
mod times;
mod timing;
mod tree;
mod who;

pub use findings::Findings;
pub use who::Who;

use crate::lexicon::Lexicon;
use crate::nlp::{Doc, NameKind};
use crate::text::{Byte, Span};
use findings::{Interval, Mention, MentionForm, MentionSource, MentionType, Place, Precision};
use jiff::civil::Date;
use mentions::{Hit, What};

/// How the one-day `event_date` is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventDatePolicy {
    /// Only what the text dates to one day.
    #[default]
    Strict,
    /// The first day of whatever interval the text gives.
    Start,
    /// As `Start`; the day of publication where the text gives nothing.
    Publication,
}

impl EventDatePolicy {
    /// As written in the `event_date_policy` column of `runs`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Start => "start",
            Self::Publication => "publication",
        }
    }

    /// One day for an interval, if the policy allows it.
    fn day(self, interval: Option<Interval>, published: Option<Date>) -> Option<Date> {
        let exact = interval.filter(|i| i.precision == Precision::Day && i.start == i.end).and_then(|i| i.start);
        match self {
            Self::Strict => exact,
            Self::Start => interval.and_then(|i| i.start),
            Self::Publication => interval.and_then(|i| i.start).or(published),
        }
    }
}

/// Settings of extraction.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ExtractOptions {
    /// How `event_date` is chosen.
    pub event_date: EventDatePolicy,
    /// Events below this confidence (0 to 1) are dropped.
    pub min_confidence: f32,
}

/// Memory a worker keeps between articles.
#[derive(Debug, Default)]
pub struct Scratch {
    tree: tree::Tree,
    hits: Vec<Hit>,
}

/// Extracts findings with one lexicon and one set of options.
#[derive(Debug, Clone, Copy)]
pub struct Extractor<'l> {
    lexicon: &'l Lexicon,
    options: ExtractOptions,
}

impl<'l> Extractor<'l> {
    /// An extractor over `lexicon`.
    pub const fn new(lexicon: &'l Lexicon, options: ExtractOptions) -> Self {
        Self { lexicon, options }
    }

    /// What the place names at `spans` mean in `doc`, for measuring resolution apart from recognition.
    pub fn locate(&self, doc: &Doc, scratch: &mut Scratch, spans: &[Span<Byte>]) -> Vec<Option<Place>> {
        let Scratch { tree, hits } = scratch;
        tree.build(doc, &self.lexicon.ontology.lemmas);
        mentions::find(doc, self.lexicon, hits);
        places::locate(doc, tree, self.lexicon, hits, spans)
    }

    /// Extracts everything from `doc`, which must have been through all passes of `nlp`.
    pub fn run(&self, doc: &Doc, scratch: &mut Scratch) -> Findings {
        let mut findings = Findings::default();
        let ontology = &self.lexicon.ontology;
        let Scratch { tree, hits } = scratch;
        tree.build(doc, &ontology.lemmas);
        mentions::find(doc, self.lexicon, hits);
        times::find(doc, tree, ontology, &mut findings.times);
        places::find(doc, tree, self.lexicon, hits, &mut findings);

        let cast = cast::Cast::new(self.lexicon, doc.article.published_date());
        let actors = actors::Actors::new(doc, tree, hits, cast, places::countries_of(&findings, hits));
        let mut coder = events::Coder { doc, tree, ontology, actors, policy: self.options.event_date };
        coder.run(&mut findings);
        findings.events.retain(|e| e.confidence >= self.options.min_confidence);

        let mut actors = coder.actors;
        quotations::Finder { doc, tree, actors: &mut actors }.run(&mut findings.quotations);
        for event in findings.events.iter_mut().filter(|e| e.attributed_to.is_none()) {
            let speaker = quotations::speaker_of(&findings.quotations, event.trigger.start);
            event.attributed_to = speaker.map(str::to_owned);
        }
        findings.mentions = mention_rows(doc, hits, &actors);
        name_towns(&mut findings);
        findings.entities = actors.cast.entities;
        drop_unresolved(&mut findings);
        dyads::run(&mut findings);
        findings
    }
}

fn mention_rows(doc: &Doc, hits: &[Hit], actors: &actors::Actors<'_, '_>) -> Vec<Mention> {
    hits.iter()
        .zip(&actors.entity_of)
        .map(|(hit, &entity)| {
            let (mention_type, mut form, source) = describe(hit.what, actors);
            let acts = |e: u32| actors.cast.entities[e as usize].key.starts_with("government:");
            if matches!(hit.what, What::Capital(_)) && entity.is_some_and(acts) {
                form = MentionForm::Metonym;
            }
            Mention {
                span: doc.bytes(hit.tokens),
                sentence: doc.sentence_of(hit.tokens.start as usize) as u32,
                mention_type,
                form,
                title: actors.title_text(hit),
                entity,
                country: entity.and_then(|e| actors.cast.entities[e as usize].country),
                confidence: hit.confidence,
                source,
            }
        })
        .collect()
}

fn describe(what: What, actors: &actors::Actors<'_, '_>) -> (MentionType, MentionForm, MentionSource) {
    use crate::lexicon::OrganisationType;
    let dictionary = MentionSource::Dictionary;
    match what {
        What::Country(_) | What::Capital(_) => (MentionType::Gpe, MentionForm::Name, dictionary),
        What::Demonym(_) => (MentionType::Norp, MentionForm::Demonym, dictionary),
        What::Metonym(_) => (MentionType::Fac, MentionForm::Metonym, dictionary),
        What::Organisation(row) => {
            let kind = actors.cast.lexicon.organisations.get(row).kind;
            let group = matches!(kind, OrganisationType::Igo | OrganisationType::Group);
            (if group { MentionType::Group } else { MentionType::Org }, MentionForm::Name, dictionary)
        }
        What::Leader(_) => (MentionType::Person, MentionForm::Name, dictionary),
        What::Role { .. } => (MentionType::Role, MentionForm::Role, dictionary),
        What::Unknown(NameKind::Per) => (MentionType::Person, MentionForm::Name, MentionSource::Model),
        What::Unknown(NameKind::Org) => (MentionType::Org, MentionForm::Name, MentionSource::Model),
        What::Unknown(NameKind::Loc) => (MentionType::Loc, MentionForm::Name, MentionSource::Model),
        What::Unknown(NameKind::Misc) => (MentionType::Event, MentionForm::Name, MentionSource::Model),
        What::Pronoun => (MentionType::Pron, MentionForm::Pronoun, MentionSource::Rule),
    }
}

/// A town or division named by the recogniser alone is a political unit with a country.
fn name_towns(findings: &mut Findings) {
    for named in &findings.place_mentions {
        let place = &findings.places[named.place as usize];
        if matches!(place.level, "region" | "country") {
            continue;
        }
        let same = |m: &&mut Mention| m.source == MentionSource::Model && m.span == named.span;
        if let Some(mention) = findings.mentions.iter_mut().find(same) {
            mention.mention_type = MentionType::Gpe;
            mention.country = mention.country.or(place.country);
        }
    }
}

/// Pronouns that refer to nobody we know are no mentions; participants are pointed to the rows that stay.
fn drop_unresolved(findings: &mut Findings) {
    let mut new_index = Vec::with_capacity(findings.mentions.len());
    let mut kept = 0;
    for mention in &findings.mentions {
        let keep = mention.mention_type != MentionType::Pron || mention.entity.is_some();
        new_index.push(keep.then_some(kept));
        kept += u32::from(keep);
    }
    let mut index = new_index.iter();
    findings.mentions.retain(|_| index.next().is_some_and(Option::is_some));
    for event in &mut findings.events {
        for participant in &mut event.participants {
            participant.mention = participant.mention.and_then(|m| new_index[m as usize]);
        }
    }
}
