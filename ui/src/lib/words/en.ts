// Must have the type of zh.ts: a missing string is a type error.
import type { Words } from "./zh";
import { call } from "./en/call";
import { cases } from "./en/cases";
import { general } from "./en/general";
import { directory } from "./en/directory";
import { door } from "./en/door";
import { flags } from "./en/flags";
import { home } from "./en/home";
import { imports } from "./en/imports";
import { ledger } from "./en/ledger";
import { mapping } from "./en/mapping";
import { report } from "./en/report";
import { settings } from "./en/settings";
import { trash } from "./en/trash";

export const en: Words = { call, cases, general, directory, door, flags, home, imports, ledger, mapping, report, settings, trash };
