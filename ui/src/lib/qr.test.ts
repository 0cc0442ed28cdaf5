import { expect, it } from "vitest";
import { readQr } from "./qr";

it("reads the side and the path of a code", () => {
  expect(readQr("29|M0 0h1v1h-1z")).toEqual({ size: 29, path: "M0 0h1v1h-1z" });
});
it("draws nothing that is not a code", () => {
  for (const text of ["", "29", "|M0 0", "0|M0 0", "x|M0 0", "29|<svg>", "29|url(#a)", "99999|M0 0"]) expect(readQr(text)).toBeNull();
});
