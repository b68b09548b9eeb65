export type FaultKind = "busy" | "full" | "too-large" | "other";

export type LostForm = {
  readonly path: string;
  readonly fields: ReadonlyArray<readonly [string, string]>;
  readonly fault: FaultKind;
};

/** What the server hands to every loader and action of one request. */
export type RequestContext = {
  /** Allows this response's own scripts, and no other, to run. */
  readonly nonce: string;
  /** Address of the client, for rate limits only. */
  readonly clientAddress: string;
  /** A write that a fault stopped, handed to the page that gives the text back. */
  readonly lostForm?: LostForm;
  /** Tells the server what kind of fault ended this request. */
  readonly report?: (fault: FaultKind) => void;
  /** Work that several loaders of one request share, done once. */
  readonly memo: Map<string, Promise<unknown>>;
};

declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
  // Declaration merging asks for an interface, with nothing of its own.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface AppLoadContext extends RequestContext {}
}

/** Computes a value once per request, whoever asks first. */
export function oncePerRequest<Value>(
  context: RequestContext,
  key: string,
  compute: () => Promise<Value>,
): Promise<Value> {
  const known = context.memo.get(key);
  if (known) return known as Promise<Value>;
  const made = compute();
  context.memo.set(key, made);
  return made;
}
