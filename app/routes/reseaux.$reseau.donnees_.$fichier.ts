import type { LoaderFunctionArgs } from "@remix-run/node";
import type { Action } from "~/domain/access/permissions";
import type { NetworkId } from "~/domain/kernel/ids";
import { yearOf } from "~/domain/kernel/plain-date";
import { CALL_HEADING, tabulateCall } from "~/documents/funding-call";
import {
  tabulateBudget,
  tabulateLoans,
  tabulateRegistrations,
  tabulateStaffTime,
  tabulateSubsidies,
  type MoneyTable,
} from "~/documents/money-tables";
import { loadBudgetYear } from "~/features/budget/queries.server";
import { ACTOR_LABELS } from "~/features/events/messages.fr";
import { findAnnualDayPage } from "~/features/events/queries.server";
import { listCalls } from "~/features/funding/queries.server";
import { KIND_LABELS } from "~/features/in-kind/messages.fr";
import { loadMemo } from "~/features/in-kind/queries.server";
import { STANDING_LABELS } from "~/features/staff-time/messages.fr";
import { loadYear } from "~/features/staff-time/queries.server";
import { STATUS_LABELS } from "~/features/subsidies/messages.fr";
import { listSubsidies } from "~/features/subsidies/queries.server";
import { systemClock, today } from "~/services/clock.server";
import type { Db } from "~/services/db.server";
import { notFound, openMemberPage } from "~/services/gate.server";
import { answerTable, readTableName } from "~/services/money-table.server";

type Table = {
  readonly action: Action;
  readonly load: (db: Db, networkId: NetworkId, year: number) => Promise<MoneyTable>;
};

const TABLES: Readonly<Record<string, Table>> = {
  budget: {
    action: "budget.read",
    load: async (db, networkId, year) => {
      const budget = await loadBudgetYear(db, networkId, { year, date: today(systemClock) });
      return tabulateBudget(year, budget.lines, budget.gauge);
    },
  },
  appels: {
    action: "funding.read",
    load: async (db, networkId, year) => {
      const calls = (await listCalls(db, networkId)).filter((call) => call.year === year).toReversed();
      const tables = calls.map(({ snapshot, rank, statements }) => tabulateCall(snapshot, rank, statements));
      return { heading: CALL_HEADING, rows: tables.flatMap(({ rows }) => rows) };
    },
  },
  "temps-de-travail": {
    action: "staff-time.read",
    load: async (db, networkId, year) => {
      const { lines, organizations } = await loadYear(db, networkId, year);
      return tabulateStaffTime(
        lines.map(({ contest, standing, ...line }) => ({
          ...line,
          standing: STANDING_LABELS[standing],
          contest: contest && { by: organizations.get(contest.organizationId) ?? "", reason: contest.reason },
        })),
      );
    },
  },
  prets: {
    action: "in-kind.read",
    load: async (db, networkId, year) => {
      const { rows } = await loadMemo(db, networkId, year);
      return tabulateLoans(
        year,
        rows.map((row) => ({ ...row, kind: KIND_LABELS[row.kind] })),
      );
    },
  },
  inscriptions: {
    action: "event.read",
    load: async (db, networkId, year) => {
      const day = await findAnnualDayPage(db, networkId, year);
      return tabulateRegistrations(
        day,
        (day?.registrations ?? []).map(({ actorType, ...one }) => ({ ...one, actor: ACTOR_LABELS[actorType] })),
      );
    },
  },
  "demandes-de-subvention": {
    action: "subsidy.read",
    load: async (db, networkId, year) =>
      tabulateSubsidies(
        (await listSubsidies(db, networkId, year)).map((one) => ({ ...one, state: STATUS_LABELS[one.status] })),
      ),
  },
};

export async function loader(args: LoaderFunctionArgs) {
  const named = readTableName(args.params["fichier"] ?? "");
  const table = named && TABLES[named.key];
  if (!named || !table) throw notFound();
  const { network, command } = await openMemberPage(args, table.action);
  const asked = new URL(args.request.url).searchParams.get("annee") ?? "";
  const year = /^20\d\d$/.test(asked) ? Number(asked) : yearOf(today(systemClock));
  return answerTable(await table.load(command.db, network.id, year), { ...named, slug: network.slug, year });
}
