/** How good a passphrase is: by length and variety, with no rule about kinds of characters. */
export type Strength = "empty" | "short" | "weak" | "fair" | "strong";

/** A rough count of bits: a Han character counts about twice a Latin one; a character met again counts little. */
export function strength(passphrase: string): Strength {
  const letters = [...passphrase];
  if (letters.length === 0) return "empty";
  let bits = 0;
  const met = new Set<string>();
  let before = -1;
  for (const letter of letters) {
    const point = letter.codePointAt(0) ?? 0;
    const step = Math.abs(point - before) <= 1;
    bits += met.has(letter) || step ? 1 : point > 0x2e7f ? 8 : 4;
    met.add(letter);
    before = point;
  }
  const han = letters.filter((letter) => (letter.codePointAt(0) ?? 0) > 0x2e7f).length;
  if (letters.length + han < 8) return "short";
  return bits < 36 ? "weak" : bits < 56 ? "fair" : "strong";
}
