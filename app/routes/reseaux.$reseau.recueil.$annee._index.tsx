import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { count, formatDate, NBSP } from "~/documents/french";
import { formatInstant } from "~/documents/meeting-words";
import { changeDeadline, closeCampaign, remindCampaign } from "~/features/indicators/campaign-commands.server";
import { parseDeadline, type DeadlineFields } from "~/features/indicators/form";
import { campaignMessage, STANDING_LABELS } from "~/features/indicators/messages.fr";
import { findCampaign, listReadableOrganizations, loadBoard } from "~/features/indicators/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage } from "~/services/gate.server";
import { requireYear } from "~/services/submission-gate.server";
import { InventedFigures } from "~/ui/demo-notice";
import { Button, ErrorSummary, TextField } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { ProgressBar } from "~/ui/indicators/progress-bar";
import { StandingTag } from "~/ui/indicators/standing-tag";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: `Recueil ${view?.campaign.year ?? ""}` },
];

const DONE: Record<string, string> = {
  ouverte: "La campagne est ouverte : chaque CCAS peut saisir.",
  echeance: "L’échéance est changée.",
  relance: "Les relances sont dans la boîte d’envoi.",
  close: "La campagne est close : seules les saisies validées comptent.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "campaign.read");
  const view = await findCampaign(command.db, network.id, requireYear(args.params));
  if (!view) throw notFound();
  const readable = await listReadableOrganizations(command.db, network.id, viewer, today(systemClock));
  const mayFill = can(viewer, "submission.fill", { networkId: network.id });
  const board = await loadBoard(command.db, network.id, view);
  return {
    campaign: view.campaign,
    version: view.dictionary.version,
    dictionaryId: view.dictionary.id,
    board: board.map(({ organizationId, name, standing, filled, expected, obstacles, updatedAt }) => ({
      ...{ organizationId, name, standing, filled, expected, obstacles, updatedAt },
      mayOpen: mayFill && (readable === "all" || readable.includes(organizationId)),
    })),
    root: `/reseaux/${network.slug}`,
    isDemo: network.isDemo,
    mayManage: can(viewer, "campaign.manage", { networkId: network.id }),
    reminders: can(viewer, "campaign.manage", { networkId: network.id })
      ? board.flatMap(({ name, state, remindedAt }) =>
          state === "draft" && remindedAt !== null ? [{ name, at: remindedAt }] : [],
        )
      : [],
    isLate: today(systemClock) > view.campaign.deadline,
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "campaign.manage");
  const year = requireYear(args.params);
  const form = await args.request.formData();
  const page = `/reseaux/${network.slug}/recueil/${year}`;
  const act = form.get("acte");
  if (act === "echeance") {
    const submission = parseDeadline(form);
    if (submission.status !== "success") return data({ result: submission.reply(), refusal: null }, { status: 400 });
    const decision = await changeDeadline(command, year, submission.value.deadline);
    if (decision.ok) return redirect(`${page}?fait=echeance`, 303);
    const result = submission.reply({ fieldErrors: { deadline: [campaignMessage(decision.refusal)] } });
    return data({ result, refusal: null }, { status: 409 });
  }
  const decision = act === "clore" ? await closeCampaign(command, year) : await remindCampaign(command, year);
  if (decision.ok) return redirect(`${page}?fait=${act === "clore" ? "close" : "relance"}`, 303);
  if (decision.refusal === "unknown-campaign") throw notFound();
  return data({ result: null, refusal: campaignMessage(decision.refusal) }, { status: 409 });
}

