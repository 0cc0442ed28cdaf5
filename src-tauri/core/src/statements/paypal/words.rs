//! PayPal's words: column names, what moves no money, what is half of a payment; English first, then the languages that
//! readers of such files name. Of Chinese and Japanese, the columns and some types stand in readers and in PayPal's own list
//! of events; the rest is worded like those.

use crate::ledger::Direction;

pub(super) const DATE: &[&str] = &["Date", "Datum", "Fecha", "Data", "日期", "日付"];
pub(super) const TIME: &[&str] =
    &["Time", "Uhrzeit", "Tijd", "Heure", "Hora", "Ora", "Orario", "时间", "時間", "時刻"];
pub(super) const ZONE: &[&str] = &[
    "TimeZone",
    "Time Zone",
    "Zeitzone",
    "Tijdzone",
    "Fuseau horaire",
    "Zona horaria",
    "Fuso orario",
    "时区",
    "時區",
    "タイムゾーン",
];
pub(super) const NAME: &[&str] =
    &["Name", "Naam", "Nom", "Nombre", "Nome", "名称", "姓名", "名稱", "名前", "氏名"];
pub(super) const TYPE: &[&str] = &["Type", "Typ", "Tipo", "类型", "類型", "タイプ", "種類"];
pub(super) const STATUS: &[&str] =
    &["Status", "État", "Estado", "Stato", "状态", "狀態", "ステータス", "状態"];
pub(super) const DESCRIPTION: &[&str] = &[
    "Description",
    "Beschreibung",
    "Omschrijving",
    "Descripción",
    "Descrizione",
    "说明",
    "描述",
    "說明",
    "説明",
];
pub(super) const CURRENCY: &[&str] =
    &["Currency", "Währung", "Valuta", "Devise", "Divisa", "币种", "货币", "幣別", "幣種", "貨幣", "通貨"];
pub(super) const GROSS: &[&str] = &[
    "Gross",
    "Brutto",
    "Bruto",
    "Avant commission",
    "Lordo",
    "Amount",
    "总额",
    "總額",
    "総額",
    "純売上高",
    "合計",
];
pub(super) const FEE: &[&str] = &[
    "Fee",
    "Fees",
    "Gebühr",
    "Entgelt",
    "Kosten",
    "Commission",
    "Comisión",
    "Tarifa",
    "Tariffa",
    "费用",
    "手续费",
    "費用",
    "手續費",
    "手数料",
];
pub(super) const NET: &[&str] = &["Net", "Netto", "Neto", "净额", "淨額", "正味", "純額", "合計"];
pub(super) const BALANCE: &[&str] = &["Balance", "Guthaben", "Saldo", "Solde", "余额", "餘額", "残高"];
pub(super) const FROM: &[&str] = &[
    "From Email Address",
    "Absender E-Mail-Adresse",
    "Van e-mailadres",
    "De l'adresse email",
    "Adresse email de l'expéditeur",
    "Correo electrónico del remitente",
    "Indirizzo email mittente",
    "发件人邮箱地址",
    "付款人邮箱地址",
    "寄件者電子郵件地址",
    "寄件人電子郵件地址",
    "送信者メールアドレス",
    "差出人メールアドレス",
];
pub(super) const TO: &[&str] = &[
    "To Email Address",
    "Empfänger E-Mail-Adresse",
    "Naar e-mailadres",
    "À l'adresse email",
    "Correo electrónico del destinatario",
    "Indirizzo email destinatario",
    "收件人邮箱地址",
    "收款人邮箱地址",
    "收件者電子郵件地址",
    "收件人電子郵件地址",
    "宛先メールアドレス",
    "受取人メールアドレス",
];
pub(super) const NUMBER: &[&str] = &[
    "Transaction ID",
    "Transaktionscode",
    "Transactiereferentie",
    "Transactie-ID",
    "Numéro de transaction",
    "Id. de transacción",
    "Codice transazione",
    "交易号",
    "交易编号",
    "交易代碼",
    "交易編號",
    "取引ID",
];
pub(super) const RECEIPT: &[&str] =
    &["Receipt ID", "Empfangsnummer", "收据号", "收据编号", "收據號碼", "收據編號", "受領書番号", "領収書ID"];
pub(super) const REFERENCE: &[&str] = &[
    "Reference Txn ID",
    "Zugehöriger Transaktionscode",
    "Referentie transactie-ID",
    "Numéro de la transaction de référence",
    "Id. de transacción de referencia",
    "Codice transazione di riferimento",
    "参考交易号",
    "参考交易编号",
    "參考交易代碼",
    "參考交易編號",
    "リファレンス取引ID",
    "参照取引ID",
];
pub(super) const INVOICE: &[&str] = &[
    "Invoice Number",
    "Invoice ID",
    "Rechnungsnummer",
    "Factuurnummer",
    "Identifiant de facture",
    "Numéro de facture",
    "Número de factura",
    "N. fattura pro-forma",
    "账单号",
    "账单编号",
    "帳單號碼",
    "帳單編號",
    "請求書番号",
];
pub(super) const ITEM: &[&str] = &[
    "Item Title",
    "Artikelbezeichnung",
    "Titre de l'objet",
    "Título del artículo",
    "Titolo oggetto",
    "物品名称",
    "物品标题",
    "商品名稱",
    "物品名稱",
    "商品名",
    "商品タイトル",
];
pub(super) const SUBJECT: &[&str] =
    &["Subject", "Betreff", "Onderwerp", "Objet", "Asunto", "Oggetto", "主题", "主題", "主旨", "件名"];
pub(super) const NOTE: &[&str] =
    &["Note", "Hinweis", "Opmerking", "Remarque", "Nota", "Messaggio", "备注", "備註", "備考"];
