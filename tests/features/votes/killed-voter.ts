import type { KyselyPlugin } from "kysely";
import { castVote } from "~/features/votes/commands.server";
import type { SeatId } from "~/domain/kernel/ids";
import { loadViewer } from "~/services/actor.server";
import { systemClock } from "~/services/clock.server";
import { openDatabase } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";
import { dayOf } from "../../support/database";

/** A process of its own that votes; told « kill », it dies when the ballot is written and its act is not. */
const [file = "", networkId = "", personId = "", seatId = "", fate = ""] = process.argv.slice(2);

const dieBeforeTheAct: KyselyPlugin = {
  transformQuery: ({ node }) => {
    const table = node.kind === "InsertQueryNode" ? node.into?.table.identifier.name : undefined;
    if (table === "registerEntry" || table === "register_entry") process.kill(process.pid, "SIGKILL");
    return node;
  },
  transformResult: async ({ result }) => result,
};

const db = openDatabase(file);
const viewer = await loadViewer(db, personId, dayOf("2026-09-01"));
if (!viewer) throw new Error("No such person");
const context: CommandContext = {
  db: fate === "kill" ? db.withPlugin(dieBeforeTheAct) : db,
  clock: { now: () => new Date("2026-09-01T17:00:00Z"), newId: systemClock.newId },
  networkId: networkId as CommandContext["networkId"],
  actor: viewer,
};
const decision = await castVote(context, "seance-1", "scrutin-1", { seatId: seatId as SeatId, choice: "for" });
if (!decision.ok) throw new Error(decision.refusal);
