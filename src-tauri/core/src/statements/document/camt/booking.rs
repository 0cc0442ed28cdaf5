//! One `Ntry`: what was booked, alone or told in its parts (`TxDtls`).

use super::super::xml::Node;
use super::super::{entry, when};
use super::{money, signed};
use crate::ledger::{Direction, Kind, Mark, Moment};
use crate::money::{Currency, Money};
use crate::statements::{Draft, Parsed, Reason};

/// Values kept of one entry as it stood.
const RAW: usize = 120;

type Unread = (&'static str, Reason);

/// Reads an entry into rows of `parsed`, and answers what was booked as a whole.
pub(super) fn read(
    node: &Node,
    row: u32,
    currency: Option<Currency>,
    parsed: &mut Parsed,
) -> Result<Money, Unread> {
    let booked = signed(node, currency).ok_or((
        if matches!(node.text("CdtDbtInd"), "CRDT" | "DBIT") { "Amt" } else { "CdtDbtInd" },
        Reason::BadAmount,
    ))?;
    let at = when::iso(day_text(node), when::zone_of(booked.currency)).ok_or(("BookgDt", Reason::BadTime))?;
    let parts: Vec<&Node> = node.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
    let amounts = amounts_of(&parts, booked);
    if parts.len() > 1
        && let Some(amounts) = amounts
    {
        for (part, amount) in parts.iter().zip(amounts) {
            parsed.rows.push(draft(node, Some(part), row, at, amount));
        }
        return Ok(booked);
    }
    if parts.len() > 1 {
        // The parts do not make up the entry: what was booked is the entry.
        entry::problem(parsed, row, "TxDtls", Reason::TotalsDiffer);
        parsed.rows.push(draft(node, None, row, at, booked));
    } else {
        parsed.rows.push(draft(node, parts.first().copied(), row, at, booked));
    }
    Ok(booked)
}

/// The values of an entry as they stand.
pub(super) fn raw(node: &Node) -> Vec<String> {
    let mut raw = Vec::new();
    node.flat(&mut raw, RAW);
    raw
}

/// The amounts of the parts, where each has one in the entry's currency and together they make it up.
fn amounts_of(parts: &[&Node], booked: Money) -> Option<Vec<Money>> {
    let mut amounts = Vec::with_capacity(parts.len());
    let mut sum = 0_i64;
    for part in parts {
        let node = part
            .at("Amt")
            .or_else(|| part.at("AmtDtls/TxAmt/Amt"))
            .or_else(|| part.at("AmtDtls/InstdAmt/Amt"))?;
        let found = money(node, Some(booked.currency)).filter(|found| found.currency == booked.currency)?;
        let out = match part.text("CdtDbtInd") {
            "DBIT" => true,
            "CRDT" => false,
            _ => booked.minor < 0,
        };
        let found = Money::new(if out { -found.minor } else { found.minor }, found.currency);
        sum = sum.checked_add(found.minor)?;
        amounts.push(found);
    }
    (sum == booked.minor).then_some(amounts)
}

/// The day of booking, or where there is none yet, of value.
fn day_text(node: &Node) -> &str {
    node.first(&["BookgDt/DtTm", "BookgDt/Dt", "ValDt/DtTm", "ValDt/Dt"])
}

fn draft(node: &Node, part: Option<&Node>, row: u32, at: Moment, signed: Money) -> Draft {
    let mut raw = Vec::new();
    match part {
        // The parts of a batch are rows of their own; each keeps the entry's head and its own part.
        Some(part) if signed.minor != 0 => {
            for child in node.children.iter().filter(|child| child.name != "NtryDtls") {
                child.flat(&mut raw, RAW);
            }
            part.flat(&mut raw, RAW);
        }
        _ => node.flat(&mut raw, RAW),
    }
    let new = if day_text(node).contains('T') { entry::draft } else { entry::on_day };
    let mut draft = new(row, at, signed, &raw);
    let empty = Node::default();
    let part = part.unwrap_or(&empty);
    // A return (RtrInf) takes back a payment as a reversal does.
    let reversal = matches!(node.text("RvslInd"), "true" | "1") || part.at("RtrInf").is_some();
    // A reversal names the parties as they were the first time.
    let paid = (draft.direction == Direction::Out) != reversal;
    let told = parties(part, paid);
    // Some name them the other way round all the same.
    let (name, account) = if reversal && told.0.is_empty() { parties(part, !paid) } else { told };
    draft.counterparty = entry::joined([name]);
    draft.counterparty_account = account.to_owned();
    let told = part.all("RmtInf").flat_map(|info| {
        let structured = info.all("Strd").map(|strd| strd.text("CdtrRefInf/Ref"));
        info.all("Ustrd").map(|ustrd| ustrd.text.as_str()).chain(structured)
    });
    draft.item = entry::joined(told);
    draft.memo = entry::joined([part.text("AddtlTxInf"), node.text("AddtlNtryInf")]);
    let code = |node: &Node| {
        let domain = [
            node.text("BkTxCd/Domn/Cd"),
            node.text("BkTxCd/Domn/Fmly/Cd"),
            node.text("BkTxCd/Domn/Fmly/SubFmlyCd"),
        ];
        let code = domain.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        if code.is_empty() { node.text("BkTxCd/Prtry/Cd").to_owned() } else { code }
    };
    draft.category = Some(code(part)).filter(|code| !code.is_empty()).unwrap_or_else(|| code(node));
    draft.status = node.first(&["Sts/Cd", "Sts/Prtry", "Sts"]).to_owned();
    let own = part.first(&["Refs/AcctSvcrRef", "Refs/TxId", "Refs/InstrId"]);
    let whole = node.text("AcctSvcrRef");
    draft.order_no = if own.is_empty() { whole } else { own }.to_owned();
    let end_to_end = part.text("Refs/EndToEndId");
    if !matches!(end_to_end, "NOTPROVIDED" | "NOT PROVIDED") {
        end_to_end.clone_into(&mut draft.merchant_order_no);
    }
    mean(&mut draft, reversal);
    entry::heed_words(&mut draft, false);
    draft
}

/// Name and account of the other side; `paid`: the user is the debtor.
fn parties(part: &Node, paid: bool) -> (&str, &str) {
    if paid {
        let names = [
            "RltdPties/UltmtCdtr/Pty/Nm",
            "RltdPties/UltmtCdtr/Nm",
            "RltdPties/Cdtr/Pty/Nm",
            "RltdPties/Cdtr/Nm",
            "RltdPties/TradgPty/Pty/Nm",
            "RltdPties/TradgPty/Nm",
        ];
        (part.first(&names), part.first(&["RltdPties/CdtrAcct/Id/IBAN", "RltdPties/CdtrAcct/Id/Othr/Id"]))
    } else {
        let names = [
            "RltdPties/UltmtDbtr/Pty/Nm",
            "RltdPties/UltmtDbtr/Nm",
            "RltdPties/Dbtr/Pty/Nm",
            "RltdPties/Dbtr/Nm",
        ];
        (part.first(&names), part.first(&["RltdPties/DbtrAcct/Id/IBAN", "RltdPties/DbtrAcct/Id/Othr/Id"]))
    }
}

fn mean(draft: &mut Draft, reversal: bool) {
    let has = |words: &[&str]| draft.category.split('-').any(|code| words.contains(&code));
    let (out, none) = (draft.direction == Direction::Out, draft.direction == Direction::Neutral);
    draft.kind = match draft.status.as_str() {
        "PDNG" | "FUTR" => Kind::Pending,
        "INFO" => Kind::Other,
        _ if none => Kind::Other,
        _ if reversal && out => Kind::Other,
        _ if reversal => Kind::Refund,
        _ if has(&["CHRG", "FEES", "COMM"]) => {
            if out {
                Kind::Fee
            } else {
                Kind::Refund
            }
        }
        _ if has(&["INTR"]) => {
            if out {
                Kind::Fee
            } else {
                Kind::Income
            }
        }
        _ if has(&["CWDL"]) && out => Kind::Withdrawal,
        _ if has(&["CCRD", "MCRD"]) => {
            if out {
                Kind::Purchase
            } else {
                Kind::Refund
            }
        }
        _ if has(&["SALA"]) => Kind::Income,
        _ if has(&["ICDT", "RCDT"]) => {
            if out {
                Kind::TransferOut
            } else {
                Kind::TransferIn
            }
        }
        _ if out => Kind::Purchase,
        _ => Kind::Income,
    };
    match draft.status.as_str() {
        "INFO" => draft.direction = Direction::Neutral,
        "BOOK" | "PDNG" | "FUTR" | "" => {}
        _ => draft.marks.push(Mark::UnknownStatus),
    }
}
