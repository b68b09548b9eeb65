import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import type { Seat } from "~/domain/committee/seats";
import { formatDate } from "~/documents/french";
import { encodeAgreement } from "~/features/agreements/encode.server";
import { headSchema, parseForm, type HeadFields } from "~/features/agreements/form";
import { draftMessage, KIND_LABELS } from "~/features/agreements/messages.fr";
import { draftFromModel, encodeModel, moveModel } from "~/features/agreements/models.server";
import { loadAgreementList } from "~/features/agreements/queries.server";
import { findAgreementModel, listAgreementModels } from "~/services/agreement-models.server";
import { listSeats } from "~/services/committee-record.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Encoder une convention" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.record");
  const day = today(systemClock);
  return {
    root: `/reseaux/${network.slug}`,
    models: listAgreementModels().map(({ key, title }) => ({ value: key, label: title })),
    parents: (await loadAgreementList(command.db, network.id, day)).map(({ id, title, effectOn }) => ({
      value: id,
      label: `${title}, effet le ${formatDate(effectOn)}`,
    })),
    day,
    actKey: systemClock.newId(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.record");
  const form = await args.request.formData();
  const submission = parseForm(form, headSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { cle, kind, title, effectOn, place, note, parentId } = submission.value;
  const shipped = findAgreementModel(String(form.get("modele") ?? ""));
  const seats = await listSeats(command.db, network.id);
  const head = { kind, title, note, place, parentId: parentId || null };
  const decision = shipped
    ? await encodeModel(command, shipped, {
        ...draftFromModel(moveModel(shipped, effectOn), {
          cle,
          organizations: new Map(),
          effectOn,
          keepsHabilitations: false,
        }),
        ...head,
        parties: seats.map(partyOf),
      })
    : await encodeAgreement(command, {
        ...{ cle, effectOn, isSupposed: false, previousId: null, ...head },
        content: { articles: [], clauses: [], acts: [] },
        parties: seats.map(partyOf),
      });
  if (!decision.ok)
    return data({ result: submission.reply({ formErrors: [draftMessage(decision.refusal)] }) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/conventions/${decision.value.agreementId}/modifier?fait=encodee`, 303);
}

function partyOf({ organizationId, label, kind }: Seat) {
  const who =
    kind === "department"
      ? { office: "Présidence du conseil départemental", board: "Conseil départemental" }
      : { office: "Présidence", board: "Conseil d’administration" };
  return {
    organizationId,
    label,
    ...who,
    needsHabilitation: true,
    deliberationNumber: "",
    deliberationOn: null,
    chain: [],
  };
}

export default function NewAgreementPage() {
  const { root, models, parents, day, actKey } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<HeadFields & { modele: string }>({
    id: "convention",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { kind: "convention", effectOn: day },
  });
  return (
    <Page
      title="Encoder une convention"
      lead="Le titre et les dates d’abord ; articles, clauses et parties viennent ensuite. Rien ne compte avant la signature."
      crumbs={[{ label: "Conventions", to: `${root}/conventions` }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField field={fields.title} label="Titre" autoComplete="off" />
        <SelectField
          field={fields.kind}
          label="Nature"
          options={Object.entries(KIND_LABELS).map(([value, label]) => ({ value, label }))}
        />
        <TextField field={fields.effectOn} label="Date d’effet" type="date" data-width="short" />
        <TextField field={fields.place} label="Lieu de signature" optional autoComplete="off" />
        <SelectField
          field={fields.modele}
          label="Partir d’un texte livré"
          optional
          empty="D’une page blanche"
          hint="Ses articles et ses clauses sont recopiés, à adapter ; ses parties et ses dates ne le sont pas."
          options={models}
        />
        {parents.length > 0 && (
          <SelectField
            field={fields.parentId}
            label="Décline une convention cadre"
            optional
            empty="Non"
            options={parents}
          />
        )}
        <TextArea field={fields.note} label="Remarque" optional hint="D’où vient le texte, ce qui est supposé." />
        <Button>Encoder la convention</Button>
      </Form>
    </Page>
  );
}
