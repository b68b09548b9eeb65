import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDate } from "~/documents/french";
import { createRulesDraft } from "~/features/rules/commands.server";
import { newRulesDraftSchema } from "~/features/rules/form";
import { draftMessage } from "~/features/rules/messages.fr";
import { listRulesVersions } from "~/features/rules/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { findRulesInForce } from "~/services/committee-record.server";
import { getDb } from "~/services/db.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button, ButtonLink } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { RulesBanner } from "~/ui/rules-banner";
import { RulesSheet } from "~/ui/rules-sheet";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Règlement de fonctionnement" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openMemberPage(args, "rules.read");
  const [inForce, versions] = await Promise.all([
    findRulesInForce(getDb(), network.id, today(systemClock)),
    listRulesVersions(getDb(), network.id),
  ]);
  return {
    slug: network.slug,
    actKey: systemClock.newId(),
    mayDraft: can(viewer, "rules.draft", { networkId: network.id, state: "draft" }),
    inForce,
    draft: versions.find(({ status }) => status === "draft") ?? null,
    versions: versions.map(({ id, version, status, effectiveFrom }) => ({ id, version, status, effectiveFrom })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "rules.draft", "draft");
  const parsed = newRulesDraftSchema.safeParse(Object.fromEntries(await args.request.formData()));
  if (!parsed.success) throw new Response("", { status: 400 });
  const decision = await createRulesDraft(command, parsed.data);
  if (!decision.ok) return data({ message: draftMessage(decision.refusal) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/parametres/reglement/${decision.value.rulesId}/modifier`);
}

export default function RulesPage() {
  const { slug, actKey, mayDraft, inForce, draft, versions } = useLoaderData<typeof loader>();
  const message = useActionData<typeof action>()?.message;
  const root = `/reseaux/${slug}/parametres/reglement`;
  return (
    <Page
      title="Règlement de fonctionnement"
      lead={
        inForce.adopted
          ? `Version ${inForce.adopted.version}, adoptée par le comité, en vigueur depuis le ${formatDate(inForce.adopted.effectiveFrom)}.`
          : "Le comité n’a pas encore adopté son règlement : des règles par défaut s’appliquent."
      }
      crumbs={[{ label: "Paramètres", to: `/reseaux/${slug}/parametres` }]}
      actions={
        mayDraft && draft && <ButtonLink to={`${root}/${draft.id}`}>Poursuivre le projet de règlement</ButtonLink>
      }
    >
      {message && (
        <Notice tone="missed" role="alert">
          <p>{message}</p>
        </Notice>
      )}
      <RulesBanner adopted={inForce.adopted !== null} to="#regles" />
      {mayDraft && !draft && (
        <Form method="post" className="field">
          <ActKey value={actKey} />
          <p>
            Un projet reprend les règles en vigueur ; vous le modifiez, puis le comité l’adopte par un vote en séance.
          </p>
          <Button>Préparer un projet de règlement</Button>
        </Form>
      )}
      <Section title="Les règles qui s’appliquent" id="regles">
        <RulesSheet rules={inForce.content} />
      </Section>
      <Section title="Versions" id="versions">
        {versions.length === 0 ? (
          <p className="soft">Les versions du règlement paraîtront ici dès qu’un projet sera préparé.</p>
        ) : (
          <ul className="plain-list">
            {versions.map(({ id, version, status, effectiveFrom }) => (
              <li key={id}>
                <Link to={`${root}/${id}`}>Version {version}</Link>{" "}
                {status === "draft" ? (
                  <Tag tone="pending">Projet</Tag>
                ) : id === inForce.adopted?.id ? (
                  <Tag tone="reached">En vigueur</Tag>
                ) : (
                  <Tag>Adoptée</Tag>
                )}
                {effectiveFrom && <> à partir du {formatDate(effectiveFrom)}</>}
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}
