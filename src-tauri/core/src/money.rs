//! Integer minor units and a currency; never a float.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// An ISO 4217 alphabetic code, upper case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// The codes in use (ISO 4217), for text that may be something else.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
     CAD CDF CHF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ \
     GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD \
     LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR \
     PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY \
     TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

impl Currency {
    /// Renminbi, the currency of a statement that names none.
    pub const CNY: Self = Self(*b"CNY");
    /// The Hong Kong dollar, two decimals.
    pub const HKD: Self = Self(*b"HKD");
    /// The dollar of the United States.
    pub const USD: Self = Self(*b"USD");
    /// The Indian rupee.
    pub const INR: Self = Self(*b"INR");

    /// Reads three ASCII letters in any case.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.trim().as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Self(bytes.map(|b| b.to_ascii_uppercase())))
    }

    /// The currency a file means by a code, a sign or a name. `usual` settles the signs that several share:
    /// `$` in a file of Hong Kong dollars, `¥` in one of yen.
    pub fn named(text: &str, usual: Self) -> Option<Self> {
        let of = |code: &[u8; 3]| Some(Self(*code));
        let dollars: [&[u8; 3]; 8] = [b"USD", b"HKD", b"TWD", b"SGD", b"AUD", b"CAD", b"NZD", b"MXN"];
        match text.trim() {
            "¥" | "￥" if usual.0 == *b"JPY" => Some(usual),
            "¥" | "￥" | "元" | "RMB" | "人民币" | "人民币元" => of(b"CNY"),
            "$" if dollars.contains(&&usual.0) => Some(usual),
            "$" | "US$" | "美元" | "美金" => of(b"USD"),
            "HK$" | "港币" | "港元" | "港幣" => of(b"HKD"),
            "NT$" | "新台币" | "台币" => of(b"TWD"),
            "S$" | "新加坡元" | "新元" => of(b"SGD"),
            "A$" | "澳元" | "澳大利亚元" => of(b"AUD"),
            "C$" | "加元" | "加拿大元" => of(b"CAD"),
            "R$" => of(b"BRL"),
            "€" | "欧元" => of(b"EUR"),
            "£" | "英镑" => of(b"GBP"),
            "₹" | "Rs" | "Rs." => of(b"INR"),
            "円" | "日元" | "日圆" => of(b"JPY"),
            "₩" | "韩元" | "韩国元" => of(b"KRW"),
            "฿" | "泰铢" | "泰国铢" => of(b"THB"),
            "新西兰元" | "纽元" => of(b"NZD"),
            "卢布" | "俄罗斯卢布" => of(b"RUB"),
            "林吉特" => of(b"MYR"),
            "瑞典克朗" => of(b"SEK"),
            "丹麦克朗" => of(b"DKK"),
            "挪威克朗" => of(b"NOK"),
            "菲律宾比索" => of(b"PHP"),
            "越南盾" => of(b"VND"),
            "印尼卢比" | "印度尼西亚卢比" | "印尼盾" => of(b"IDR"),
            "阿联酋迪拉姆" => of(b"AED"),
            "科威特第纳尔" => of(b"KWD"),
            "₫" => of(b"VND"),
            "₱" => of(b"PHP"),
            "RM" | "马来西亚林吉特" => of(b"MYR"),
            "CHF" | "瑞士法郎" => of(b"CHF"),
            "澳门元" | "MOP$" => of(b"MOP"),
            "د.ا." | "د.ا" => of(b"JOD"),
            "د.ك." | "د.ك" => of(b"KWD"),
            other => Self::parse(other).filter(|currency| CODES.contains(currency.code())),
        }
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency is built from ASCII letters only")
    }

    /// How many decimal places its minor unit has (ISO 4217).
    pub fn decimals(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| D::Error::custom("a currency is three letters"))
    }
}

/// An amount of money. On the wire `{"amount":"12.34","currency":"CNY"}`: exact at every size, and
/// `Intl.NumberFormat` takes the string as it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Money {
    /// In minor units (fen, cents; yen have none).
    pub minor: i64,
    /// Of this currency.
    pub currency: Currency,
}

