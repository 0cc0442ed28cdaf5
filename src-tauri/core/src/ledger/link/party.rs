//! Whom a row was paid to, behind the wallet that a bank writes in front: 对方户名 is the wallet's company for every
//! shop, and the shop stands in another field, if anywhere.

use super::likeness::Pieces;
use super::marks::{Marks, Named, Providers, Role};
use crate::ledger::{Kind, Transaction};

/// Whom a row was paid to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Party<'a> {
    /// As the file calls it; empty where it does not.
    Named(&'a str),
    /// The shop behind a wallet's name, whatever else the text says.
    Shop(u64),
    /// What another field says beside the wallet's name: a shop, or a word of the bank.
    Aside(u64),
    /// A wallet, or who takes payments for shops, and nobody behind.
    Front(Providers),
}

impl<'a> Party<'a> {
    /// Of a row; what a wallet's own file calls the party is the party.
    pub fn of(row: &'a Transaction, marks: &Marks) -> Self {
        let party = party_of(row);
        if marks.role(&row.provider) == Some(Role::Wallet) {
            return Self::Named(party);
        }
        let texts = [party, &row.item, &row.memo, &row.category].map(|text| (text, marks.named(text)));
        let in_front = |named: &Named| named.taker || marks.fronts(named.all) != 0;
        let Some((_, front)) = texts.iter().find(|(_, named)| in_front(named)) else {
            return Self::Named(party);
        };
        if !party.is_empty() && !in_front(&texts[0].1) {
            return Self::Named(party);
        }
        let mut fronts = texts.iter().filter(|(_, named)| in_front(named));
        if let Some(shop) = fronts.find_map(|(text, named)| behind(text, *named, marks)) {
            return Self::Shop(shop);
        }
        let mut others = texts[1..3].iter().filter(|(_, named)| !in_front(named));
        match others.find_map(|(text, named)| behind(text, *named, marks)) {
            Some(said) => Self::Aside(said),
            None => Self::Front(marks.fronts(front.all)),
        }
    }

    /// Whether it says who was paid.
    pub fn is_somebody(self) -> bool {
        !matches!(self, Self::Named("") | Self::Front(_))
    }
}

/// The wallets that a row's texts name.
pub(super) fn in_front(row: &Transaction, marks: &Marks) -> Providers {
    let texts = [&row.counterparty, &row.item, &row.memo, &row.category];
    marks.fronts(texts.into_iter().map(|text| marks.named(text)).fold(Named::default(), Named::and).all)
}

/// What a text says beside its first wallet: another wallet behind it may be the shop.
fn behind(text: &str, named: Named, marks: &Marks) -> Option<u64> {
    let first = if marks.fronts(named.first) != 0 { named.first } else { marks.fronts(named.all) };
    let others = named.all & !first;
    let pieces = Pieces::of(&[text], marks);
    if pieces.is_empty() && others == 0 {
        return None;
    }
    Some(pieces.digest() ^ (others as u64) ^ ((others >> 64) as u64).rotate_left(32))
}

/// Who gives the money back; a row may say it in its type alone (`青禾数码-退款`).
fn party_of(row: &Transaction) -> &str {
    match row.counterparty.trim() {
        "" | "/" if row.kind == Kind::Refund => row.category.strip_suffix("-退款").unwrap_or("").trim(),
        "" | "/" => "",
        named => named,
    }
}

#[cfg(test)]
mod tests {
    use super::super::twin::tests::row;
    use super::*;

    fn of(told: &str) -> (Transaction, &'static Marks) {
        (row(told), Marks::shipped())
    }

    #[test]
    fn the_shop_stands_behind_the_wallet_wherever_a_field_tells_it() {
        let marks = Marks::shipped();
        let told = [
            "1 icbc purchase out 3000 03-01 | 财付通 | 财付通-海底捞 |",
            "1 icbc refund in 3000 03-01 | 财付通-海底捞（退款） | |",
            "1 icbc purchase out 3000 03-01 | 财付通支付科技有限公司 | 财付通-微信支付-海底捞 20260301 |",
            "1 icbc purchase out 3000 03-01 | | 财付通-海底捞 |",
        ];
        let rows: Vec<Transaction> = told.iter().map(|told| row(told)).collect();
        let first = Party::of(&rows[0], marks);
        assert!(matches!(first, Party::Shop(_)));
        for row in &rows {
            assert_eq!(Party::of(row, marks), first, "{} {}", row.counterparty, row.item);
        }
        let (other, _) = of("1 icbc purchase out 3000 03-01 | 财付通 | 财付通-星巴克 |");
        assert_ne!(Party::of(&other, marks), first);
        let (food, _) = of("1 icbc purchase out 3000 03-01 | 财付通 | 财付通-美团 |");
        assert!(matches!(Party::of(&food, marks), Party::Shop(_)), "the wallet behind is the shop");
    }

    #[test]
    fn a_wallets_company_alone_is_nobody() {
        let marks = Marks::shipped();
        for company in [
            "财付通支付科技有限公司",
            "支付宝（中国）网络技术有限公司",
            "网银在线（北京）科技有限公司",
            "银联商务股份有限公司",
            "快钱支付有限公司",
        ] {
            let (row, _) = of(&format!("1 icbc purchase out 3000 03-01 | {company} | 快捷支付 |"));
            assert!(!Party::of(&row, marks).is_somebody(), "{company}");
        }
        let (row, _) = of("1 icbc purchase out 3000 03-01 | 财付通 | 某某路店 |");
        assert!(matches!(Party::of(&row, marks), Party::Aside(_)));
    }

    #[test]
    fn a_party_that_is_no_wallet_and_the_party_of_a_wallets_file_stand() {
        let marks = Marks::shipped();
        let (shop, _) = of("1 icbc purchase out 3000 03-01 | 海底捞 | 财付通-海底捞 |");
        assert_eq!(Party::of(&shop, marks), Party::Named("海底捞"));
        let (wallet, _) = of("1 wechat-pay purchase out 3000 03-01 | 美团 | |");
        assert_eq!(Party::of(&wallet, marks), Party::Named("美团"));
    }
}
