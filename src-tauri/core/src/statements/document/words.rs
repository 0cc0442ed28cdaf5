//! What the words of an entry say where its codes do not: a card that is repaid, cash, a fee, the holder's other account.
//! Banks write them in capitals or not, with any sign between; in these formats nothing else tells.

use crate::ledger::{Direction, Kind};
use crate::statements::Draft;

/// Words in a row; `*` at the end stands for the rest of a word.
type Words = &'static [&'static str];

/// A payment, in whatever words.
const PAID: Words =
    &["PAYMENT*", "PMT", "PMTS", "PYMT", "PAYMT", "BILL PAY", "BILLPAY", "ACH PMT", "EPAYMENT", "E PAYMENT"];
/// A payment that the payee collects, or that is made on a page of the payee's.
const BY_ITSELF: Words = &[
    "AUTOPAY*",
    "AUTO PAY*",
    "AUTOMATIC PAY*",
    "AUTOPMT",
    "AUTO PMT",
    "EPAY*",
    "E PAY*",
    "ONLINE PAY*",
    "ONLINE PMT",
    "WEB PAY*",
    "WEB PMT",
    "MOBILE PMT",
    "DIRECTPAY*",
    "BILL PAY*",
];
/// A credit card, or who does nothing but issue them.
const CARDS: Words = &[
    "CREDIT CARD*",
    "CREDITCARD*",
    "CREDIT CRD",
    "CR CARD",
    "CRCARD*",
    "CRCARDPMT",
    "CRD",
    "CARDMEMBER",
    "CARD SERVICES",
    "CARD SRVC",
    "APPLECARD",
    "APPLE CARD",
    "AMEX",
    "AMERICAN EXPRESS",
    "DISCOVER",
    "CITI CARD",
    "CITICARD",
    "CITICARDS",
    "BARCLAYCARD",
    "CAPITAL ONE",
    "SYNCHRONY",
];
/// Marks of cards that pay in shops as well.
const SCHEMES: Words = &["VISA", "MASTERCARD", "CARD", "CARDS", "CITI"];
/// These say it alone.
const REPAID: Words = &[
    "CRCARDPMT",
    "CCPYMT",
    "CC PAYMENT",
    "CC PYMT",
    "CC PMT",
    "PAYMENT TO CREDIT CARD",
    "KREDITKARTENABRECHNUNG*",
    "KREDITKARTEN ABRECHNUNG",
    "KREDITKARTE ABRECHNUNG",
    "ABRECHNUNG KREDITKARTE",
    "VISA ABRECHNUNG",
    "MASTERCARD ABRECHNUNG",
    "AUSGLEICH KREDITKARTE",
    "KREDITKARTENAUSGLEICH",
    "REGLEMENT CARTE DE CREDIT",
    "RÈGLEMENT CARTE DE CRÉDIT",
    "LIQUIDACION TARJETA",
    "LIQUIDACIÓN TARJETA",
    "PAGO TARJETA DE CREDITO",
    "PAGO TARJETA DE CRÉDITO",
    "PAGO TARJETA CREDITO",
    "ADDEBITO CARTA DI CREDITO",
    "SALDO CARTA DI CREDITO",
    "ADDEBITO SALDO CARTA",
    "AFREKENING CREDITCARD",
    "INCASSO CREDITCARD",
];
/// Cash, at a machine or a counter.
const CASH: Words = &[
    "ATM",
    "CASH WITHDRAWAL*",
    "WITHDRAWAL CASH",
    "CASH MACHINE",
    "CASHPOINT",
    "CASH W D",
    "COUNTER WITHDRAWAL",
    "BARGELDAUSZAHLUNG*",
    "BARGELDABHEBUNG*",
    "BARAUSZAHLUNG*",
    "GELDAUTOMAT*",
    "GA NR*",
    "GELDAUTOMAAT*",
    "GELDOPNAME*",
    "GELDMAAT",
    "GEA NR",
    "GEA BETAALPAS",
    "RETRAIT DAB",
    "RETRAIT GAB",
    "RETRAIT ESPECES",
    "RETRAIT ESPÈCES",
    "RETRAIT D ESPÈCES",
    "RETRAIT AU DISTRIBUTEUR",
    "CAJERO*",
    "RETIRADA EFECTIVO",
    "RETIRADA DE EFECTIVO",
    "RETIRADA CAJERO",
    "DISPOSICION EFECTIVO",
    "REINTEGRO*",
    "PRELIEVO*",
    "PRELEVAMENTO BANCOMAT",
    "WYPŁATA Z BANKOMATU",
    "WYPLATA Z BANKOMATU",
    "BANKOMAT*",
    "LEVANTAMENTO*",
    "SAQUE*",
];
/// Cash the other way.
const PAID_IN: Words = &[
    "CASH DEPOSIT*",
    "DEPOSIT CASH",
    "BAREINZAHLUNG*",
    "BARGELDEINZAHLUNG*",
    "VERSEMENT ESPECES",
    "VERSEMENT ESPÈCES",
    "INGRESO EFECTIVO",
    "INGRESO EN EFECTIVO",
    "VERSAMENTO CONTANTI",
    "STORTING CONTANT*",
];
/// A fee of the bank's own. A fee alone may be a school's or a club's.
const FEES: Words = &[
    "BANK FEE*",
    "BANK CHARGE*",
    "SERVICE CHARGE*",
    "SERVICE FEE",
    "MAINTENANCE FEE*",
    "ACCOUNT FEE*",
    "ATM FEE*",
    "OVERDRAFT FEE*",
    "OVERDRAFT CHARGE*",
    "WIRE FEE*",
    "WIRE TRANSFER FEE*",
    "FOREIGN TRANSACTION FEE*",
    "INTERNATIONAL TRANSACTION FEE*",
    "NON STERLING TRANSACTION FEE*",
    "FX FEE*",
    "NSF FEE*",
    "INSUFFICIENT FUNDS FEE*",
    "RETURNED ITEM FEE*",
    "CASH ADVANCE FEE*",
    "ANNUAL FEE*",
    "LATE FEE*",
    "LATE PAYMENT FEE*",
    "INTEREST CHARGE*",
    "FINANCE CHARGE*",
    "ENTGELT*",
    "KONTOFUEHRUNG*",
    "KONTOFÜHRUNG*",
    "KONTOENTGELT*",
    "ENTGELTABSCHLUSS",
    "GEBUEHR*",
    "GEBÜHR*",
    "BANKGEBUEHR*",
    "BANKGEBÜHR*",
    "FRAIS BANCAIRES",
    "FRAIS DE TENUE",
    "FRAIS TENUE",
    "COMMISSION D INTERVENTION",
    "COMISION MANTENIMIENTO",
    "COMISIÓN MANTENIMIENTO",
    "COMISION DE MANTENIMIENTO",
    "COMISIÓN DE MANTENIMIENTO",
    "CANONE MENSILE",
    "SPESE TENUTA CONTO",
    "COMMISSIONI BANCARIE",
    "BANKKOSTEN*",
    "KOSTEN BETAALREKENING",
    "KOSTEN BANKREKENING",
    "KOSTEN PAKKET",
];
/// Between the holder's own accounts.
const OWN: Words = &[
    "TRANSFER TO SAV*",
    "TRANSFER TO CHK",
    "TRANSFER TO CHECKING",
    "TRANSFER FROM SAV*",
    "TRANSFER FROM CHK",
    "TRANSFER FROM CHECKING",
    "TRANSFER TO OWN",
    "TRANSFER FROM OWN",
    "OWN ACCOUNT TRANSFER*",
    "INTERNAL TRANSFER",
    "EIGENUEBERTRAG*",
    "EIGENÜBERTRAG*",
    "UEBERTRAG EIGENES KONTO",
    "VIREMENT INTERNE",
    "TRASPASO*",
    "GIROCONTO*",
];
/// From person to person.
const PERSONS: Words = &["ZELLE"];
/// What a shop's line says of the card it was paid with.
const BOUGHT: Words = &["PURCHASE*", "POS", "DEBIT CARD", "CHECK CARD", "CHECKCARD", "CARD PAYMENT TO"];

