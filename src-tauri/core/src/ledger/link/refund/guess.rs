//! Refunds that name no payment: what looks like it, never against what is sure.

use super::super::cards::Card;
use super::super::marks::{Marks, Providers};
use super::super::party::{Party, in_front};
use super::super::{Clue, Found, Rule, Sureness};
use super::{LONGEST_WAIT, LOOKED_AT, Likeness, Linking, gives_money, item_of};
use crate::ledger::{Kind, Transaction};
use chrono::TimeDelta;
use std::collections::{HashMap, HashSet};

/// Up to so long after the payment, an only candidate is more than a possible one.
const USUAL_WAIT: TimeDelta = TimeDelta::days(60);

/// What a guessing rule compares beside provider, party and currency.
struct Guess {
    rule: Rule,
    clues: Clue,
    /// The amount a payment waits under: what its status still owes a row for, or what was paid. `None` where
    /// any part of it may come back.
    whole: bool,
    /// The payment's status must still owe this much.
    stated: bool,
    /// The item must be the same.
    item: bool,
    /// The method must be the same.
    method: bool,
    /// Of several candidates none is taken.
    only: bool,
    /// For refunds that name a wallet and no shop: the wallet must be the same.
    front: bool,
}

const GUESSES: [Guess; 7] = [
    Guess {
        rule: Rule::StatedAmount,
        clues: Clue::STATED.and(Clue::PARTY),
        whole: true,
        stated: true,
        item: false,
        method: false,
        only: false,
        front: false,
    },
    Guess {
        rule: Rule::StatedAmount,
        clues: Clue::STATED.and(Clue::PARTY),
        whole: false,
        stated: true,
        item: false,
        method: false,
        only: true,
        front: false,
    },
    Guess {
        rule: Rule::SameItem,
        clues: Clue::PARTY.and(Clue::ITEM).and(Clue::AMOUNT),
        whole: true,
        stated: false,
        item: true,
        method: false,
        only: false,
        front: false,
    },
    Guess {
        rule: Rule::PartyMethodAmount,
        clues: Clue::PARTY.and(Clue::METHOD).and(Clue::AMOUNT),
        whole: true,
        stated: false,
        item: false,
        method: true,
        only: false,
        front: false,
    },
    Guess {
        rule: Rule::SameItem,
        clues: Clue::PARTY.and(Clue::ITEM),
        whole: false,
        stated: false,
        item: true,
        method: false,
        only: true,
        front: false,
    },
    Guess {
        rule: Rule::PartyAmount,
        clues: Clue::PARTY.and(Clue::AMOUNT),
        whole: true,
        stated: false,
        item: false,
        method: false,
        only: true,
        front: false,
    },
    Guess {
        rule: Rule::PartyAmount,
        clues: Clue::NAMED.and(Clue::AMOUNT),
        whole: true,
        stated: false,
        item: false,
        method: false,
        only: true,
        front: true,
    },
];

/// A row that a guess may take, and whom it was paid to.
#[derive(Clone, Copy)]
struct Seen<'a> {
    place: usize,
    party: Party<'a>,
    /// The wallets that a bank's line names.
    fronts: Providers,
}

impl<'a> Seen<'a> {
    fn of(rows: &'a [Transaction], place: usize, marks: &Marks) -> Self {
        let row = &rows[place];
        let party = Party::of(row, marks);
        let fronts = if matches!(party, Party::Named(_)) { 0 } else { in_front(row, marks) };
        Self { place, party, fronts }
    }

    /// The party under which a rule looks for it, where the row says enough.
    fn under(&self, guess: &Guess, row: &Transaction) -> Option<Party<'a>> {
        if guess.front {
            let refund_of_a_shop = row.kind == Kind::Refund && !matches!(self.party, Party::Front(_));
            return (self.fronts != 0 && !refund_of_a_shop).then_some(Party::Front(self.fronts));
        }
        let said = match guess.item {
            true => item_of(row).chars().count() >= 2 && !matches!(self.party, Party::Front(_)),
            false => self.party.is_somebody(),
        };
        said.then_some(self.party)
    }
}

impl<'a> Linking<'a> {
    /// Links refunds that name no payment. Those that another source shows as well are left to it where it
    /// has the answer.
    pub fn by_guess(&mut self, twins: &[Found]) {
        let mirrored: HashSet<usize> =
            twins.iter().filter(|twin| twin.rule == Rule::SameRefund).map(|twin| twin.to).collect();
        let (later, now): (Vec<usize>, Vec<usize>) =
            self.open.iter().copied().partition(|refund| mirrored.contains(refund));
        self.open = now;
        self.guess();
        if !later.is_empty() {
            let unlinked = std::mem::replace(&mut self.open, later);
            self.through(twins);
            self.guess();
            self.open.extend(unlinked);
        }
    }

    fn guess(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let places = self.worth_a_look();
        for guess in &GUESSES {
            self.walk(guess, &places);
        }
    }

