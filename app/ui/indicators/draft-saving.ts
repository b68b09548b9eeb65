import { useBeforeUnload, useBlocker, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";

/** What the portal answers to a draft. `refusal`: nothing is written any more, what was typed is set aside. */
export type DraftAnswer = { readonly refusal: string | null; readonly conflicts: number };

type Told = {
  readonly message: string;
  readonly refusal: string | null;
  /** Nothing could be sent: it is tried again. */
  readonly isStuck: boolean;
};

const QUIET_MS = 900;
const AGAIN_MS = 5_000;

const UNREACHABLE =
  "Le portail ne répond pas : ce que vous écrivez reste sur cette page. Ne la fermez pas, l’enregistrement reprendra dès que possible.";
const SIGNED_OUT =
  "Votre session est terminée. Cliquez sur « Enregistrer le brouillon » : après connexion, ce que vous avez écrit vous sera rendu.";
const OVERTAKEN = "Quelqu’un d’autre a saisi en même temps : enregistrez le brouillon pour voir la différence.";

/** Does a form hold anything else than what the page came with? */
function isTouched(form: HTMLFormElement): boolean {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
      return field.value !== field.defaultValue;
    return (
      field instanceof HTMLSelectElement && [...field.options].some((each) => each.selected !== each.defaultSelected)
    );
  });
}

/** Not sent as a form: a session that ended is told here, it must not put the page away for the sign-in page. */
async function send(address: string, form: HTMLFormElement): Promise<DraftAnswer | "unreachable" | "signed-out"> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify([...new FormData(form)]),
      redirect: "manual",
      keepalive: true,
    });
    if (response.type === "opaqueredirect") return "signed-out";
    return response.ok ? ((await response.json()) as DraftAnswer) : "unreachable";
  } catch {
    return "unreachable";
  }
}

/**
 * Sends the form by itself once typing pauses, and before the page is left; tries again when the portal can't be reached. The page keeps what is typed
 * whatever happens.
 */
export function useDraftSaving(address: string, isWritable: boolean) {
  const formRef = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isUnsaved = useRef(false);
  // One after the other: an older draft never arrives after a newer one.
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const [told, setTold] = useState<Told>({ message: "", refusal: null, isStuck: false });
  const { revalidate } = useRevalidator();

  const save = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    const form = formRef.current;
    if (!form || !isUnsaved.current) return true;
    isUnsaved.current = false;
    setTold({ message: "Enregistrement du brouillon…", refusal: null, isStuck: false });
    const answer = await send(address, form);
    if (typeof answer === "string") {
      isUnsaved.current = true;
      setTold({ message: answer === "signed-out" ? SIGNED_OUT : UNREACHABLE, refusal: null, isStuck: true });
      return false;
    }
    const { refusal, conflicts } = answer;
    setTold({ message: refusal ?? (conflicts > 0 ? OVERTAKEN : "Brouillon enregistré."), refusal, isStuck: false });
    revalidate();
    return refusal === null && conflicts === 0;
  }, [address, revalidate]);

  const saveInTurn = useCallback((): Promise<boolean> => {
    const next = line.current.then(save);
    line.current = next;
    return next;
  }, [save]);

  useEffect(() => {
    if (!told.isStuck) return;
    const again = setTimeout(() => void saveInTurn(), AGAIN_MS);
    return () => clearTimeout(again);
  }, [told, saveInTurn]);

  const noteChange = useCallback(() => {
    if (!isWritable) return;
    isUnsaved.current = true;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void saveInTurn(), QUIET_MS);
  }, [isWritable, saveInTurn]);

  useEffect(() => {
    // On a slow line, people type before the script is there.
    if (formRef.current && isTouched(formRef.current)) noteChange();
    return () => clearTimeout(timer.current);
  }, [noteChange]);

  const blocker = useBlocker(() => isUnsaved.current);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    void saveInTurn().then((isSaved) => (isSaved ? blocker.proceed() : blocker.reset()));
  }, [blocker, saveInTurn]);

  useBeforeUnload(
    useCallback(
      (event) => {
        if (!isUnsaved.current) return;
        void save();
        if (told.isStuck) event.preventDefault();
      },
      [save, told],
    ),
  );

  /** The form itself is on its way: nothing is left to send, nor to ask. */
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    isUnsaved.current = false;
  }, []);
  return { formRef, noteChange, forget, message: told.message, refusal: told.refusal };
}
