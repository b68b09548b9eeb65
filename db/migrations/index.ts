import type { Migration } from "kysely";
import * as actionPlan from "./0008-action-plan";
import * as indicators from "./0003-indicators";
import * as money from "./0002-money";
import * as releases from "./0004-releases";
import * as library from "./0009-library";
import * as agreements from "./0007-agreements";
import * as figures from "./0005-figures";
import * as needsAnalysis from "./0006-needs-analysis";
import * as committeeAndMeetings from "./0001-committee-and-meetings";

/** The explicit list, in order: a migration that is not here does not exist. */
export const migrations: Record<string, Migration> = {
  "0001-committee-and-meetings": committeeAndMeetings,
  "0002-money": money,
  "0003-indicators": indicators,
  "0004-releases": releases,
  "0005-figures": figures,
  "0007-agreements": agreements,
  "0008-action-plan": actionPlan,
  "0009-library": library,
  "0006-needs-analysis": needsAnalysis,
};
