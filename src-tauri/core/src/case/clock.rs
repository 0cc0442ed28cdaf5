//! Where a case stands, and which promises are still open: computed from its events and now.

use super::{Case, CaseStatus, Deadline, Event, EventId, Happening, Promise};
use crate::ledger::Moment;
use chrono::{FixedOffset, NaiveDate};
use std::collections::HashSet;

/// The offset of the civil day promises are counted by: wallets keep UTC+8 wherever the machine is.
const CHINA: i32 = 8 * 3600;

/// The civil date of `now` at +08:00.
pub fn today(now: Moment) -> NaiveDate {
    match FixedOffset::east_opt(CHINA) {
        Some(offset) => now.with_timezone(&offset).date_naive(),
        None => now.date_naive(),
    }
}

/// The promise an event holds.
pub(crate) fn promise_of(event: &Event) -> Option<&Promise> {
    match &event.happening {
        Happening::Called { promise, .. } | Happening::Answered { promise, .. } => promise.as_ref(),
        _ => None,
    }
}

/// Whether the other side heard of the case through this event. A call in which nothing was said and
/// nothing noted reached no one.
fn reached(event: &Event) -> bool {
    match &event.happening {
        Happening::Called { agent, ticket, said, promise, .. } => {
            promise.is_some() || [agent, ticket, said].iter().any(|text| !text.trim().is_empty())
        }
        Happening::Sent { .. } | Happening::Answered { .. } => true,
        _ => false,
    }
}

/// Whether the case is closed: the last of closing and reopening counts.
pub fn is_closed(case: &Case) -> bool {
    let last = case.events.iter().rev().find_map(|event| match event.happening {
        Happening::Closed { .. } => Some(true),
        Happening::Reopened => Some(false),
        _ => None,
    });
    last.unwrap_or(false)
}

/// The events since the case was last closed: closing voids the promises before it.
fn current(case: &Case) -> &[Event] {
    let closed = case.events.iter().rposition(|event| matches!(event.happening, Happening::Closed { .. }));
    &case.events[closed.map_or(0, |at| at + 1)..]
}

/// The events whose promises were resolved, kept or not.
fn resolved(events: &[Event]) -> HashSet<EventId> {
    events
        .iter()
        .filter_map(|event| match event.happening {
            Happening::PromiseResolved { event, .. } => Some(event),
            _ => None,
        })
        .collect()
}

/// The promises still open and the events that hold them, in the order they were made. A closed case
/// has none.
pub(crate) fn open_promises(case: &Case) -> Vec<(EventId, &Promise)> {
    if is_closed(case) {
        return Vec::new();
    }
    let resolved = resolved(&case.events);
    current(case)
        .iter()
        .filter(|event| !resolved.contains(&event.id))
        .filter_map(|event| Some((event.id, promise_of(event)?)))
        .collect()
}

/// The promises still open, the nearest first. A closed case has none.
pub fn deadlines(case: &Case, now: Moment) -> Vec<Deadline> {
    let today = today(now);
    let mut open: Vec<Deadline> = open_promises(case)
        .into_iter()
        .map(|(event, promise)| Deadline {
            case: case.id,
            event,
            promise: promise.clone(),
            days_left: (promise.due - today).num_days(),
        })
        .collect();
    open.sort_by_key(|deadline| (deadline.promise.due, deadline.event));
    open
}