pub(super) const BANK: &[&str] = &[
    "Bank Name",
    "Name der Bank",
    "Nom de la banque",
    "Nombre del banco",
    "Nome banca",
    "银行名称",
    "銀行名稱",
    "銀行名",
];
pub(super) const BANK_ACCOUNT: &[&str] = &[
    "Bank Account",
    "Bankkonto",
    "Compte bancaire",
    "Cuenta bancaria",
    "Conto bancario",
    "银行账户",
    "銀行帳戶",
    "銀行口座",
];
pub(super) const IMPACT: &[&str] = &[
    "Balance Impact",
    "Auswirkung auf Guthaben",
    "Effect op saldo",
    "Impact sur le solde",
    "Impacto en el saldo",
    "Impatto sul saldo",
    "余额影响",
    "引起余额变动",
    "对余额的影响",
    "餘額影響",
    "對餘額的影響",
    "残高への影響",
];

/// A word that is not here leaves the sign to say the direction.
pub(super) const IMPACTS: &[(&str, Direction)] = &[
    ("Debit", Direction::Out),
    ("Credit", Direction::In),
    ("Memo", Direction::Neutral),
    ("Soll", Direction::Out),
    ("Haben", Direction::In),
    ("Débit", Direction::Out),
    ("Crédit", Direction::In),
    ("Débito", Direction::Out),
    ("Crédito", Direction::In),
    ("Addebito", Direction::Out),
    ("Accredito", Direction::In),
    ("借记", Direction::Out),
    ("借方", Direction::Out),
    ("借記", Direction::Out),
    ("贷记", Direction::In),
    ("贷方", Direction::In),
    ("貸記", Direction::In),
    ("貸方", Direction::In),
    ("备忘", Direction::Neutral),
    ("備忘", Direction::Neutral),
    ("备忘录", Direction::Neutral),
    ("備忘錄", Direction::Neutral),
    ("メモ", Direction::Neutral),
];

/// Those of them that say no money moved.
pub(super) const NOTES: &[&str] = &["Memo", "备忘", "備忘", "备忘录", "備忘錄", "メモ"];

/// Money is reserved, not paid.
pub(super) const HOLD: &[&str] = &[
    "Authorization",
    "Authorisation",
    "Account Hold",
    "Payment Hold",
    "Review Hold",
    "Payment Release",
    "Reserve Hold",
    "Reserve Release",
    "Hold on ",
    " of Hold",
    "Autorisierung",
    "Einbehaltung",
    "Autorisation",
    "Suspension temporaire",
    "uspension de compte",
    "冻结",
    "凍結",
    "放款",
    "留存准备金",
    "普通授权",
    "一般授权",
    "账户保留",
    "一般授權",
    "帳戶保留",
    "付款保留",
    "支払いの保留",
    "支払い保留",
    "一時保留",
    "オーソリ",
];
pub(super) const CONVERSION: &[&str] = &[
    "Currency Conversion",
    "Währungsumrechnung",
    "aluta-omrekening",
    "alutaomrekening",
    "Conversion de devise",
    "onversión de divisa",
    "onversione di valuta",
    "货币兑换",
    "币种兑换",
    "货币转换",
    "貨幣兌換",
    "幣別兌換",
    "貨幣轉換",
    "幣別轉換",
    "通貨換算",
    "通貨の換算",
    "通貨変換",
    "通貨両替",
];
/// From the bank account or the card into the balance.
pub(super) const FUNDING: &[&str] = &[
    "Bank Deposit",
    "Card Deposit",
    "Add Funds",
    "Bankgutschrift",
    "reditkarten-Gutschrift",
    // Seen in exports that several readers name, with their English pairs.
    "Gutschrift auf Kreditkarte",
    "ACH-Überweisung als Zahlungsquelle",
    "ankstorting",
    "Virement bancaire sur",
    // Not seen in any export: worded like the one above.
    "Virement bancaire vers",
    "Ingreso bancario",
    "ersamento bancario",
    "银行存款",
    "卡存款",
    "银行账户存款",
    "卡充值",
    "銀行存款",
    "信用卡存款",
    "卡片存款",
    "カードの入金",
    "カードからの入金",
    "カード入金",
    "銀行からの入金",
    "銀行口座からの入金",
    "銀行入金",
];
pub(super) const WITHDRAWAL: &[&str] = &[
    "Withdrawal",
    "Withdraw Funds",
    "Transfer to Bank",
    "Abbuchung auf",
    "eingeleitete Abbuchung",
    "Allgemeine Abbuchung",
    "Abhebung",
    "opname",
    "Retirada",
    "Prelievo",
    "提现",
    "提現",
    "提领",
    "提領",
    "转账至银行",
    "轉帳至銀行",
    "引き出し",
    "出金",
];
pub(super) const REFUND: &[&str] = &[
    "Refund",
    "Reversal",
    "Chargeback",
    "Rückzahlung",
    "Rückerstattung",
    "Rückbuchung",
    "erugbetaling",
    "emboursement",
    "eembolso",
    "imborso",
    "退款",
    "撤销",
    "撤銷",
    "退单",
    "退單",
    "返金",
    "払い戻し",
    "取り消し",
    "チャージバック",
];
pub(super) const FEES: &[&str] =
    &["Fee", "Fees", "Gebühr", "费用", "手续费", "争议费", "退单费", "費用", "手續費", "爭議費", "手数料"];
/// Without an item these are between persons.
pub(super) const BETWEEN_PERSONS: &[&str] = &[
    "General Payment",
    "Mobile Payment",
    "Allgemeine Zahlung",
    "Handyzahlung",
    "普通付款",
    "一般付款",
    "移动支付",
    "移动付款",
    "行動付款",
    "一般支払い",
    "通常の支払い",
    "モバイル支払い",
];