/// The same in Chinese, where no sign parts words.
const REPAID_ZH: Words = &["还款", "還款", "信用卡付款", "信用卡缴款"];
const CASH_ZH: Words = &["取款", "取现", "提款", "現金提取"];
const FEES_ZH: Words = &["手续费", "手續費", "工本费", "短信费", "账户管理费", "信用卡年费"];

/// Sets the kind that the words tell, where the codes of the format left it at spending, or at money sent or come in.
/// Of a card, nothing that goes out repays it.
pub(super) fn heed(draft: &mut Draft, card: bool) {
    let out = match (draft.kind, draft.direction) {
        (Kind::Purchase | Kind::TransferOut, Direction::Out) => true,
        (Kind::Income | Kind::TransferIn, Direction::In) => false,
        _ => return,
    };
    let mut text = String::from(" ");
    for part in [&draft.category, &draft.counterparty, &draft.item, &draft.memo] {
        for word in part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            text.extend(word.chars().flat_map(char::to_uppercase));
            text.push(' ');
        }
        text.push_str("| ");
    }
    let has = |words: Words| words.iter().any(|words| holds(&text, words));
    let has_zh = |words: Words| words.iter().any(|word| text.contains(word));
    draft.kind = if has(OWN) || !out && has(PAID_IN) {
        Kind::OwnTransfer
    } else if !out {
        if has(PERSONS) { Kind::TransferIn } else { return }
    } else if has(FEES) || has_zh(FEES_ZH) {
        Kind::Fee
    } else if !card && (has_zh(REPAID_ZH) || has(REPAID) || !has(BOUGHT) && repays(&has)) {
        Kind::Repayment
    } else if has(CASH) || has_zh(CASH_ZH) {
        Kind::OwnTransfer
    } else if has(PERSONS) {
        Kind::TransferOut
    } else {
        return;
    };
}

