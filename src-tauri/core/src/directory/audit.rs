//! What must hold of every provider, whether it ships with the app or comes in a pack.

use super::dial::dialable;
use super::load::Directory;
use super::{Hotline, Provider, SourceKind, Trust};
use crate::text::Text;
use std::collections::HashSet;

impl Directory {
    /// What is wrong with the providers, in English, one line each; empty is good.
    pub fn audit(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for provider in &self.providers {
            for problem in of_provider(provider) {
                wrong.push(format!("{}: {problem}", provider.id));
            }
        }
        wrong
    }
}

fn of_provider(provider: &Provider) -> Vec<String> {
    let mut wrong = Vec::new();
    if texts(provider).iter().any(|text| text.zh.trim().is_empty() || text.en.trim().is_empty()) {
        wrong.push("a text stands in one language only".to_owned());
    }
    if provider.hotlines.is_empty() && provider.no_phone.is_none() {
        wrong.push("no line and no word of it".to_owned());
    }
    if provider.sources.is_empty() && provider.hotlines.is_empty() {
        wrong.push("no source".to_owned());
    }
    let mut ids = HashSet::new();
    for hotline in &provider.hotlines {
        if !ids.insert(hotline.id.as_str()) {
            wrong.push(format!("two lines {}", hotline.id));
        }
        wrong.extend(of_hotline(hotline).into_iter().map(|problem| format!("{}: {problem}", hotline.id)));
        let claimed = |number: &str| dialable(number).ok() == dialable(&hotline.number).ok();
        if provider.claims.iter().any(|claim| claimed(&claim.number)) {
            wrong.push(format!("{} is a line and a contradicted claim", hotline.number));
        }
    }
    wrong
}

fn of_hotline(hotline: &Hotline) -> Vec<&'static str> {
    let has = |kinds: &[SourceKind]| hotline.sources.iter().any(|source| kinds.contains(&source.kind));
    let backed = match hotline.trust {
        Trust::Verified => has(&[SourceKind::Official, SourceKind::Regulator, SourceKind::Partner]),
        Trust::Community => has(&[SourceKind::Community]),
        Trust::Unverified => !hotline.sources.is_empty(),
    };
    let days = |days: &str| days.len() == 7 && days.bytes().all(|b| b == b'x' || b == b'-');
    let spans = hotline.hours.iter().all(|span| days(&span.days) && span.minutes().is_some());
    let rules = [
        (backed, "trusted beyond its sources"),
        (spans, "hours that cannot be read"),
        (
            hotline.hours.is_empty() == hotline.hours_source.is_none(),
            "hours without a source, or the reverse",
        ),
        (hotline.tz.parse::<chrono_tz::Tz>().is_ok(), "no such time zone"),
        (!hotline.languages.is_empty(), "no language"),
    ];
    rules.into_iter().filter(|(holds, _)| !holds).map(|(_, problem)| problem).collect()
}

/// Every text of a provider that is shown.
fn texts(provider: &Provider) -> Vec<&Text> {
    let mut texts = vec![&provider.name];
    texts.extend(provider.note.iter().chain(&provider.no_phone).chain(&provider.became));
    texts.extend(provider.sources.iter().map(|source| &source.what));
    for hotline in &provider.hotlines {
        texts.push(&hotline.label);
        texts.extend(hotline.cost_note.iter().chain(&hotline.menu));
        texts.extend(hotline.sources.iter().map(|source| &source.what));
    }
    texts.extend(provider.channels.iter().map(|channel| &channel.how));
    for claim in provider.claims.iter().chain(&provider.calls_from) {
        texts.extend([&claim.truth, &claim.said_by]);
    }
    texts
}
