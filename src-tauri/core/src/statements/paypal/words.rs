//! PayPal's words: column names, what moves no money, what is half of a payment; English first, then the languages that
//! readers of such files name.

use crate::ledger::Direction;

pub(super) const DATE: &[&str] = &["Date", "Datum", "Fecha", "Data"];
pub(super) const TIME: &[&str] = &["Time", "Uhrzeit", "Tijd", "Heure", "Hora", "Ora", "Orario"];
pub(super) const ZONE: &[&str] =
    &["TimeZone", "Time Zone", "Zeitzone", "Tijdzone", "Fuseau horaire", "Zona horaria", "Fuso orario"];
pub(super) const NAME: &[&str] = &["Name", "Naam", "Nom", "Nombre", "Nome"];
pub(super) const TYPE: &[&str] = &["Type", "Typ", "Tipo"];
pub(super) const STATUS: &[&str] = &["Status", "État", "Estado", "Stato"];
pub(super) const DESCRIPTION: &[&str] =
    &["Description", "Beschreibung", "Omschrijving", "Descripción", "Descrizione"];
pub(super) const CURRENCY: &[&str] = &["Currency", "Währung", "Valuta", "Devise", "Divisa"];
pub(super) const GROSS: &[&str] = &["Gross", "Brutto", "Bruto", "Avant commission", "Lordo", "Amount"];
pub(super) const FEE: &[&str] =
    &["Fee", "Fees", "Gebühr", "Entgelt", "Kosten", "Commission", "Comisión", "Tarifa", "Tariffa"];
pub(super) const NET: &[&str] = &["Net", "Netto", "Neto"];
pub(super) const BALANCE: &[&str] = &["Balance", "Guthaben", "Saldo", "Solde"];
pub(super) const FROM: &[&str] = &[
    "From Email Address",
    "Absender E-Mail-Adresse",
    "Van e-mailadres",
    "De l'adresse email",
    "Adresse email de l'expéditeur",
    "Correo electrónico del remitente",
    "Indirizzo email mittente",
];
pub(super) const TO: &[&str] = &[
    "To Email Address",
    "Empfänger E-Mail-Adresse",
    "Naar e-mailadres",
    "À l'adresse email",
    "Correo electrónico del destinatario",
    "Indirizzo email destinatario",
];
pub(super) const NUMBER: &[&str] = &[
    "Transaction ID",
    "Transaktionscode",
    "Transactiereferentie",
    "Transactie-ID",
    "Numéro de transaction",
    "Id. de transacción",
    "Codice transazione",
];
pub(super) const RECEIPT: &[&str] = &["Receipt ID", "Empfangsnummer"];
pub(super) const REFERENCE: &[&str] = &[
    "Reference Txn ID",
    "Zugehöriger Transaktionscode",
    "Referentie transactie-ID",
    "Numéro de la transaction de référence",
    "Id. de transacción de referencia",
    "Codice transazione di riferimento",
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
];
pub(super) const ITEM: &[&str] =
    &["Item Title", "Artikelbezeichnung", "Titre de l'objet", "Título del artículo", "Titolo oggetto"];
pub(super) const SUBJECT: &[&str] = &["Subject", "Betreff", "Onderwerp", "Objet", "Asunto", "Oggetto"];
pub(super) const NOTE: &[&str] = &["Note", "Hinweis", "Opmerking", "Remarque", "Nota", "Messaggio"];
pub(super) const BANK: &[&str] =
    &["Bank Name", "Name der Bank", "Nom de la banque", "Nombre del banco", "Nome banca"];
pub(super) const BANK_ACCOUNT: &[&str] =
    &["Bank Account", "Bankkonto", "Compte bancaire", "Cuenta bancaria", "Conto bancario"];
pub(super) const IMPACT: &[&str] = &[
    "Balance Impact",
    "Auswirkung auf Guthaben",
    "Effect op saldo",
    "Impact sur le solde",
    "Impacto en el saldo",
    "Impatto sul saldo",
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
];

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
];
pub(super) const CONVERSION: &[&str] = &[
    "Currency Conversion",
    "Währungsumrechnung",
    "aluta-omrekening",
    "alutaomrekening",
    "Conversion de devise",
    "onversión de divisa",
    "onversione di valuta",
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
];
pub(super) const FEES: &[&str] = &["Fee", "Fees", "Gebühr"];
/// Without an item these are between persons.
pub(super) const BETWEEN_PERSONS: &[&str] =
    &["General Payment", "Mobile Payment", "Allgemeine Zahlung", "Handyzahlung"];
