//! What to check, prepare and do for one kind of trouble, read from `assets/playbooks/*.toml`.

use super::{Case, Happening, Step, Trouble, Wish};
use crate::detect::FlagKind;
use crate::text::Text;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/playbooks");

/// Every trouble a playbook is kept for.
pub const TROUBLES: &[Trouble] = &[
    Trouble::UnknownTransaction,
    Trouble::PaymentScam,
    Trouble::DuplicateCharge,
    Trouble::RefundMissing,
    Trouble::FailedButDebited,
    Trouble::AccountFrozen,
    Trouble::SubscriptionChange,
    Trouble::TrialTurnedPaid,
    Trouble::UnexpectedFee,
    Trouble::CurrencyOvercharge,
    Trouble::WrongPayee,
    Trouble::HoldNotReleased,
    Trouble::BalanceMismatch,
    Trouble::UnclearPayment,
];

/// What to check, prepare and do for one kind of trouble.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Playbook {
    /// The trouble it is for.
    pub trouble: Trouble,
    /// The trouble in the user's words.
    pub title: Text,
    /// How it goes, in one sentence.
    pub summary: Text,
    /// Said before everything else, where waiting or a wrong step costs money.
    #[serde(default)]
    pub first_of_all: Option<Text>,
    /// What is asked for unless the user says otherwise.
    pub wishes: Vec<Wish>,
    /// What a clerk will ask.
    pub questions: Vec<Text>,
    /// What to capture.
    pub evidence: Vec<Text>,
    /// What to do, the urgent ones first.
    pub steps: Vec<PlaybookStep>,
}

/// A step as the playbook writes it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaybookStep {
    /// Unique within the playbook; stored in [`Happening::Stepped`], hence never renamed.
    pub id: String,
    /// First of all.
    pub urgent: bool,
    /// What to do.
    pub title: Text,
    /// How and why.
    pub detail: Text,
    /// What a letter says once it is done, where the step leaves a record elsewhere.
    #[serde(default)]
    pub record: Option<Text>,
}

static PLAYBOOKS: LazyLock<HashMap<Trouble, Playbook>> = LazyLock::new(|| {
    FILES
        .files()
        .filter_map(|file| toml::from_str::<Playbook>(file.contents_utf8()?).ok())
        .map(|playbook| (playbook.trouble, playbook))
        .collect()
});

/// The playbook for this kind of trouble.
pub fn playbook(trouble: Trouble) -> &'static Playbook {
    PLAYBOOKS.get(&trouble).expect("a test reads every embedded playbook and finds one for each trouble")
}

/// What is asked for unless the user says otherwise.
pub fn default_wishes(trouble: Trouble) -> Vec<Wish> {
    playbook(trouble).wishes.clone()
}

/// The playbook's steps with their state in this case; the last word on a step counts.
pub fn steps(case: &Case) -> Vec<Step> {
    let mut done = HashSet::new();
    for event in &case.events {
        if let Happening::Stepped { step, done: is_done } = &event.happening {
            if *is_done {
                done.insert(step.as_str());
            } else {
                done.remove(step.as_str());
            }
        }
    }
    playbook(case.trouble)
        .steps
        .iter()
        .map(|step| Step {
            id: step.id.clone(),
            title: step.title.clone(),
            detail: step.detail.clone(),
            urgent: step.urgent,
            done: done.contains(step.id.as_str()),
        })
        .collect()
}

