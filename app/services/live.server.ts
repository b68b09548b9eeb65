import { EventEmitter } from "node:events";

/** What happened in this process since it started, told to whoever listens: live meetings and the cache of public pages. */
const emitter = new EventEmitter();
emitter.setMaxListeners(0);

let publicVersion = 1;

/** Counts up whenever something that the public may read has changed. */
export function currentPublicVersion(): number {
  return publicVersion;
}

export function announcePublicChange(): void {
  publicVersion += 1;
}

export function announceMeetingChange(meetingId: string): void {
  emitter.emit(`meeting:${meetingId}`);
}

export function onMeetingChange(meetingId: string, listener: () => void): () => void {
  const event = `meeting:${meetingId}`;
  emitter.on(event, listener);
  return () => emitter.off(event, listener);
}

export function countLiveListeners(): number {
  return (
    emitter.eventNames().reduce((total, name) => total + emitter.listenerCount(name), 0) - emitter.listenerCount("stop")
  );
}

/** Asks every open stream to end, so that the process can stop. */
export function closeLiveStreams(): void {
  emitter.emit("stop");
}

const HEARTBEAT_MS = 20_000;

/**
 * A stream of server-sent events for one meeting: « change » at once and then after every committed act.
 * The event carries no data: the page asks for itself again, with its own rights.
 */
export function meetingEventStream(meetingId: string, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let sequence = 0;
      const send = (text: string): void => controller.enqueue(encoder.encode(text));
      const tell = (): void => send(`id: ${(sequence += 1)}\nevent: change\ndata: {}\n\n`);
      send("retry: 2000\n\n");
      tell();
      const off = onMeetingChange(meetingId, tell);
      const heartbeat = setInterval(() => send(": heartbeat\n\n"), HEARTBEAT_MS);
      const end = (): void => {
        stop();
        try {
          controller.close();
        } catch {
          // The reader has closed the stream already.
        }
      };
      stop = () => {
        off();
        clearInterval(heartbeat);
        emitter.off("stop", end);
        signal.removeEventListener("abort", end);
      };
      emitter.on("stop", end);
      signal.addEventListener("abort", end);
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
      "Content-Encoding": "identity",
    },
  });
}