impl Money {
    /// `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// `minor` fen.
    pub const fn fen(minor: i64) -> Self {
        Self::new(minor, Currency::CNY)
    }

    /// Reads a plain decimal such as `12`, `-12.5`, `1234.56`: ASCII digits, at most one point. More
    /// decimals than the currency has are accepted only where they are zeros.
    pub fn from_decimal(text: &str, currency: Currency) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let decimals = currency.decimals() as usize;
        let (kept, beyond) = fraction.split_at(fraction.len().min(decimals));
        if beyond.bytes().any(|b| b != b'0') {
            return None;
        }
        let mut minor: i64 = 0;
        let padding = std::iter::repeat_n(b'0', decimals - kept.len());
        for digit in whole.bytes().chain(kept.bytes()).chain(padding) {
            minor = minor.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
        }
        Some(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// The plain decimal, with exactly the currency's decimals: `12.34`, `-0.05`, `1200` (JPY).
    pub fn decimal(&self) -> String {
        let scale = 10_u64.pow(self.currency.decimals());
        let sign = if self.minor < 0 { "-" } else { "" };
        let magnitude = self.minor.unsigned_abs();
        match self.currency.decimals() {
            0 => format!("{sign}{magnitude}"),
            places => {
                format!("{sign}{}.{:0width$}", magnitude / scale, magnitude % scale, width = places as usize)
            }
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.currency {
            Currency::CNY => write!(f, "¥{}", self.decimal()),
            other => write!(f, "{} {}", other, self.decimal()),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Wire {
    amount: String,
    currency: Currency,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            Wire { amount: self.decimal(), currency: self.currency }.serialize(serializer)
        } else {
            (self.minor, self.currency.0).serialize(serializer)
        }
    }
}
impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let wire = Wire::deserialize(deserializer)?;
            Self::from_decimal(&wire.amount, wire.currency)
                .ok_or_else(|| D::Error::custom("an amount is a plain decimal"))
        } else {
            let (minor, currency) = <(i64, [u8; 3])>::deserialize(deserializer)?;
            Ok(Self::new(minor, Currency(currency)))
        }
    }
}

impl ts_rs::TS for Money {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "Money".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "{ amount: string, currency: string }".into()
    }
    fn decl(config: &ts_rs::Config) -> String {
        format!("type Money = {};", Self::inline(config))
    }
    fn decl_concrete(config: &ts_rs::Config) -> String {
        Self::decl(config)
    }
    fn output_path() -> Option<std::path::PathBuf> {
        Some("Money.ts".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fen_survives_a_round_trip_at_both_ends_of_the_range() {
        for minor in [0, 1, 5, 10, 99, 100, 13_107_207, 123_456_789, 9_999_999_999, -12_345] {
            let money = Money::fen(minor);
            assert_eq!(Money::from_decimal(&money.decimal(), Currency::CNY), Some(money));
        }
        assert_eq!(Money::fen(13_107_207).decimal(), "131072.07");
    }

    #[test]
    fn yen_have_no_decimals_and_dinars_have_three() {
        let yen = Currency::parse("jpy").unwrap();
        assert_eq!(Currency::named("科威特第纳尔", Currency::CNY), Currency::parse("KWD"));
        assert_eq!(Currency::named("新西兰元", Currency::CNY), Currency::parse("NZD"));
        let dinar = Currency::parse("KWD").unwrap();
        assert_eq!(Money::from_decimal("1000.00", yen), Some(Money::new(1000, yen)));
        assert_eq!(Money::from_decimal("1.5", dinar).unwrap().decimal(), "1.500");
    }

    #[test]
    fn half_a_fen_and_nonsense_are_refused() {
        for text in ["", ".", "-", "1.005", "1,000", "1e3", "¥1", "1.2.3", "92233720368547758.08"] {
            assert_eq!(Money::from_decimal(text, Currency::CNY), None, "{text}");
        }
    }

    #[test]
    fn the_wire_carries_a_decimal_string() {
        let text = serde_json::to_string(&Money::fen(1234)).unwrap();
        assert_eq!(text, r#"{"amount":"12.34","currency":"CNY"}"#);
        assert_eq!(serde_json::from_str::<Money>(&text).unwrap(), Money::fen(1234));
    }
}