export default function CampaignPage() {
  const { campaign, version, dictionaryId, board, root, isDemo, mayManage, reminders, isLate, done } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, fields] = useForm<DeadlineFields>({
    id: "echeance",
    ...(answer?.result ? { lastResult: answer.result } : {}),
    defaultValue: { deadline: campaign.deadline },
  });
  const isClosed = campaign.closedAt !== null;
  const settled = board.filter(({ standing }) => standing === "validated" || standing === "closed").length;
  const waiting = board.filter(({ standing }) => standing === "not-started" || standing === "draft").length;
  return (
    <Page
      title={`Recueil ${campaign.year}`}
      lead={`${count(settled, "saisie validée", "saisies validées")} sur ${board.length}${NBSP}; ${
        isClosed
          ? `campagne close le ${formatInstant(campaign.closedAt ?? "")}.`
          : `échéance le ${formatDate(campaign.deadline)}${isLate ? ", dépassée" : ""}.`
      }`}
      crumbs={[{ label: "Recueil", to: `${root}/recueil` }]}
    >
      <IndicatorsNav isMember />
      {isDemo && <InventedFigures />}
      {done && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {answer?.refusal && (
        <Notice tone="missed" role="alert">
          <p>{answer.refusal}</p>
        </Notice>
      )}
      <Table
        narrow="stack"
        caption={`Avancement des CCAS, grille version${NBSP}${version}`}
        columns={[
          {
            key: "name",
            label: "CCAS",
            heading: true,
            cell: ({ name, organizationId, mayOpen }) =>
              mayOpen ? <Link to={`${root}/recueil/${campaign.year}/${organizationId}`}>{name}</Link> : name,
          },
          {
            key: "standing",
            label: "État",
            cell: ({ standing }) => <StandingTag standing={standing} label={STANDING_LABELS[standing]} />,
          },
          {
            key: "filled",
            label: "Cases remplies",
            cell: ({ filled, expected }) => <ProgressBar done={filled} total={expected} />,
          },
          {
            key: "obstacles",
            label: "À régler",
            number: true,
            cell: ({ obstacles, standing }) =>
              standing === "not-started" || standing === "closed" ? "—" : String(obstacles),
          },
          {
            key: "updated",
            label: "Dernière modification",
            cell: ({ updatedAt }) => (updatedAt === null ? "—" : formatInstant(updatedAt)),
          },
        ]}
        rows={board}
        rowKey={({ organizationId }) => organizationId}
      />
      <p>
        <Link to={`${root}/dictionnaire/versions/${dictionaryId}`}>Lire la grille de cette campagne</Link>
      </p>
      {mayManage && !isClosed && (
        <Section title="Conduire la campagne">
          <details>
            <summary>Relancer les CCAS en retard</summary>
            <p>
              {waiting === 0
                ? "Toutes les saisies sont transmises."
                : `Un courriel partira aux agents de ${count(waiting, "CCAS", "CCAS")} dont la saisie n’est pas transmise ; aux élus là où il n’y a pas d’agent. Il ne contient aucun chiffre. Un CCAS reçoit une relance par jour au plus.`}
            </p>
            {reminders.length > 0 && (
              <>
                <p>Dernières relances{NBSP}:</p>
                <ul>
                  {reminders.map(({ name, at }) => (
                    <li key={name}>
                      {name}, {formatInstant(at)}
                    </li>
                  ))}
                </ul>
              </>
            )}
            <Form method="post">
              <Button name="acte" value="relancer" look="quiet">
                Envoyer la relance
              </Button>
            </Form>
          </details>
          <details open={answer?.result !== undefined && answer.result !== null}>
            <summary>Changer l’échéance</summary>
            <ErrorSummary form={form} />
            <Form method="post" {...getFormProps(form)} noValidate>
              <TextField field={fields.deadline} type="date" label="Nouvelle échéance" />
              <Button name="acte" value="echeance" look="quiet">
                Enregistrer l’échéance
              </Button>
            </Form>
          </details>
          <details>
            <summary>Clore la campagne</summary>
            <p>
              Plus rien ne sera saisi pour {campaign.year}, et la campagne ne se rouvre pas. {settled} des{" "}
              {board.length} saisies sont validées{NBSP}: les autres ne compteront pas.
            </p>
            <Form method="post">
              <Button name="acte" value="clore" look="danger">
                Clore la campagne {campaign.year}
              </Button>
            </Form>
          </details>
        </Section>
      )}
    </Page>
  );
}
