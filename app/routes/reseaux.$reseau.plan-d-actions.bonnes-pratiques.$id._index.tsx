import { getFormProps, useForm } from "@conform-to/react";
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { CHANNELS } from "~/domain/action-plan/practice";
import { CHANNEL_LABELS } from "~/documents/action-plan-words";
import { formatDate } from "~/documents/french";
import { findPractice } from "~/features/action-plan/evaluation-queries.server";
import { parseSpread, type SpreadFields } from "~/features/action-plan/form";
import { publishPracticeMessage, spreadMessage } from "~/features/action-plan/messages.fr";
import { publishPractice, recordSpreading } from "~/features/action-plan/practice-commands.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, openPublicPage, requireParam } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ActKey, Button, ButtonLink, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { PlanNav } from "~/ui/plan/plan-nav";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Bonne pratique : ${view.card.title}` : "Bonne pratique" },
];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const DONE: Readonly<Record<string, string>> = {
  ecrite: "La fiche est enregistrée. Elle reste entre membres tant qu’elle n’est pas publiée.",
  publiee: "La fiche est publiée.",
  diffusion: "La diffusion est notée.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const card = await findPractice(getDb(), network.id, requireParam(args.params, "id"));
  const isMember = can(actor, "action-plan.read", { networkId: network.id });
  if (!card || (card.publishedOn === null && !isMember)) throw notFound();
  const within = { networkId: network.id };
  return data(
    {
      ...{ root: `/reseaux/${network.slug}`, card, isMember, today: today(systemClock) },
      may: {
        write: card.publishedOn === null && can(actor, "practice.write", within),
        publish: card.publishedOn === null && can(actor, "practice.publish", within),
        spread: card.publishedOn !== null && can(actor, "practice.write", within),
      },
      actKey: isMember ? systemClock.newId() : "",
      done: isMember ? (DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null) : null,
    },
    publicCaching(viewer),
  );
}

export async function action(args: ActionFunctionArgs) {
  const practiceId = requireParam(args.params, "id");
  const form = await args.request.formData();
  if (form.get("acte") === "publier") {
    const { network, command } = await openMemberPage(args, "practice.publish");
    const decision = await publishPractice(command, practiceId);
    if (!decision.ok) {
      if (decision.refusal.kind === "practice-unknown") throw notFound();
      return data({ result: null, refusal: publishPracticeMessage(decision.refusal) }, { status: 409 });
    }
    return redirect(`/reseaux/${network.slug}/plan-d-actions/bonnes-pratiques/${practiceId}?fait=publiee`, 303);
  }
  const { network, command } = await openMemberPage(args, "practice.write");
  const submission = parseSpread(form);
  if (submission.status !== "success") return data({ result: submission.reply(), refusal: null }, { status: 400 });
  const decision = await recordSpreading(command, { practiceId, ...submission.value });
  if (!decision.ok) {
    if (decision.refusal === "practice-unknown") throw notFound();
    const result = submission.reply({ formErrors: [spreadMessage(decision.refusal)] });
    return data({ result, refusal: null }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/plan-d-actions/bonnes-pratiques/${practiceId}?fait=diffusion`, 303);
}

export default function PracticePage() {
  const { root, card, isMember, may, actKey, done, today: day } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const lastResult = answered?.result;
  const [form, fields] = useForm<SpreadFields>({
    id: "diffusion",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { on: day },
  });
  const here = `${root}/plan-d-actions/bonnes-pratiques`;
  return (
    <Page
      title={card.title}
      lead={card.publishedOn === null ? "Fiche en rédaction." : `Publiée le ${formatDate(card.publishedOn)}.`}
      crumbs={[{ label: "Bonnes pratiques", to: here }]}
      actions={may.write ? <ButtonLink to={`${here}/${card.id}/modifier`}>Modifier la fiche</ButtonLink> : undefined}
    >
      <PlanNav root={root} isMember={isMember} />
      {answered?.refusal && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      <Part title="Le besoin de départ" text={card.need} />
      <Part title="Ce qui a été fait" text={card.done} />
      <Part title="Les résultats" text={card.results} />
      <Part title="Pour faire pareil" text={card.conditions} />
      <Part title="Service à contacter" text={card.contact} />
      {card.spread.length > 0 && (
        <Section title="Où elle a été diffusée">
          <ul>
            {card.spread.map(({ id, channel, on, reference }) => (
              <li key={id}>
                <Tag>{CHANNEL_LABELS[channel]}</Tag> {formatDate(on)}
                {reference !== "" && `, ${reference}`}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {may.publish && (
        <details className="screen-only">
          <summary>Publier la fiche</summary>
          <p>Chacun pourra la lire, et elle ne changera plus.</p>
          <Form method="post">
            <input type="hidden" name="acte" value="publier" />
            <Button>Publier la fiche</Button>
          </Form>
        </details>
      )}
      {may.spread && (
        <div className="screen-only">
          <Section title="Noter une diffusion">
            <ErrorSummary form={form} />
            <Form method="post" {...getFormProps(form)} noValidate>
              <ActKey value={actKey} />
              <SelectField
                field={fields.channel}
                label="Support"
                empty="Choisir"
                options={CHANNELS.map((channel) => ({ value: channel, label: CHANNEL_LABELS[channel] }))}
              />
              <TextField field={fields.on} label="Date" type="date" data-width="short" />
              <TextField field={fields.reference} label="Référence" hint="Numéro, adresse ou intitulé." optional />
              <Button look="quiet">Noter la diffusion</Button>
            </Form>
          </Section>
        </div>
      )}
    </Page>
  );
}

function Part({ title, text }: { readonly title: string; readonly text: string }) {
  if (text.trim() === "") return null;
  return (
    <Section title={title}>
      <p className="plan-presentation">{text}</p>
    </Section>
  );
}
