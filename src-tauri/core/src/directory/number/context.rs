//! What the words around digits say of them: a number to call, a caller, an amount, a code, an order number.

/// What digits are, by the words around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The text asks to call it, or names it as the caller.
    Meant,
    /// Nothing is said.
    Unsaid,
    /// The tail of a card.
    Tail,
    /// An amount, a code, an order number, somebody's account: no phone number.
    Otherwise,
}

/// Words before a number that is to be called, or that called.
const CALLS: [&str; 24] = [
    "致电",
    "拨打",
    "回电",
    "回拨",
    "联系",
    "咨询",
    "电话",
    "热线",
    "客服",
    "专线",
    "来电",
    "主叫",
    "打给",
    "拨",
    "call",
    "dial",
    "phone",
    "tel",
    "contact",
    "hotline",
    "from",
    "caller",
    "发件人",
    "发送方",
];

/// Words before digits that are no phone number.
const OTHERWISE: [&str; 34] = [
    "验证码",
    "校验码",
    "动态码",
    "动态密码",
    "随机码",
    "授权码",
    "提取码",
    "口令",
    "订单",
    "订单号",
    "交易号",
    "单号",
    "编号",
    "流水号",
    "工号",
    "卡号",
    "账号",
    "帐号",
    "账户",
    "余额",
    "金额",
    "人民币",
    "rmb",
    "cny",
    "积分",
    "身份证",
    "邮编",
    "qq",
    "微信号",
    "微信",
    "群",
    "code",
    "order",
    "otp",
];

/// Words before the last digits of a card.
const TAILS: [&str; 6] = ["尾号", "末四位", "后四位", "尾数", "ending in", "ends in"];

/// What stands between such a word and its digits.
const BETWEEN: [&str; 14] =
    ["号码", "号", "为", "是", "：", ":", "，", "(", "no.", "no", "#", "请", "is", "】"];

/// What follows an amount, a count or a date.
const COUNTS: [char; 12] = ['元', '块', '万', '%', '年', '月', '日', '点', '时', '分', '笔', '次'];

/// What digits between `before` and `after` are.
pub(super) fn of(before: &[char], after: &[char]) -> Place {
    if after.first().is_some_and(|c| COUNTS.contains(c)) {
        return Place::Otherwise;
    }
    let head: String =
        before[before.len().saturating_sub(16)..].iter().flat_map(|c| c.to_lowercase()).collect();
    let mut head = head.trim_end();
    if head.ends_with(['¥', '￥', '$', '€', '£']) {
        return Place::Otherwise;
    }
    loop {
        let ends = |words: &[&str]| words.iter().any(|word| ends_in(head, word));
        if ends(&TAILS) {
            return Place::Tail;
        }
        if ends(&OTHERWISE) {
            return Place::Otherwise;
        }
        if ends(&CALLS) {
            return Place::Meant;
        }
        let Some(word) = BETWEEN.iter().find(|word| ends_in(head, word)) else { return Place::Unsaid };
        head = head[..head.len() - word.len()].trim_end();
    }
}

/// A Latin word counts only whole: `no` does not end in `piano`.
fn ends_in(head: &str, word: &str) -> bool {
    let Some(rest) = head.strip_suffix(word) else { return false };
    let latin = word.starts_with(|c: char| c.is_ascii_alphabetic());
    !latin || !rest.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Stands where a date, a time or an amount stood; joins nothing.
const BLANK: char = '\u{E001}';

/// Takes dates (`2026-11-22`), times (`10:23`) and amounts (`1,234.50`) out of a text: their digits are no
/// number to call.
pub(super) fn blank_dates_and_amounts(chars: &mut [char]) {
    let mut at = 0;
    while at < chars.len() {
        let begins = chars[at].is_ascii_digit() && (at == 0 || !chars[at - 1].is_ascii_digit());
        let length =
            if begins { stretch(&chars[at..], at.checked_sub(1).map(|before| chars[before])) } else { 0 };
        if length > 0 {
            chars[at..at + length].fill(BLANK);
        }
        at += length.max(1);
    }
}

/// How many characters a date, a time or an amount takes here; 0 where there is none.
fn stretch(chars: &[char], before: Option<char>) -> usize {
    [date(chars), time(chars), amount(chars, before)].into_iter().max().unwrap_or(0)
}

/// Length of a group of digits, and what stands behind it.
fn group(chars: &[char]) -> (usize, Option<char>) {
    let length = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    (length, chars.get(length).copied())
}

fn value(chars: &[char]) -> u32 {
    chars.iter().filter_map(|c| c.to_digit(10)).fold(0, |value, digit| value * 10 + digit)
}

fn date(chars: &[char]) -> usize {
    let (4, Some(mark @ ('-' | '/' | '.'))) = group(chars) else { return 0 };
    let (month, Some(second)) = group(&chars[5..]) else { return 0 };
    if second != mark || !(1..=2).contains(&month) {
        return 0;
    }
    let (day, _) = group(&chars[6 + month..]);
    let real = (1900..2100).contains(&value(&chars[..4]))
        && (1..=12).contains(&value(&chars[5..5 + month]))
        && (1..=2).contains(&day)
        && (1..=31).contains(&value(&chars[6 + month..6 + month + day]));
    if real { 6 + month + day } else { 0 }
}

fn time(chars: &[char]) -> usize {
    let (hour @ 1..=2, Some(':')) = group(chars) else { return 0 };
    let (2, behind) = group(&chars[hour + 1..]) else { return 0 };
    if value(&chars[..hour]) > 24 || value(&chars[hour + 1..hour + 3]) > 59 {
        return 0;
    }
    match behind {
        Some(':') if group(&chars[hour + 4..]).0 == 2 => hour + 6,
        _ => hour + 3,
    }
}

fn amount(chars: &[char], before: Option<char>) -> usize {
    let (mut length, mut behind) = group(chars);
    if length > 9 || before.is_some_and(|c| matches!(c, '.' | '-' | '+')) {
        return 0;
    }
    let mut grouped = false;
    while behind == Some(',') && length <= 12 {
        let (3, next) = group(&chars[length + 1..]) else { break };
        (length, behind, grouped) = (length + 4, next, true);
    }
    if behind == Some('.') {
        let (cents, next) = group(&chars[length + 1..]);
        let ends = !next.is_some_and(|c| matches!(c, '.' | '-'));
        // 95017.2 may be a number and a key: cents have two digits there.
        if (cents == 2 || cents == 1 && length < 5) && ends {
            return length + 1 + cents;
        }
    }
    if grouped { length } else { 0 }
}
