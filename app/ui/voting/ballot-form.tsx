import { Form } from "@remix-run/react";
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
  readonly error: string | null;
};

/** One question, one answer, one seat. */
export function BallotForm({ voice, isSecret, error }: BallotFormProps) {
  const errorId = `erreur-${voice.seatId}`;
  return (
    <Form method="post" className="ballot">
      <input type="hidden" name="acte" value="voter" />
      <input type="hidden" name="siege" value={voice.seatId} />
      <fieldset
        className="field choices-large"
        data-invalid={error === null ? undefined : ""}
        aria-describedby={error === null ? undefined : errorId}
      >
        <legend>
          {voice.isProxy
            ? `Vous portez aussi le pouvoir ${ofSeat(voice.label)}\u00a0: son vote`
            : `Votre vote, au nom ${ofSeat(voice.label)}`}
        </legend>
        {error !== null && (
          <p className="error" id={errorId}>
            <span className="visually-hidden">Erreur : </span>
            {error}
          </p>
        )}
        {CHOICES.map((choice) => (
          <label className="choice" key={choice} data-choice={choice}>
            <input type="radio" name="choix" value={choice} />
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