/// The playbook a flag of this kind opens; `None` where the rows do not tell who paid and why, and only the
/// user can: a script must not state for them what they have not said.
pub fn trouble_of(kind: FlagKind) -> Option<Trouble> {
    match kind {
        FlagKind::DuplicateCharge => Some(Trouble::DuplicateCharge),
        FlagKind::RefundMissing => Some(Trouble::RefundMissing),
        FlagKind::ScamWords => Some(Trouble::PaymentScam),
        // The user said so themselves.
        FlagKind::Disowned => Some(Trouble::UnknownTransaction),
        FlagKind::FailedButDebited => Some(Trouble::FailedButDebited),
        FlagKind::BalanceMismatch => Some(Trouble::BalanceMismatch),
        FlagKind::ForgottenHold => Some(Trouble::HoldNotReleased),
        FlagKind::WrongPayee => Some(Trouble::WrongPayee),
        FlagKind::SubscriptionChange => Some(Trouble::SubscriptionChange),
        FlagKind::TrialTurnedPaid => Some(Trouble::TrialTurnedPaid),
        FlagKind::UnexpectedFee => Some(Trouble::UnexpectedFee),
        FlagKind::CurrencyOvercharge => Some(Trouble::CurrencyOvercharge),
        FlagKind::EmptiedAccount
        | FlagKind::UnusualAmount
        | FlagKind::Burst
        | FlagKind::NewPayee
        | FlagKind::TestCharge => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::tests::{a_case, event};

    fn both_languages(text: &Text) -> bool {
        !text.zh.trim().is_empty() && !text.en.trim().is_empty() && text.en.is_ascii_prose()
    }

    trait Prose {
        fn is_ascii_prose(&self) -> bool;
    }
    impl Prose for String {
        fn is_ascii_prose(&self) -> bool {
            !self.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        }
    }

    #[test]
    fn every_file_is_a_playbook_and_every_trouble_has_one() {
        let mut seen = HashSet::new();
        for file in FILES.files() {
            let text = file.contents_utf8().expect("a playbook is UTF-8");
            let playbook: Playbook =
                toml::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", file.path().display()));
            let name = serde_json::to_value(playbook.trouble).unwrap();
            assert_eq!(file.path().file_stem().unwrap().to_str(), name.as_str());
            assert!(seen.insert(playbook.trouble));
        }
        assert_eq!(seen, TROUBLES.iter().copied().collect());
    }

    #[test]
    fn every_playbook_speaks_both_languages_and_puts_the_urgent_steps_first() {
        for trouble in TROUBLES {
            let playbook = playbook(*trouble);
            let texts = [&playbook.title, &playbook.summary].into_iter().chain(&playbook.first_of_all);
            let texts = texts.chain(&playbook.questions).chain(&playbook.evidence);
            let texts = texts.chain(playbook.steps.iter().flat_map(|step| [&step.title, &step.detail]));
            for text in texts {
                assert!(both_languages(text), "{trouble:?}: {text:?}");
            }
            let urgent: Vec<bool> = playbook.steps.iter().map(|step| step.urgent).collect();
            assert!(urgent[0] && urgent.is_sorted_by(|a, b| a >= b), "{trouble:?}");
            let ids: HashSet<_> = playbook.steps.iter().map(|step| &step.id).collect();
            assert_eq!(ids.len(), playbook.steps.len(), "{trouble:?}");
            assert!(!playbook.wishes.is_empty() && playbook.questions.len() >= 4, "{trouble:?}");
            assert!(playbook.evidence.len() >= 4 && playbook.steps.len() >= 7, "{trouble:?}");
        }
    }

    #[test]
    fn a_payment_scam_starts_with_what_stops_the_loss_and_promises_nothing() {
        let playbook = playbook(Trouble::PaymentScam);
        let first: Vec<&str> = playbook.steps.iter().map(|step| step.id.as_str()).take(5).collect();
        assert_eq!(first, ["stop-paying", "keep-chats", "police", "contact", "contact-bank"]);
        let stop = playbook.first_of_all.as_ref().unwrap();
        for word in ["不要再付", "解冻费", "不要删除聊天记录", "修改密码"] {
            assert!(stop.zh.contains(word), "{word}");
        }
        let whole = format!("{playbook:?}");
        for promise in ["一定能", "保证追回", "可以追回", "全额", "will get", "guarantee"] {
            assert!(!whole.contains(promise), "{promise}");
        }
    }

    #[test]
    fn a_flag_says_who_paid_only_where_its_rows_do() {
        assert_eq!(trouble_of(FlagKind::ScamWords), Some(Trouble::PaymentScam));
        assert_eq!(trouble_of(FlagKind::NewPayee), None);
        assert_eq!(trouble_of(FlagKind::UnusualAmount), None);
        // What is questioned there is the price, and nobody asks who paid.
        for (kind, trouble) in [
            (FlagKind::SubscriptionChange, Trouble::SubscriptionChange),
            (FlagKind::TrialTurnedPaid, Trouble::TrialTurnedPaid),
            (FlagKind::UnexpectedFee, Trouble::UnexpectedFee),
            (FlagKind::CurrencyOvercharge, Trouble::CurrencyOvercharge),
        ] {
            assert_eq!(trouble_of(kind), Some(trouble));
        }
    }

    #[test]
    fn what_was_told_last_decides_the_steps_and_the_wishes() {
        let mut case = a_case(Trouble::UnknownTransaction);
        let retold = |trouble| Happening::Retold { trouble };
        case.events = vec![event(1, retold(Trouble::PaymentScam)), event(2, retold(Trouble::UnexpectedFee))];
        let told = case.clone().as_told();
        assert_eq!(told.trouble, Trouble::UnexpectedFee);
        assert_eq!(told.wishes, default_wishes(Trouble::UnexpectedFee));
        case.events.pop();
        assert_eq!(case.as_told().trouble, Trouble::PaymentScam);
    }

    #[test]
    fn a_step_done_and_undone_is_open_again() {
        let mut case = a_case(Trouble::DuplicateCharge);
        let stepped = |done| Happening::Stepped { step: "collect".into(), done };
        let is_done = |case: &Case| steps(case).iter().find(|step| step.id == "collect").unwrap().done;
        assert!(!is_done(&case));
        case.events.push(event(1, stepped(true)));
        assert!(is_done(&case));
        case.events.push(event(2, stepped(false)));
        assert!(!is_done(&case));
    }
}
