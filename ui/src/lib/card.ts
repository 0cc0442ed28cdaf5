/** Whether a text holds what looks like a full card number: 13 to 19 digits that pass the Luhn check. */
export function holdsCardNumber(text: string): boolean {
  const runs = text.normalize("NFKC").match(/\d(?:[ -]?\d){12,18}/g) ?? [];
  return runs.some((run) => {
    const digits = [...run.replace(/\D/g, "")].reverse().map(Number);
    const sum = digits.reduce((total, digit, index) => {
      const value = index % 2 === 1 ? digit * 2 : digit;
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    return sum % 10 === 0;
  });
}
