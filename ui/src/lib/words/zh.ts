// The truth of what the window says. One file a page, so that two people can write at the same time.
import { call } from "./zh/call";
import { cases } from "./zh/cases";
import { general } from "./zh/general";
import { directory } from "./zh/directory";
import { door } from "./zh/door";
import { flags } from "./zh/flags";
import { home } from "./zh/home";
import { imports } from "./zh/imports";
import { ledger } from "./zh/ledger";
import { mapping } from "./zh/mapping";
import { report } from "./zh/report";
import { settings } from "./zh/settings";
import { trash } from "./zh/trash";

export const zh = { call, cases, general, directory, door, flags, home, imports, ledger, mapping, report, settings, trash };
export type Words = typeof zh;
