/** A QR code as the backend draws it: the side in modules, and an SVG path over that square. */
export type Qr = { size: number; path: string };

/** Reads `size|path`; `null` where it is anything else, so that nothing unexpected reaches the page. */
export function readQr(text: string): Qr | null {
  const cut = text.indexOf("|");
  if (cut < 1) return null;
  const size = Number(text.slice(0, cut));
  const path = text.slice(cut + 1);
  if (!Number.isInteger(size) || size < 1 || size > 400) return null;
  return /^[MmHhVvZzLl0-9 ,.-]+$/.test(path) ? { size, path } : null;
}