/// Where the case stands. The most pressing open promise decides; with none open, a promise that was
/// broken and not followed up counts as overdue.
pub fn status(case: &Case, now: Moment) -> CaseStatus {
    if is_closed(case) {
        return CaseStatus::Closed;
    }
    if let Some(nearest) = deadlines(case, now).first() {
        return match nearest.days_left {
            ..=-1 => CaseStatus::Overdue,
            0 => CaseStatus::DueToday,
            1.. => CaseStatus::Waiting,
        };
    }
    let events = current(case);
    let Some(last_contact) = events.iter().rposition(reached) else { return CaseStatus::ToCall };
    let broken_since = events[last_contact..]
        .iter()
        .any(|event| matches!(event.happening, Happening::PromiseResolved { kept: false, .. }));
    if broken_since { CaseStatus::Overdue } else { CaseStatus::Told }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::tests::{a_case, called, event, moment};
    use crate::case::{Outcome, Trouble};

    fn with(happenings: Vec<Happening>) -> Case {
        let mut case = a_case(Trouble::DuplicateCharge);
        case.events =
            happenings.into_iter().enumerate().map(|(at, what)| event(at as i64 + 1, what)).collect();
        case
    }
    fn closed() -> Happening {
        Happening::Closed { outcome: Outcome::Refused, recovered: None }
    }
    fn resolve(event: i64, kept: bool) -> Happening {
        Happening::PromiseResolved { event: EventId(event), kept }
    }
    fn status_on(case: &Case, now: &str) -> CaseStatus {
        status(case, moment(now))
    }

    #[test]
    fn a_fresh_case_is_to_be_called_and_an_unanswered_call_does_not_change_that() {
        assert_eq!(status_on(&with(vec![]), "2026-11-22T10:00:00+08:00"), CaseStatus::ToCall);
        let unanswered = Happening::Called {
            provider: "alipay".into(),
            line: "main".into(),
            seconds: 40,
            agent: String::new(),
            ticket: String::new(),
            said: " ".into(),
            promise: None,
        };
        assert_eq!(status_on(&with(vec![unanswered]), "2026-11-22T10:00:00+08:00"), CaseStatus::ToCall);
    }

    #[test]
    fn a_promise_waits_falls_due_and_goes_past_due() {
        let case = with(vec![called(Some("2026-11-24"))]);
        assert_eq!(status_on(&case, "2026-11-23T23:59:59+08:00"), CaseStatus::Waiting);
        assert_eq!(status_on(&case, "2026-11-24T00:00:00+08:00"), CaseStatus::DueToday);
        assert_eq!(status_on(&case, "2026-11-25T00:00:00+08:00"), CaseStatus::Overdue);
        assert_eq!(deadlines(&case, moment("2026-11-27T09:00:00+08:00"))[0].days_left, -3);
    }

    #[test]
    fn the_day_is_counted_at_plus_eight_wherever_the_machine_is() {
        let case = with(vec![called(Some("2026-11-24"))]);
        assert_eq!(status_on(&case, "2026-11-23T16:00:00+00:00"), CaseStatus::DueToday);
        assert_eq!(status_on(&case, "2026-11-23T15:59:59+00:00"), CaseStatus::Waiting);
    }

    #[test]
    fn a_kept_promise_leaves_the_case_told_and_a_broken_one_overdue_until_the_next_contact() {
        let now = "2026-11-22T10:00:00+08:00";
        let due = Some("2026-11-24");
        assert_eq!(status_on(&with(vec![called(due), resolve(1, true)]), now), CaseStatus::Told);
        assert_eq!(status_on(&with(vec![called(due), resolve(1, false)]), now), CaseStatus::Overdue);
        let followed_up = with(vec![called(due), resolve(1, false), called(None)]);
        assert_eq!(status_on(&followed_up, now), CaseStatus::Told);
    }

    #[test]
    fn the_nearest_of_several_promises_decides() {
        let case = with(vec![called(Some("2026-12-01")), called(Some("2026-11-22")), called(None)]);
        let now = moment("2026-11-22T10:00:00+08:00");
        assert_eq!(status(&case, now), CaseStatus::DueToday);
        let days: Vec<i64> = deadlines(&case, now).iter().map(|deadline| deadline.days_left).collect();
        assert_eq!(days, [0, 9]);
    }

    #[test]
    fn closing_voids_open_promises_and_reopening_starts_again_with_a_call() {
        let now = "2026-11-30T10:00:00+08:00";
        let case = with(vec![called(Some("2026-11-24")), closed()]);
        assert_eq!(status_on(&case, now), CaseStatus::Closed);
        assert!(deadlines(&case, moment(now)).is_empty());
        let case = with(vec![called(Some("2026-11-24")), closed(), Happening::Reopened]);
        assert_eq!(status_on(&case, now), CaseStatus::ToCall);
        assert!(deadlines(&case, moment(now)).is_empty());
        let case = with(vec![called(None), closed(), Happening::Reopened, called(Some("2026-12-02"))]);
        assert_eq!(status_on(&case, now), CaseStatus::Waiting);
        let case = with(vec![closed(), Happening::Reopened, closed()]);
        assert_eq!(status_on(&case, now), CaseStatus::Closed);
    }
}
