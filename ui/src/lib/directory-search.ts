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
  const names = [provider.id, provider.name.zh, provider.name.en, ...provider.aliases, ...provider.legal]
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
