import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { count, formatCents, formatDate, formatInteger, formatLongDate } from "~/documents/french";
import { closeAnnualDay, noteRegistrations } from "~/features/events/commands.server";
import { parseRegistration, type RegistrationFields } from "~/features/events/form";
import { ACTOR_LABELS, ACTOR_TYPES, eventMessage } from "~/features/events/messages.fr";
import { findAnnualDayPage, listEventYears } from "~/features/events/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ButtonLink, ErrorSummary, SelectField, TextField } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { TableFiles } from "~/ui/table-files";
import { Definitions, EmptyState, Page, Prose, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Journée annuelle" }];

const DONE: Readonly<Record<string, string>> = {
  journee: "La journée est enregistrée.",
  inscription: "Les inscriptions sont notées.",
  close: "La journée est close : l’appel de fonds de l’année peut se préparer.",
};

function readYear(request: Request): number {
  const typed = new URL(request.url).searchParams.get("annee") ?? "";
  return Number(/^20\d{2}$/.test(typed) ? typed : today(systemClock).slice(0, 4));
}

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "event.read");
  const year = readYear(args.request);
  const day = await findAnnualDayPage(command.db, network.id, year);
  const mayManage = can(viewer, "event.manage", { networkId: network.id });
  return {
    ...{ year, day, root: `/reseaux/${network.slug}`, actKey: systemClock.newId() },
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    years: (await listEventYears(command.db, network.id)).filter((one) => one !== year),
    mayPrepare: mayManage && day?.isClosed !== true,
    mayNote: mayManage && day !== null && !day.isClosed,
    mayClose: mayManage && day !== null && !day.isClosed && day.heldOn !== null && day.heldOn <= today(systemClock),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "event.manage");
  const year = readYear(args.request);
  const page = `/reseaux/${network.slug}/journee-annuelle?annee=${year}`;
  const form = await args.request.formData();
  if (form.get("acte") === "clore") {
    const decision = await closeAnnualDay(command, year);
    if (!decision.ok) return data({ refusal: eventMessage(decision.refusal), result: null }, { status: 409 });
    return redirect(`${page}&fait=close`, 303);
  }
  const submission = parseRegistration(form);
  if (submission.status !== "success") return data({ refusal: null, result: submission.reply() }, { status: 400 });
  const decision = await noteRegistrations(command, year, submission.value);
  if (!decision.ok) {
    const refusal = eventMessage(decision.refusal);
    return data({ refusal, result: submission.reply({ formErrors: [refusal] }) }, { status: 409 });
  }
  return redirect(`${page}&fait=inscription`, 303);
}

export default function AnnualDayPage() {
  const { year, day, root, done, years, mayPrepare, mayNote, mayClose, actKey } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const headcount = day?.counts.reduce((sum, one) => sum + one.headcount, 0) ?? 0;
  return (
    <Page
      title={day?.title ?? `Journée annuelle ${year}`}
      lead={
        day === null
          ? "Le temps fort de l’année réunit élu·es, bénévoles et professionnel·les. Sa clôture ouvre l’appel de fonds."
          : `${day.heldOn === null ? "Date à fixer" : formatLongDate(day.heldOn)}${day.place === "" ? "" : `, ${day.place}`} : ${count(headcount, "personne inscrite", "personnes inscrites")}.`
      }
      actions={
        mayPrepare && (
          <ButtonLink to={`${root}/journee-annuelle/preparer?annee=${year}`}>
            {day === null ? "Préparer la journée" : "Modifier"}
          </ButtonLink>
        )
      }
    >
      <MoneyNav />
      <TableFiles table="inscriptions" year={year} />
      {done !== null && !answered && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {answered?.refusal && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.refusal}</p>
        </Notice>
      )}
      {day === null ? (
        <EmptyState>
          <p>La journée de {year} n’est pas encore enregistrée.</p>
        </EmptyState>
      ) : (
        <>
          <p>
            {day.isClosed && day.closedOn !== null ? (
              <Tag tone="reached">Close le {formatDate(day.closedOn)}</Tag>
            ) : (
              <Tag tone="pending">En préparation</Tag>
            )}
          </p>
          <Definitions
            entries={[
              { term: "CCAS d’accueil", detail: day.hostName ?? "à choisir" },
              { term: "Coût", detail: day.cost === null ? "non renseigné" : formatCents(day.cost) },
            ]}
          />
          {day.programmeHtml !== null && (
            <Section title="Programme">
              <Prose html={day.programmeHtml} />
            </Section>
          )}
          <Section title="Inscriptions" id="inscriptions">
            <Table
              caption="Inscrits par type d’acteur ; aucun nom n’est gardé"
              columns={[
                { key: "type", label: "Acteurs", heading: true, cell: (row) => ACTOR_LABELS[row.actorType] },
                { key: "count", label: "Personnes", number: true, cell: (row) => formatInteger(row.headcount) },
              ]}
              rows={day.counts}
              rowKey={(row) => row.actorType}
            />
            {mayNote && <RegistrationForm key={actKey} actKey={actKey} lastResult={answered?.result ?? null} />}
          </Section>
          {mayClose && (
            <details>
              <summary>Clore la journée</summary>
              <Form method="post">
                <input type="hidden" name="acte" value="clore" />
                <p>La journée ne changera plus, et l’appel de fonds de {year} pourra être émis.</p>
                <Button>Clore la journée annuelle</Button>
              </Form>
            </details>
          )}
          {day.isClosed && (
            <p>
              <Link to={`${root}/appels-de-fonds/preparer?annee=${year}`}>Préparer l’appel de fonds de {year}</Link>
            </p>
          )}
        </>
      )}
      {years.length > 0 && (
        <p>
          Autres années :{" "}
          {years.map((one) => (
            <Link key={one} to={`?annee=${one}`}>
              {one}{" "}
            </Link>
          ))}
        </p>
      )}
    </Page>
  );
}

type RegistrationFormProps = {
  readonly actKey: string;
  readonly lastResult: ReturnType<ReturnType<typeof parseRegistration>["reply"]> | null;
};

function RegistrationForm({ actKey, lastResult }: RegistrationFormProps) {
  const [form, fields] = useForm<RegistrationFields>({ id: "inscription", ...(lastResult ? { lastResult } : {}) });
  return (
    <details open={lastResult !== null}>
      <summary>Noter des inscriptions</summary>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <ActKey value={actKey} />
        <SelectField
          field={fields.actorType}
          label="Type d’acteurs"
          empty="Choisir"
          options={ACTOR_TYPES.map((value) => ({ value, label: ACTOR_LABELS[value] }))}
        />
        <TextField field={fields.organization} label="Organisme" optional hint="Sans nom de personne." />
        <TextField
          field={fields.headcount}
          label="Nombre de personnes"
          hint="Négatif pour retirer des désistements."
          inputMode="numeric"
          data-width="short"
        />
        <Button>Noter</Button>
      </Form>
    </details>
  );
}
