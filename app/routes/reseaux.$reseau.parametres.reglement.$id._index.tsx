import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { listChangedKeys } from "~/domain/committee/rules-check";
import { toLocalDateTime } from "~/domain/kernel/paris-time";
import { count, formatDate, formatDateTime } from "~/documents/french";
import { enactRules } from "~/features/rules/commands.server";
import { parseEnactRules, type EnactRulesFields } from "~/features/rules/form";
import { enactMessage } from "~/features/rules/messages.fr";
import { findRulesVersion, findRulesVote, listMeetingsAbout } from "~/features/rules/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { findRulesInForce } from "~/services/committee-record.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ButtonLink, ErrorSummary, TextField } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { RulesDifferences, RulesSheet } from "~/ui/rules-sheet";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Version du règlement de fonctionnement" }];

const DONE: Record<string, string> = {
  projet: "Le projet est enregistré.",
  adopte: "L’entrée en vigueur du règlement est enregistrée. Elle figure au registre des actes.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openMemberPage(args, "rules.read");
  const version = await findRulesVersion(getDb(), network.id, requireParam(args.params, "id"));
  if (!version) throw notFound();
  const [inForce, vote, meetings] = await Promise.all([
    findRulesInForce(getDb(), network.id, today(systemClock)),
    findRulesVote(getDb(), network.id, version.id),
    listMeetingsAbout(getDb(), network.id, version.id),
  ]);
  const isDraft = version.status === "draft";
  const scope = { networkId: network.id, state: version.status };
  return {
    slug: network.slug,
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    version,
    inForce,
    vote,
    meetings,
    changed: isDraft ? listChangedKeys(inForce.content, version.content) : [],
    mayEdit: can(viewer, "rules.draft", scope) && vote.kind === "none",
    mayEnact: can(viewer, "rules.adopt", scope) && vote.kind === "adopted",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "rules.adopt", "draft");
  const rulesId = requireParam(args.params, "id");
  const submission = parseEnactRules(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await enactRules(command, { rulesId, effectiveFrom: submission.value.effectiveFrom });
  if (!decision.ok) {
    if (decision.refusal === "unknown-rules") throw notFound();
    const result = submission.reply({ fieldErrors: { effectiveFrom: [enactMessage(decision.refusal)] } });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/parametres/reglement/${rulesId}?fait=adopte`);
}

export default function RulesVersionPage() {
  const { slug, done, version, inForce, vote, meetings, changed, mayEdit, mayEnact } = useLoaderData<typeof loader>();
  const isDraft = version.status === "draft";
  const root = `/reseaux/${slug}/parametres/reglement`;
  const title = isDraft ? `Projet de règlement, version ${version.version}` : `Règlement, version ${version.version}`;
  const draftLead =
    vote.kind === "adopted"
      ? "Le comité a adopté ce projet : il s’appliquera à partir du jour que le secrétariat enregistre ici."
      : "Ce projet n’engage personne tant que le comité ne l’a pas adopté par un vote.";
  const lead =
    version.effectiveFrom === null
      ? draftLead
      : `Adoptée par le comité, applicable à partir du ${formatDate(version.effectiveFrom)}.`;
  return (
    <Page
      title={title}
      lead={lead}
      crumbs={[
        { label: "Paramètres", to: `/reseaux/${slug}/parametres` },
        { label: "Règlement de fonctionnement", to: root },
      ]}
      actions={mayEdit && <ButtonLink to={`${root}/${version.id}/modifier`}>Modifier le projet</ButtonLink>}
    >
      {done && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {isDraft && (
        <Section title="Adoption" id="adoption">
          {vote.kind === "none" && meetings.length === 0 && (
            <p>
              Pour adopter ce projet, ajoutez à l’ordre du jour d’une{" "}
              <Link to={`/reseaux/${slug}/seances`}>séance</Link> un point « Adoption du règlement », puis faites-le
              voter. Le secrétariat enregistre ensuite son entrée en vigueur, ici.
            </p>
          )}
          {meetings.map(({ meetingId, title: meeting, startsAt }) => (
            <p key={meetingId}>
              À l’ordre du jour{NB}: <Link to={`/reseaux/${slug}/seances/${meetingId}`}>{meeting}</Link>,{" "}
              {formatDateTime(toLocalDateTime(startsAt))}.
            </p>
          ))}
          {vote.kind === "voting" && (
            <Notice tone="pending">
              <p>Le comité vote sur ce projet : il ne peut plus changer tant que le scrutin est ouvert.</p>
            </Notice>
          )}
          {vote.kind === "adopted" && (
            <Notice tone="reached" title={`Adopté par le comité le ${formatDate(vote.decidedOn)}`}>
              <p>{vote.sentence}</p>
              <p>
                <Link to={`/reseaux/${slug}/seances/${vote.meetingId}`}>Voir la séance</Link>
              </p>
            </Notice>
          )}
          {mayEnact && vote.kind === "adopted" && <EnactForm decidedOn={vote.decidedOn} />}
        </Section>
      )}
      {isDraft && (
        <Section title="Ce que le projet change" id="differences">
          {changed.length === 0 ? (
            <p>Ce projet ne change rien aux règles en vigueur.</p>
          ) : (
            <RulesDifferences
              caption={`${count(changed.length, "réglage diffère", "réglages diffèrent")} des règles en vigueur`}
              keys={changed}
              before={{ label: inForce.adopted ? "En vigueur" : "Par défaut, non adopté", rules: inForce.content }}
              after={{ label: "Projet", rules: version.content }}
            />
          )}
        </Section>
      )}
      <Section title={isDraft ? "Le projet en entier" : "Le règlement"} id="regles">
        <RulesSheet rules={version.content} />
      </Section>
    </Page>
  );
}

const NB = "\u00a0";

function EnactForm({ decidedOn }: { readonly decidedOn: string }) {
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<EnactRulesFields>({
    id: "entree-en-vigueur",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { effectiveFrom: decidedOn },
  });
  return (
    <>
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <TextField
          field={fields.effectiveFrom}
          label="Entrée en vigueur"
          type="date"
          min={decidedOn}
          data-width="short"
          hint="Le jour de la décision, ou plus tard."
        />
        <p>
          Une fois enregistré, ce règlement ne pourra plus être modifié : un autre projet, adopté par un autre vote, le
          remplacera.
        </p>
        <Button>Enregistrer l’entrée en vigueur</Button>
      </Form>
    </>
  );
}
