import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { dateOf } from "~/domain/kernel/paris-time";
import type { CorrectionState, CorrectionVerdict } from "~/domain/minutes/corrections";
import { itemsInOrder, minutesOutline } from "~/domain/minutes/structure";
import { formatDate } from "~/documents/french";
import { minutesTitle } from "~/documents/minutes";
import { decideCorrection, requestCorrection } from "~/features/minutes/commands.server";
import { compareTexts, type TextPiece } from "~/features/minutes/compare";
import { parseCorrection } from "~/features/minutes/form";
import { correctionMessage, SLOT_LABELS } from "~/features/minutes/messages.fr";
import { listAttendees, listCorrections, type MinutesRecord } from "~/features/minutes/queries.server";
import { systemClock } from "~/services/clock.server";
import { requirePermission } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, TextArea } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag, type Tone } from "~/ui/status";
import { TextDifference } from "~/ui/text-difference";
import { openMinutes } from "./reseaux.$reseau.proces-verbaux.$numero._index/open-minutes.server";

export const meta: MetaFunction = () => [{ title: "Corrections du procès-verbal" }];

const DONE: Readonly<Record<string, string>> = {
  demandee: "Votre demande de correction est enregistrée ; le secrétariat y répondra.",
  decidee: "La réponse est enregistrée.",
};

const STATES: Record<CorrectionState, { readonly label: string; readonly tone: Tone }> = {
  pending: { label: "En attente", tone: "pending" },
  accepted: { label: "Acceptée", tone: "reached" },
  refused: { label: "Refusée", tone: "missed" },
};

