import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Reply } from "~/domain/meeting/reply";
import { REPLY_LABELS } from "~/documents/meeting-words";
import { Button, ErrorSummary, RadioField, SelectField, TextArea, type Option } from "../forms";

type Fields = { choice: string; holderSeatId?: string; comment?: string };

export type ReplyFormProps = {
  readonly remoteAllowed: boolean;
  readonly proxiesAllowed: boolean;
  readonly possibleHolders: ReadonlyArray<{ readonly seatId: string; readonly label: string }>;
  readonly last: { readonly reply: Reply; readonly comment: string } | null;
  readonly lastResult: SubmissionResult<string[]> | undefined;
  readonly label: string;
  /** Hidden fields that say for which seat the answer is. */
  readonly children?: ReactNode;
};

/** The answer of one seat: the same three or four choices for everybody, wherever they answer from. */
export function ReplyForm({
  remoteAllowed,
  proxiesAllowed,
  possibleHolders,
  last,
  lastResult,
  label,
  children,
}: ReplyFormProps) {
  const [form, fields] = useForm<Fields>({
    id: "reponse",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      choice: last?.reply.kind ?? "",
      holderSeatId: last?.reply.kind === "absent-with-proxy" ? last.reply.holderSeatId : "",
      comment: last?.comment ?? "",
    },
  });
  const choices: readonly Option[] = [
    { value: "present", label: REPLY_LABELS.present },
    ...(remoteAllowed ? [{ value: "remote", label: REPLY_LABELS.remote }] : []),
    { value: "absent", label: REPLY_LABELS.absent },
    ...(proxiesAllowed
      ? [{ value: "absent-with-proxy", label: "Absent·e, je donne pouvoir", hint: "Choisissez ci-dessous à qui." }]
      : []),
  ];
  return (
    <>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        {children}
        <RadioField field={fields.choice} label={label} options={choices} large />
        {proxiesAllowed && (
          <SelectField
            field={fields.holderSeatId}
            label="Pouvoir donné à"
            hint="Seulement en cas d’absence avec pouvoir. Le secrétariat enregistre ce pouvoir en séance, si vous n’y êtes pas. Il ne compte pas dans le quorum, reste sans effet tant que vous êtes là, et se retire à tout moment."
            options={possibleHolders.map(({ seatId, label: name }) => ({ value: seatId, label: name }))}
            empty="Aucun siège"
          />
        )}
        <TextArea field={fields.comment} label="Message au secrétariat" optional rows={3} />
        <Button>Enregistrer la réponse</Button>
      </Form>
    </>
  );
}
