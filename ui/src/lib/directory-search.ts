// Finding a provider in the directory by name, alias, company or number.
import type { Provider, ProviderKind } from "./bindings";
import { digits } from "./spoken";

/** The groups of the directory, in the order they are shown. */
export const GROUPS = ["wallets", "banks", "public"] as const;
export type Group = (typeof GROUPS)[number];

export const groupOf = (kind: ProviderKind): Group =>
  kind === "bank" ? "banks" : kind === "public-line" ? "public" : "wallets";

/** Whether every word of `query` is found in one of the provider's names or numbers. */
export function matches(provider: Provider, query: string): boolean {
  if (billed(provider, query)) return true;
  const names = [provider.id, provider.name.zh, provider.name.en, ...provider.aliases, ...provider.former, ...provider.legal, ...provider.bill]
    .join("\n")
    .toLowerCase();
  const numbers = [...provider.hotlines, ...provider.claims, ...provider.calls_from].map((n) => digits(n.number));
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
    .every((word) => {
      const number = digits(word);
      const asNumber = /^[\d+()-]+$/.test(word) && number.length >= 3;
      return names.includes(word) || (asNumber && numbers.some((known) => known.includes(number)));
    });
}

/** Whether `query` is a line of a card's bill that begins with one of the provider's names there: 财付通-某商户. */
function billed(provider: Provider, query: string): boolean {
  const line = query.normalize("NFKC").trim().toUpperCase();
  return [...provider.bill, ...provider.legal].some((name) => {
    const head = name.normalize("NFKC").toUpperCase();
    return line.startsWith(head) && (provider.legal.includes(name) || /^[\s\-*(~<>_:/]/.test(line.slice(head.length)));
  });
}
