//! What a file may be read as, and what the user said of it.

use super::institution::{self, Owner};
use super::mapping::Mapped;
use super::preview::says_direction;
use super::{ALL, DOCUMENTS, Field, MAPPED, Options, Statement, custom, document};
use crate::table::cell::DateOrder;
use crate::{Code, Error, Result};

/// What a table may be read as.
pub(super) struct Formats {
    pub all: Vec<&'static Statement>,
    /// The user named the format.
    pub named: bool,
    /// The table has no header: its columns are named by their numbers.
    pub numbered: bool,
    pub dates: Option<DateOrder>,
    /// Mappings of the user, tried where none of `all` knows the table.
    pub saved: Vec<&'static Statement>,
}

impl Formats {
    /// What the user leaves open.
    ///
    /// # Errors
    /// `Invalid` where there is no format of the name, or something is missing in the mapping.
    pub fn of(options: &Options) -> Result<Self> {
        let (all, saved) = match (&options.mapping, &options.statement) {
            (Some(mapping), _) => mapping.check().map(|()| (vec![mapping.statement(false)], vec![]))?,
            (None, Some(id)) if document::names(id) => (vec![], vec![]),
            (None, Some(id)) => (vec![named(id)?], vec![]),
            (None, None) => (ALL.iter().collect(), custom::tried(&options.mappings)),
        };
        let numbered = options.mapping.as_ref().is_some_and(|mapping| !mapping.header);
        let named = options.mapping.is_some() || options.statement.is_some();
        Ok(Self { all, named, numbered, dates: options.dates, saved })
    }

    /// Of the formats that a header fits, given as plain names, the best: the one whose title stands above it, then
    /// the one with the most columns found, then the first.
    pub fn best(&self, header: &[String], above: &[String]) -> Option<Mapped> {
        let fitting = self.all.iter().filter_map(|statement| {
            let mapped = Mapped::new(statement, header)?;
            let seen = |title: &&str| above.iter().any(|line| line.contains(title));
            let titled = statement.titles.iter().any(seen);
            let taken = self.named
                || (titled || !statement.title_needed) && is_its_own(&mapped, header, above, titled);
            taken.then_some(((titled, mapped.found), mapped))
        });
        // The first of the best: `max_by_key` would take the last.
        fitting.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, mapped)| mapped)
    }

    /// A further table of a statement, below its first: the title need not stand there again.
    pub fn again(&self, first: &Mapped, header: &[String], between: &[String]) -> Option<Mapped> {
        let statement = first.statement;
        let mapped = Mapped::new(statement, header)?;
        let owner = institution::owner(between, statement.provider, statement.of_account);
        (!matches!(owner, Owner::Another(_))).then_some(mapped)
    }

    /// The format that a header is of, where the user named another one.
    pub fn other(&self, header: &[String], above: &[String]) -> Option<&'static Statement> {
        let asked = self.named && self.all.iter().all(|statement| statement.id != MAPPED);
        let all =
            Self { all: ALL.iter().collect(), named: false, numbered: false, dates: None, saved: vec![] };
        asked.then(|| all.best(header, above)).flatten().map(|mapped| mapped.statement)
    }

    /// What is tried where none of these knows a table: the saved mappings, if there are any.
    pub fn tried(&self) -> Option<Self> {
        let all = self.saved.clone();
        (!all.is_empty()).then_some(Self { all, saved: vec![], ..*self })
    }
}

/// Whether nothing of a table speaks against the format that its columns fit, and something speaks for it where the columns
/// alone are those of several banks. One that is read as another bank's may have its signs the other way round.
fn is_its_own(mapped: &Mapped, header: &[String], above: &[String], titled: bool) -> bool {
    let statement = mapped.statement;
    if statement.id == MAPPED || statement.provider.is_empty() {
        return true;
    }
    let titles = || institution::near(above).filter(|line| institution::is_title(line));
    let is_column = |name: &&&str| header.iter().any(|cell| cell == **name);
    let never = statement.never.iter();
    if never.clone().any(|word| is_column(&word) || titles().any(|line| line.contains(word))) {
        return false;
    }
    // What says which way the money went and is not looked at.
    let sides = mapped.has(Field::AmountOut) || mapped.has(Field::AmountIn);
    let unread = |(place, name): (usize, &String)| !mapped.reads(place) && says_direction(name);
    if !sides && header.iter().enumerate().any(unread) {
        return false;
    }
    match institution::owner(above, statement.provider, statement.of_account) {
        Owner::This => true,
        Owner::Another(_) => false,
        Owner::Unsaid => {
            statement.own.is_empty() || titled || statement.own.iter().any(|name| is_column(&name))
        }
    }
}

fn named(id: &str) -> Result<&'static Statement> {
    ALL.iter().find(|statement| statement.id == id).ok_or_else(|| {
        let known = ALL.iter().map(|statement| statement.id);
        let known: Vec<&str> = known.chain(DOCUMENTS.iter().map(|document| document.id)).collect();
        Error::new(Code::Invalid, format!("no such statement format; there are: {}", known.join(", ")))
    })
}
