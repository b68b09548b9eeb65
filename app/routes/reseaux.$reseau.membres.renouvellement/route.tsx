import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { parseRenewal, type RenewalFields } from "~/features/people/form";
import { renewalMessage } from "~/features/people/messages.fr";
import { listCommittee } from "~/features/people/queries.server";
import { listNetworkPeople } from "~/features/people/persons.server";
import { previewRenewal, renewCommittee, type RenewCommitteeRefusal } from "~/features/people/renewal.server";
import { systemClock, today } from "~/services/clock.server";
import { listMandates } from "~/services/committee-record.server";
import { getDb } from "~/services/db.server";
import { openMemberPage, type CommandContext } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, RadioField, TextField, type Field, type Option } from "~/ui/forms";
import { Page } from "~/ui/page";
import { PersonFields } from "~/ui/person-fields";
import { RenewalPlanPage } from "./plan";
import { viewPlan } from "./plan.server";

export const meta: MetaFunction = () => [{ title: "Renouveler le comité" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "seat.renew");
  const [seats, mandates, people] = await Promise.all([
    listCommittee(getDb(), network.id, today(systemClock)),
    listMandates(getDb(), network.id),
    listNetworkPeople(getDb(), network.id),
  ]);
  const flagsOf = (mandateId: string | undefined) => {
    const mandate = mandates.find(({ id }) => id === mandateId);
    return {
      isMunicipalOfficial: mandate?.isMunicipalOfficial ?? false,
      isInChargeOfSocialAffairs: mandate?.isInChargeOfSocialAffairs ?? false,
    };
  };
  return {
    slug: network.slug,
    actKey: systemClock.newId(),
    seats: seats.map(({ id, label, kind, titular, substitute }) => ({
      ...{ id, label, kind },
      titular: { name: titular?.displayName ?? null, flags: flagsOf(titular?.mandateId) },
      substitute: { name: substitute?.displayName ?? null, flags: flagsOf(substitute?.mandateId) },
    })),
    people: people.map(({ personId, displayName, functionLabel }) => ({
      value: personId,
      label: functionLabel ? `${displayName}, ${functionLabel}` : displayName,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "seat.renew");
  const form = await args.request.formData();
  const step = form.get("etape");
  for (const name of step === "confirmer" ? ["etape"] : ["etape", "plan"]) form.delete(name);
  const submission = parseRenewal(form);
  if (submission.status !== "success" || step === "corriger") {
    const status = submission.status === "success" ? 200 : 400;
    return data({ result: submission.reply(), preview: null }, { status });
  }
  const input = submission.value;
  if (step === "confirmer") {
    const decision = await renewCommittee(command, input);
    if (decision.ok) return redirect(`/reseaux/${network.slug}/membres?fait=renouvellement`);
    if (decision.refusal.kind !== "plan-changed") return refused(decision.refusal);
  }
  const preview = await previewRenewal(command, input);
  if (!preview.ok) return refused(preview.refusal);
  const entries = [...form].flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && name !== "cle" && name !== "plan" ? [[name, value]] : [],
  );
  const message = step === "confirmer" ? (await messageFor(command, { kind: "plan-changed" })).text : null;
  const shown = { plan: viewPlan(input, preview.value), entries, message, actKey: input.cle };
  return data({ result: null, preview: shown }, { status: message === null ? 200 : 409 });

  async function refused(refusal: RenewCommitteeRefusal) {
    const { seatId, role, text } = await messageFor(command, refusal);
    const index = input.seats.findIndex((seat) => seat.seatId === seatId);
    const result =
      index < 0
        ? submission.reply({ formErrors: [text] })
        : submission.reply({ fieldErrors: { [`seats[${index}].${role}.choice`]: [text] } });
    return data({ result, preview: null }, { status: 409 });
  }
}

async function messageFor({ db, networkId }: CommandContext, refusal: RenewCommitteeRefusal) {
  const seats = await listCommittee(db, networkId, today(systemClock));
  const people = await listNetworkPeople(db, networkId);
  return renewalMessage(refusal, {
    seat: (id) => seats.find((seat) => seat.id === id)?.label ?? "",
    person: (id) => people.find(({ personId }) => personId === id)?.displayName ?? id.replace(/^new:/, ""),
  });
}

type SeatRow = ReturnType<typeof useLoaderData<typeof loader>>["seats"][number];
type Fields = Record<string, Field>;

const fieldsetOf = (field: Field | undefined): Fields =>
  (field as unknown as { getFieldset: () => Fields }).getFieldset();

function defaultRole({ name, flags }: SeatRow["titular"]) {
  return { choice: name === null ? ("vacant" as const) : ("keep" as const), ...flags };
}

export default function RenewalPage() {
  const { slug, actKey, seats, people } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer?.preview) return <RenewalPlanPage slug={slug} {...answer.preview} />;
  return <RenewalForm {...{ slug, actKey, seats, people, lastResult: answer?.result ?? null }} />;
}

type RenewalFormProps = {
  readonly slug: string;
  readonly actKey: string;
  readonly seats: readonly SeatRow[];
  readonly people: readonly Option[];
  readonly lastResult: NonNullable<ReturnType<typeof useActionData<typeof action>>>["result"];
};

function RenewalForm({ slug, actKey, seats, people, lastResult }: RenewalFormProps) {
  const [form, fields] = useForm<RenewalFields>({
    id: "renouvellement",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: {
      seats: seats.map((seat) => ({
        seatId: seat.id,
        titular:
          seat.kind === "department"
            ? { ...defaultRole(seat.titular), choice: "unchanged" }
            : defaultRole(seat.titular),
        substitute: defaultRole(seat.substitute),
        basis: "",
      })),
    },
  });
  const seatFields = fields.seats.getFieldList();
  return (
    <Page
      title="Renouveler le comité"
      lead="Après les élections municipales, chaque CCAS désigne de nouveau qui le représente. La page suivante dit ce qui change, avant d’enregistrer."
      crumbs={[{ label: "Comité", to: `/reseaux/${slug}/membres` }]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <TextField
          field={fields.date}
          label="Premier jour des nouveaux mandats"
          type="date"
          data-width="short"
          hint="Les mandats précédents finissent la veille."
        />
        {seats.map((seat, index) => {
          const row = seatFields[index];
          return row && <SeatFields key={seat.id} seat={seat} fields={fieldsetOf(row)} people={people} />;
        })}
        <Button name="etape" value="relire">
          Relire avant d’enregistrer
        </Button>
      </Form>
    </Page>
  );
}

function choicesOf(seat: SeatRow, role: "titular" | "substitute"): readonly Option[] {
  const { name } = seat[role];
  const isTitular = role === "titular";
  return [
    ...(isTitular && seat.kind === "department"
      ? [
          {
            value: "unchanged",
            label: "Ne rien changer à ce siège",
            hint: "Le renouvellement municipal ne le touche pas.",
          },
        ]
      : []),
    ...(name === null ? [] : [{ value: "keep", label: `Reconduire ${name}` }]),
    { value: "other", label: "Désigner une autre personne" },
    {
      value: "vacant",
      label: isTitular ? "Personne n’est désigné : le siège devient vacant" : "Pas de suppléance",
    },
  ];
}

function SeatFields({
  seat,
  fields,
  people,
}: {
  readonly seat: SeatRow;
  readonly fields: Fields;
  readonly people: readonly Option[];
}) {
  const { seatId, basis } = fields;
  return (
    <fieldset className="sheet">
      <legend>
        <h2>{seat.label}</h2>
      </legend>
      <input type="hidden" name={seatId?.name} value={seat.id} />
      <PlaceFields seat={seat} place="titular" fields={fieldsetOf(fields["titular"])} people={people} />
      <PlaceFields seat={seat} place="substitute" fields={fieldsetOf(fields["substitute"])} people={people} />
      {basis && (
        <TextField
          field={basis}
          label="Acte de désignation"
          optional
          hint="Par exemple : délibération n° 2026-12 du 14 avril 2026"
        />
      )}
    </fieldset>
  );
}

function PlaceFields({
  seat,
  place,
  fields,
  people,
}: {
  readonly seat: SeatRow;
  readonly place: "titular" | "substitute";
  readonly fields: Fields;
  readonly people: readonly Option[];
}) {
  const { choice, personId, email, displayName, functionLabel, isMunicipalOfficial, isInChargeOfSocialAffairs } =
    fields;
  if (!choice || !personId || !email || !displayName || !functionLabel) return null;
  if (!isMunicipalOfficial || !isInChargeOfSocialAffairs) return null;
  const personFields = [personId, email, displayName, functionLabel, isMunicipalOfficial, isInChargeOfSocialAffairs];
  const hasFault = [choice, ...personFields].some(({ errors }) => Boolean(errors));
  return (
    <div className="renewal-place">
      <RadioField
        field={choice}
        label={place === "titular" ? "Titulaire" : "Suppléant·e"}
        options={choicesOf(seat, place)}
      />
      <fieldset className={hasFault ? "renewal-person is-faulty" : "renewal-person"}>
        <legend>{place === "titular" ? "Qui devient titulaire" : "Qui devient suppléant·e"}</legend>
        <PersonFields
          people={people}
          fields={{ personId, email, displayName, functionLabel, isMunicipalOfficial, isInChargeOfSocialAffairs }}
        />
      </fieldset>
    </div>
  );
}
