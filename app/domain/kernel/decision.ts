/**
 * What a rule answers: the value it grants, or the reason why it refuses.
 * Refusals are values (a person can bring them about); faults are thrown.
 */
export type Decision<Value, Refusal> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };

export function grant<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refuse<Refusal>(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}

/** Makes the compiler prove that a union was handled whole. @throws Error when a value outside of the type arrives. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
