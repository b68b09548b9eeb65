import { Form } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { CHOICES, type Choice } from "~/domain/voting/poll";
import { CHOICE_LABELS, ofSeat } from "~/documents/voting-words";
import { Button } from "~/ui/forms";
import { Notice } from "~/ui/status";

export type Voice = {
  readonly seatId: string;
  readonly label: string;
  readonly isProxy: boolean;
  readonly recorded: { readonly choice: Choice | null } | null;
};

type BallotFormProps = {
  readonly voice: Voice;
  readonly isSecret: boolean;
  /** The answer to a ballot sent without a choice. */
  readonly missing: { readonly refusal: string } | null;
};

/** One question, one answer, one seat. */
export function BallotForm({ voice, isSecret, missing }: BallotFormProps) {
  const errorId = `erreur-${voice.seatId}`;
  const firstId = `choix-${voice.seatId}`;
  return (
    <Form method="post" className="ballot">
      {missing && <MissingChoice missing={missing} firstId={firstId} />}
      <input type="hidden" name="acte" value="voter" />
      <input type="hidden" name="siege" value={voice.seatId} />
      <fieldset
        className="field choices-large"
        data-invalid={missing === null ? undefined : ""}
        aria-describedby={missing === null ? undefined : errorId}
      >
        <legend>
          {voice.isProxy
            ? `Vous portez aussi le pouvoir ${ofSeat(voice.label)}\u00a0: son vote`
            : `Votre vote, au nom ${ofSeat(voice.label)}`}
        </legend>
        {missing && (
          <p className="error" id={errorId}>
            <span className="visually-hidden">Erreur : </span>
            {missing.refusal}
          </p>
        )}
        {CHOICES.map((choice, index) => (
          <label className="choice" key={choice} data-choice={choice}>
            <input type="radio" name="choix" value={choice} id={index === 0 ? firstId : undefined} />
            <span>{CHOICE_LABELS[choice]}</span>
          </label>
        ))}
      </fieldset>
      <p className="hint">
        Un vote enregistré ne se change pas.
        {isSecret
          ? " Le portail garde que le siège a voté, et le bulletin à part\u00a0: rien ne permet de les rapprocher."
          : " Le sens de chaque vote est montré à la clôture."}
      </p>
      <Button>Voter</Button>
    </Form>
  );
}

/** Takes the focus at each refusal, as the summary of any other form does: with a script by the effect, without one by the attribute. */
function MissingChoice({
  missing,
  firstId,
}: {
  readonly missing: { readonly refusal: string };
  readonly firstId: string;
}) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => summary.current?.focus(), [missing]);
  return (
    // eslint-disable-next-line jsx-a11y/no-autofocus
    <div className="error-summary" role="alert" tabIndex={-1} autoFocus ref={summary}>
      <h2>Une erreur est à corriger</h2>
      <ul>
        <li>
          <a href={`#${firstId}`}>{missing.refusal}</a>
        </li>
      </ul>
    </div>
  );
}

/** What was recorded, and for whom. */
export function RecordedVoices({
  voices,
  isSecret,
}: {
  readonly voices: readonly Voice[];
  readonly isSecret: boolean;
}) {
  const recorded = voices.filter((voice) => voice.recorded !== null);
  if (recorded.length === 0) return null;
  return (
    <Notice tone="reached" role="status">
      {recorded.map((voice) => (
        <p key={voice.seatId}>
          {isSecret || !voice.recorded?.choice
            ? `Bulletin secret enregistré au nom ${ofSeat(voice.label)}.`
            : `Vote enregistré au nom ${ofSeat(voice.label)}\u00a0: ${CHOICE_LABELS[voice.recorded.choice].toLowerCase()}.`}
        </p>
      ))}
    </Notice>
  );
}