/// Whether a card is named and that it was paid: a bill of water or light is paid by itself as well.
fn repays(has: &impl Fn(Words) -> bool) -> bool {
    has(CARDS) && (has(PAID) || has(BY_ITSELF))
        || has(SCHEMES) && has(BY_ITSELF)
        || has(&["PAYMENT TO"]) && has(&["CARD ENDING"])
}

/// Whether the text, in capitals, a blank around each word, has these words in a row.
fn holds(text: &str, words: &str) -> bool {
    let (words, open) = words.strip_suffix('*').map_or((words, false), |words| (words, true));
    text.match_indices(words)
        .any(|(at, _)| text[..at].ends_with(' ') && (open || text[at + words.len()..].starts_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Moment;
    use crate::money::Money;

    fn kind(text: &str, direction: Direction, card: bool) -> Kind {
        let at = Moment::parse_from_rfc3339("2026-03-01T00:00:00+00:00").unwrap();
        let mut draft = Draft::new(1, at, direction, Money::fen(100));
        draft.kind = if direction == Direction::Out { Kind::Purchase } else { Kind::Income };
        text.clone_into(&mut draft.counterparty);
        heed(&mut draft, card);
        draft.kind
    }

    #[test]
    fn a_card_that_is_repaid_cash_and_fees_are_told_by_their_words_and_nothing_else_is() {
        for (kind_of, texts) in [
            (
                Kind::Repayment,
                &[
                    "CHASE CREDIT CRD AUTOPAY",
                    "APPLECARD GSBANK PAYMENT",
                    "AMEX EPAYMENT ACH PMT",
                    "Discover E-PAYMENT",
                    "CAPITAL ONE ONLINE PMT",
                    "CAPITAL ONE CRCARDPMT",
                    "WF Credit Card AUTO PAY",
                    "BK OF AMER VISA ONLINE PMT",
                    "Payment to Chase card ending in 1234",
                    "CREDIT CARD PAYMENT",
                    "Kreditkartenabrechnung März",
                    "LIQUIDACIÓN TARJETA 03/26",
                    "信用卡还款",
                ][..],
            ),
            (
                Kind::OwnTransfer,
                &[
                    "ATM WITHDRAWAL HKATM 123",
                    "NON-NETWORK ATM 5TH AVE",
                    "Bargeldauszahlung GA NR00001",
                    "GEA   NR:5678CD Geldmaat",
                    "RETRAIT DAB PARIS",
                    "PRELIEVO BANCOMAT",
                    "Cash withdrawal",
                    "ATM取款",
                    "Online Transfer to SAV ...1234",
                ],
            ),
            (
                Kind::Fee,
                &[
                    "NON-CHASE ATM FEE-WITH",
                    "ENTGELT Kontofuehrung",
                    "MONTHLY SERVICE FEE",
                    "Overdraft fee",
                    "转账手续费",
                ],
            ),
            (Kind::TransferOut, &["ZELLE TO BOB"]),
            (
                Kind::Purchase,
                &[
                    "VERIZON AUTOPAY",
                    "COMCAST ONLINE PMT",
                    "DUKE ENERGY EPAY",
                    "Card payment Coffee Bar",
                    "VISA PAYMENT AMAZON",
                    "POS PURCHASE APPLE CARD STORE PAYMENT",
                    "DISCOVERY PLUS PAYMENT",
                    "CASHMERE SHOP",
                    "ATMOSPHERE BAR",
                    "SCHOOL FEE TERM 2",
                    "COFFEE HOUSE",
                    "PAYMENT AT SHOP CARD ENDING 1234",
                    "示例视频年费会员",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(kind(text, Direction::Out, false), kind_of, "{text}");
            }
        }
        assert_eq!(kind("CREDIT CARD AUTOPAY SERVICE", Direction::Out, true), Kind::Purchase);
        assert_eq!(kind("ANNUAL FEE", Direction::Out, true), Kind::Fee);
        assert_eq!(kind("ZELLE FROM AMY", Direction::In, false), Kind::TransferIn);
        assert_eq!(kind("ATM CASH DEPOSIT", Direction::In, false), Kind::OwnTransfer);
        assert_eq!(kind("ATM CHECK DEPOSIT", Direction::In, false), Kind::Income);
    }
}
