import type { KyselyPlugin } from "kysely";
import { draftCall } from "~/features/funding/call-draft.server";
import { issueCall } from "~/features/funding/commands.server";
import { loadViewer } from "~/services/actor.server";
import { systemClock } from "~/services/clock.server";
import { openDatabase } from "~/services/db.server";
import type { CommandContext } from "~/services/gate.server";
import { dayOf } from "../../support/database";

/** A process of its own that issues a call; told a table, it dies when it is about to write there. */
const [file = "", networkId = "", personId = "", fatalTable = ""] = process.argv.slice(2);

const dieThere: KyselyPlugin = {
  transformQuery: ({ node }) => {
    const table = node.kind === "InsertQueryNode" ? (node.into?.table.identifier.name ?? "") : "";
    if (table.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) === fatalTable)
      process.kill(process.pid, "SIGKILL");
    return node;
  },
  transformResult: async ({ result }) => result,
};

const day = dayOf("2026-09-01");
const plain = openDatabase(file);
const viewer = await loadViewer(plain, personId, day);
if (!viewer) throw new Error("No such person");
const context: CommandContext = {
  db: plain.withPlugin(dieThere),
  clock: { now: () => new Date("2026-09-01T08:00:00Z"), newId: systemClock.newId },
  networkId: networkId as CommandContext["networkId"],
  actor: viewer,
};
const request = { callId: "appel-1", year: 2026, leftIds: [], issuedOn: day, intact: new Set<string>() };
const { fingerprint } = await draftCall(plain, context.networkId, request);
const decision = await issueCall(context, { cle: "appel-1", year: 2026, leftIds: [], fingerprint: fingerprint ?? "" });
if (!decision.ok) throw new Error(decision.refusal.kind);
