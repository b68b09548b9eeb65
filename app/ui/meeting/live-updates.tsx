import { Link, useNavigation, useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

const DEBOUNCE_MS = 60;

type LiveUpdatesProps = {
  /** Address of the server-sent events. */
  readonly source: string;
  /** Address of this page, to ask for it again without a script. */
  readonly here: string;
  /** The sentences that matter now; when they change, the change is read aloud. */
  readonly headlines: readonly string[];
};

/**
 * Asks for the page again after every act of the meeting, and reads aloud what has become true. Nothing takes the focus, nothing typed is
 * lost. Without a script there is the link, and a reload shows the same.
 */
export function LiveUpdates({ source, here, headlines }: LiveUpdatesProps) {
  const { revalidate } = useRevalidator();
  const isIdle = useNavigation().state === "idle";
  const [changes, setChanges] = useState(0);
  const shown = useRef(0);
  const [link, setLink] = useState<"none" | "live" | "lost">("none");
  const [announcement, setAnnouncement] = useState("");
  const known = useRef(headlines);

  useEffect(() => {
    const events = new EventSource(source);
    let waiting: ReturnType<typeof setTimeout> | undefined;
    events.addEventListener("change", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => setChanges((count) => count + 1), DEBOUNCE_MS);
    });
    events.addEventListener("open", () => setLink("live"));
    events.addEventListener("error", () => setLink("lost"));
    return () => {
      clearTimeout(waiting);
      events.close();
    };
  }, [source]);

  // Asking again while a form is on its way would cut its answer short.
  useEffect(() => {
    if (!isIdle || shown.current === changes) return;
    shown.current = changes;
    // A newer navigation may cut this one short: the page it leads to shows the same.
    Promise.resolve(revalidate()).catch(() => undefined);
  }, [isIdle, changes, revalidate]);

  const digest = headlines.join(" ");
  useEffect(() => {
    const before = new Set(known.current);
    const news = headlines.filter((headline) => !before.has(headline));
    known.current = headlines;
    if (news.length > 0) setAnnouncement(news.join(" "));
    // Compared by text: the list itself is new at every answer of the server.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [digest]);

  return (
    <div className="live-updates screen-only">
      <p className="visually-hidden" aria-live="polite">
        {announcement}
      </p>
      <p className="small soft">
        {link === "live" && "Cette page suit la séance en direct. "}
        {link === "lost" && "Liaison interrompue, nouvel essai en cours. "}
        <Link to={here} preventScrollReset>
          Actualiser
        </Link>
      </p>
    </div>
  );
}