    /// The open refunds and the rows that some rule may take for their payments, in time order: few of many.
    fn worth_a_look(&self) -> Vec<Seen<'a>> {
        let rows = self.rows;
        let amounts: HashSet<i64> = self.open.iter().map(|&refund| rows[refund].amount.minor).collect();
        let providers: HashSet<&str> =
            self.open.iter().map(|&refund| rows[refund].provider.as_str()).collect();
        let items: HashSet<&str> = self.open.iter().map(|&refund| item_of(&rows[refund])).collect();
        let worth = |row: &Transaction| {
            row.kind == Kind::Refund
                || (gives_money(row)
                    && (row.refunded.minor > 0
                        || amounts.contains(&row.amount.minor)
                        || (!item_of(row).is_empty() && items.contains(item_of(row))))
                    && providers.contains(row.provider.as_str()))
        };
        let seen = self.order.iter().copied().filter(|&place| worth(&rows[place]));
        seen.map(|place| Seen::of(rows, place, self.marks)).collect()
    }

    /// One walk through time: payments wait under what a refund would have to say, and a refund looks at
    /// those that wait, the latest first.
    fn walk(&mut self, guess: &Guess, places: &[Seen<'a>]) {
        if self.open.is_empty() {
            return;
        }
        let rows = self.rows;
        let open: HashSet<usize> = self.open.drain(..).collect();
        let key = |seen: &Seen<'a>, amount: i64| {
            let row = &rows[seen.place];
            Some(key(guess, row, seen.under(guess, row)?, amount))
        };
        let sought = |seen: &Seen<'a>| key(seen, rows[seen.place].amount.minor);
        let mut wanted: HashSet<Likeness<'a>> = HashSet::with_capacity(open.len());
        wanted.extend(places.iter().filter(|seen| open.contains(&seen.place)).filter_map(sought));
        let mut waiting: HashMap<Likeness<'a>, Vec<usize>> = HashMap::new();
        for seen in places {
            let (place, row) = (seen.place, &rows[seen.place]);
            if open.contains(&place) {
                let stack = sought(seen).and_then(|under| waiting.get_mut(&under));
                match stack.and_then(|stack| self.choose(guess, seen, stack)) {
                    Some((payment, sure)) => self.take(place, payment, guess.rule, guess.clues, sure),
                    None => self.open.push(place),
                }
            } else if gives_money(row) {
                let owed = if guess.stated { self.owed(place) } else { row.amount.minor };
                if owed > 0
                    && let Some(under) = key(seen, owed).filter(|under| wanted.contains(under))
                {
                    waiting.entry(under).or_default().push(place);
                }
            }
        }
    }

    /// What the payment's status says came back and no row has explained.
    fn owed(&self, payment: usize) -> i64 {
        self.rows[payment].refunded.minor - self.returned.get(&payment).copied().unwrap_or(0)
    }

    /// Those of a stack that would do, the latest first. What has nothing left to give leaves the stack, so
    /// that it is passed once.
    fn waiting(&self, guess: &Guess, refund: usize, stack: &mut Vec<usize>) -> Vec<usize> {
        let row = &self.rows[refund];
        let mut few = Vec::new();
        let mut passed = 0;
        let mut place = stack.len();
        while place > 0 && passed < 2 * LOOKED_AT {
            place -= 1;
            let payment = stack[place];
            let left = if guess.stated { self.owed(payment) } else { self.left(payment) };
            if left <= 0 {
                stack.remove(place);
                continue;
            }
            if row.at - self.rows[payment].at > LONGEST_WAIT || few.len() == LOOKED_AT {
                break;
            }
            passed += 1;
            let enough = left >= row.amount.minor && self.left(payment) >= row.amount.minor;
            if enough && self.may_be_one_account(refund, payment) {
                few.push(payment);
            }
        }
        few
    }

    /// Whether the files and rows may speak of one account: a bank gives money back to the card it came from. A
    /// wallet may give it back another way.
    fn may_be_one_account(&self, refund: usize, payment: usize) -> bool {
        let both = [&self.rows[refund], &self.rows[payment]];
        let booked = self.marks.is_booked(&both[0].provider);
        let [a, b]: [Card; 2] = both.map(|row| self.cards.behind(row));
        !(booked && a.differs(b)) && self.cards.may_be_one(both[0], both[1])
    }

    /// The payment a refund takes of those that wait. Of several the one with the same item and method, then
    /// the latest; where the rule asks for an only one, none.
    fn choose(&self, guess: &Guess, refund: &Seen<'_>, stack: &mut Vec<usize>) -> Option<(usize, Sureness)> {
        let row = &self.rows[refund.place];
        let few = self.waiting(guess, refund.place, stack);
        let rank = |payment: usize| {
            let paid = &self.rows[payment];
            let item = !item_of(row).is_empty() && item_of(paid) == item_of(row);
            (item, paid.method == row.method)
        };
        let best = few.iter().map(|&payment| rank(payment)).max()?;
        let mut equals = few.iter().filter(|&&payment| rank(payment) == best);
        let latest = *equals.next()?;
        let rivals = equals.count();
        if guess.only && few.len() > 1 && (rivals > 0 || guess.rule == Rule::PartyAmount) {
            return None;
        }
        let soon = row.at - self.rows[latest].at <= USUAL_WAIT;
        // No name, or perhaps none, of the shop: nothing but an only payment not long ago, and that is a guess.
        let nameless = guess.front || matches!(refund.party, Party::Aside(_));
        if nameless && (few.len() > 1 || !soon) {
            return None;
        }
        let sure = match (few.len(), rivals) {
            _ if nameless => Sureness::Possible,
            (1, _) if soon && guess.rule != Rule::PartyAmount => Sureness::Likely,
            (_, 0) if guess.rule == Rule::StatedAmount => Sureness::Likely,
            _ => Sureness::Possible,
        };
        Some((latest, sure))
    }
}

/// What a row is found under.
fn key<'a>(guess: &Guess, row: &'a Transaction, party: Party<'a>, amount: i64) -> Likeness<'a> {
    let third = match guess {
        Guess { item: true, .. } => item_of(row),
        Guess { method: true, .. } => row.method.trim(),
        _ => "",
    };
    (&row.provider, party, third, row.amount.currency, if guess.whole { amount } else { 0 })
}
