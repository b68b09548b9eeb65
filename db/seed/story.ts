import { createHash } from "node:crypto";
import type { Decision } from "../../app/domain/kernel/decision";
import type { NetworkId, PersonId, SeatId } from "../../app/domain/kernel/ids";
import { readParisClock, type LocalDateTime } from "../../app/domain/kernel/paris-time";
import { loadViewer } from "../../app/services/actor.server";
import { today, type Clock } from "../../app/services/clock.server";
import type { Db } from "../../app/services/db.server";
import type { CommandContext } from "../../app/services/gate.server";
import type { PlaceKey } from "./blain";

/** A clock that the story sets: each act of the demonstration is recorded as if on its day. Identities come from their order. */
export class StoryClock implements Clock {
  #now: Date;
  #made = 0;
  constructor(now: Date) {
    this.#now = now;
  }
  readonly now = (): Date => this.#now;
  readonly newId = (): string => {
    this.#made += 1;
    return createHash("sha256").update(`demonstration ${this.#made}`).digest("base64url").slice(0, 20);
  };
  moveTo(local: LocalDateTime): void {
    this.#now = readParisClock(local).instant;
  }
  passMinutes(minutes: number): void {
    this.#now = new Date(this.#now.getTime() + minutes * 60_000);
  }
}

/** @throws Error with the refusal: the demonstration must obey the same rules as everybody */
export function must<Value, Refusal>(decision: Decision<Value, Refusal>): Value {
  if (decision.ok) return decision.value;
  throw new Error(`The demonstration was refused: ${JSON.stringify(decision.refusal)}`);
}

/** What a command needs when this person acts, with the rights that they have that day. */
export async function actAs(db: Db, clock: Clock, networkId: NetworkId, personId: PersonId): Promise<CommandContext> {
  const actor = await loadViewer(db, personId, today(clock));
  if (!actor) throw new Error(`Nobody to act: ${personId}`);
  return { db, clock, networkId, actor };
}

/** What the tellers of the story share. */
export type Stage = {
  readonly db: Db;
  readonly clock: StoryClock;
  readonly networkId: NetworkId;
  readonly seats: ReadonlyMap<PlaceKey, SeatId>;
  readonly titulars: ReadonlyMap<PlaceKey, PersonId>;
  readonly secretaryId: PersonId;
  /** Where the files that people add are kept. Null: the story adds none. */
  readonly folder: string | null;
};