function listSlots({ facts }: MinutesRecord): readonly { readonly key: string; readonly label: string }[] {
  const positions = new Map(itemsInOrder(facts).map(({ id, position }) => [id, position]));
  return minutesOutline(facts).flatMap((block) => {
    if (block.kind === "fact") return [];
    const position = block.itemId === null ? undefined : positions.get(block.itemId);
    return [
      { key: block.key, label: `${position === undefined ? "" : `Point ${position}, `}${SLOT_LABELS[block.slot]}` },
    ];
  });
}

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command, minutes, home } = await openMinutes(args, "minutes.read-draft");
  const { searchParams } = new URL(args.request.url);
  const slots = listSlots(minutes);
  const wanted = slots.find(({ key }) => key === searchParams.get("bloc")) ?? null;
  const attendees = await listAttendees(command.db, network.id, minutes);
  const labels = new Map(slots.map(({ key, label }) => [key, label]));
  const scope = { networkId: network.id, state: minutes.state } as const;
  return {
    home,
    title: minutesTitle(minutes.facts),
    done: DONE[searchParams.get("fait") ?? ""] ?? null,
    actKey: systemClock.newId(),
    isOpen: minutes.state === "in-review" && !minutes.isBeingVoted,
    mayRequest:
      can(viewer, "minutes.request-correction", scope) &&
      !minutes.isBeingVoted &&
      attendees.some(({ personId }) => personId === viewer.personId),
    mayDecide: can(viewer, "minutes.decide-correction", scope) && !minutes.isBeingVoted,
    slots: slots.map((slot) => ({ ...slot, isWritten: (minutes.prose[slot.key]?.markdown ?? "") !== "" })),
    wanted: wanted && { ...wanted, text: minutes.prose[wanted.key]?.markdown ?? "" },
    corrections: (await listCorrections(command.db, network.id, minutes.id)).map((correction) => ({
      id: correction.id,
      label: labels.get(correction.blockKey) ?? "Partie retirée depuis",
      author: correction.authorName,
      on: formatDate(dateOf(correction.createdAt)),
      comment: correction.comment,
      state: correction.state,
      decisionReason: correction.decisionReason,
      pieces: compareTexts(correction.baseMarkdown, correction.proposedMarkdown),
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, viewer, command, minutes, home } = await openMinutes(args, "minutes.read-draft");
  const form = await args.request.formData();
  const intent = form.get("intent");
  if (intent === "demander") {
    await requirePermission(args, viewer, "minutes.request-correction", network.id, "in-review");
    const submission = parseCorrection(form);
    if (submission.status !== "success")
      return data({ result: submission.reply(), refusal: null, correctionId: null, reason: null }, { status: 400 });
    const { cle, bloc, texte, motif } = submission.value;
    const decision = await requestCorrection(command, minutes.id, {
      id: cle,
      blockKey: bloc,
      proposedMarkdown: texte,
      comment: motif,
    });
    if (decision.ok) return redirect(`${home}/corrections?fait=demandee`);
    const result = submission.reply({ formErrors: [correctionMessage(decision.refusal)] });
    return data({ result, refusal: null, correctionId: null, reason: null }, { status: 409 });
  }
  await requirePermission(args, viewer, "minutes.decide-correction", network.id, "in-review");
  const correctionId = String(form.get("correction") ?? "");
  const reason = String(form.get("motif") ?? "").slice(0, 1000);
  const verdict: CorrectionVerdict = intent === "accepter" ? { kind: "accept" } : { kind: "refuse", reason };
  const decision = await decideCorrection(command, minutes.id, correctionId, verdict);
  if (decision.ok) return redirect(`${home}/corrections?fait=decidee`);
  return data({ result: null, refusal: correctionMessage(decision.refusal), correctionId, reason }, { status: 409 });
}

export default function CorrectionsPage() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Page
      title="Corrections du procès-verbal"
      lead={`${page.title}.`}
      crumbs={[{ label: "Procès-verbal", to: page.home }]}
    >
      {page.done && !answer && (
        <Notice tone="reached" role="status">
          <p>{page.done}</p>
        </Notice>
      )}
      {page.mayRequest && page.wanted && (
        <RequestForm key={page.wanted.key} slot={page.wanted} actKey={page.actKey} home={page.home} />
      )}
      <Section title="Demandes" id="demandes">
        {page.corrections.length === 0 ? (
          <EmptyState>
            <p>
              {page.isOpen
                ? "Aucune correction n’a été demandée. Les personnes qui ont assisté à la séance peuvent en demander."
                : "Aucune correction n’a été demandée."}
            </p>
          </EmptyState>
        ) : (
          <ul className="plain-list">
            {page.corrections.map((correction) => (
              <li key={correction.id} id={`correction-${correction.id}`}>
                <h3>
                  {correction.label} <Tag tone={STATES[correction.state].tone}>{STATES[correction.state].label}</Tag>
                </h3>
                <p>
                  Demandée par {correction.author} le {correction.on}&nbsp;: {correction.comment}
                </p>
                <Difference pieces={correction.pieces} />
                {correction.decisionReason && <p>Motif du refus&nbsp;: {correction.decisionReason}</p>}
                {correction.state === "pending" && page.mayDecide && (
                  <DecisionForm
                    id={correction.id}
                    refusal={answer?.correctionId === correction.id ? answer.refusal : null}
                    reason={answer?.correctionId === correction.id ? answer.reason : null}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {page.mayRequest && !page.wanted && (
        <Section title="Demander une correction" id="demander">
          <p>Choisissez la partie à corriger. Les faits enregistrés se corrigent auprès du secrétariat.</p>
          <ul>
            {page.slots.map(({ key, label, isWritten }) => (
              <li key={key}>
                <Link to={`?bloc=${encodeURIComponent(key)}`}>{label}</Link>
                {!isWritten && <span className="soft"> (rien n’y est écrit)</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

function Difference({ pieces }: { readonly pieces: readonly TextPiece[] }) {
  return <TextDifference pieces={pieces} beforeLabel="Texte du projet" afterLabel="Texte proposé" />;
}

function RequestForm({
  slot,
  actKey,
  home,
}: {
  readonly slot: { readonly key: string; readonly label: string; readonly text: string };
  readonly actKey: string;
  readonly home: string;
}) {
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<{ cle: string; bloc: string; texte: string; motif: string }>({
    id: "correction",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { texte: slot.text },
  });
  return (
    <Section title={`Corriger : ${slot.label}`} id="corriger">
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <input type="hidden" name="bloc" value={slot.key} />
        <TextArea
          field={fields.texte}
          label="Texte proposé"
          hint="Modifiez le texte du projet : il est repris ici."
          rows={8}
        />
        <TextArea
          field={fields.motif}
          label="Motif"
          hint="Une phrase, pour le secrétariat et les autres membres."
          rows={3}
        />
        <div className="row">
          <Button name="intent" value="demander">
            Demander cette correction
          </Button>
          <Link to={`${home}/corrections`}>Renoncer</Link>
        </div>
      </Form>
    </Section>
  );
}

function DecisionForm({
  id,
  refusal,
  reason,
}: {
  readonly id: string;
  readonly refusal: string | null;
  readonly reason: string | null;
}) {
  return (
    <Form method="post">
      <input type="hidden" name="correction" value={id} />
      {refusal && (
        <p className="error" role="alert" id={`${id}-erreur`}>
          {refusal}
        </p>
      )}
      <div className="field">
        <label htmlFor={`${id}-motif`}>Motif, si vous refusez</label>
        <input
          type="text"
          id={`${id}-motif`}
          name="motif"
          maxLength={1000}
          defaultValue={reason ?? ""}
          aria-invalid={refusal ? true : undefined}
          aria-describedby={refusal ? `${id}-erreur` : undefined}
        />
      </div>
      <div className="row">
        <Button name="intent" value="accepter">
          Accepter
        </Button>
        <Button name="intent" value="refuser" look="danger">
          Refuser
        </Button>
      </div>
    </Form>
  );
}
