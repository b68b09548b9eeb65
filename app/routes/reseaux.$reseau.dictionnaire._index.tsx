import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDate, NBSP } from "~/documents/french";
import { openDictionary } from "~/features/indicators/dictionary-commands.server";
import { describeDictionary } from "~/features/indicators/dictionary-view";
import { DICTIONARY_STANDING_LABELS } from "~/features/indicators/messages.fr";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { openMemberPage, openPublicPage } from "~/services/gate.server";
import { dictionaryInForce, listDictionaries } from "~/services/indicator-record.server";
import { publicCaching } from "~/services/public-cache.server";
import { ActKey, Button } from "~/ui/forms";
import { DictionarySections } from "~/ui/indicators/dictionary-sections";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { EmptyState, Page, Section } from "~/ui/page";
import { Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Dictionnaire des indicateurs" }];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const scope = { networkId: network.id };
  const isMember = can(actor, "campaign.read", scope);
  const dictionaries = await listDictionaries(getDb(), network.id);
  const inForce = dictionaryInForce(dictionaries);
  const shown = dictionaries.filter(({ standing }) => isMember || standing === "adopted").toReversed();
  return data(
    {
      inForce: inForce && {
        ...{
          id: inForce.id,
          version: inForce.version,
          decidedOn: inForce.decision ? formatDate(inForce.decision.decidedOn) : "",
        },
        sections: describeDictionary(inForce.indicators),
        count: inForce.indicators.length,
      },
      versions: shown.map(({ id, version, standing, decision }) => ({
        ...{ id, version, standing, decidedOn: decision?.decidedOn ?? null, number: decision?.number ?? null },
      })),
      isMember,
      mayDraft: can(actor, "dictionary.draft", scope) && dictionaries.every(({ standing }) => standing === "adopted"),
      actKey: isMember ? systemClock.newId() : "",
      root: `/reseaux/${network.slug}`,
    },
    publicCaching(viewer),
  );
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "dictionary.draft");
  const key = (await args.request.formData()).get("cle");
  const decision = await openDictionary(command, typeof key === "string" && key !== "" ? key : systemClock.newId());
  const id = decision.ok ? decision.value.dictionaryId : decision.refusal.dictionaryId;
  return redirect(`/reseaux/${network.slug}/dictionnaire/versions/${id}`, 303);
}

export default function DictionaryPage() {
  const { inForce, versions, isMember, mayDraft, actKey, root } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Dictionnaire des indicateurs"
      lead={
        inForce
          ? `La grille que les CCAS du réseau remplissent chaque année${NBSP}: ${inForce.count} indicateurs, version ${inForce.version}, votée par le comité le ${inForce.decidedOn}.`
          : "Le comité n’a encore voté aucune grille d’indicateurs."
      }
    >
      <IndicatorsNav isMember={isMember} />
      {inForce ? (
        <DictionarySections sections={inForce.sections} />
      ) : (
        <EmptyState>
          <p>
            La grille dit ce que chaque CCAS compte, comment et pour qui. Elle paraît ici dès que le comité l’a adoptée.
          </p>
        </EmptyState>
      )}
      {(versions.length > 0 || mayDraft) && (
        <Section title="Les versions">
          {versions.length > 0 && (
            <Table
              narrow="stack"
              caption="Versions, la plus récente d’abord"
              captionHidden
              columns={[
                {
                  key: "version",
                  label: "Version",
                  heading: true,
                  cell: ({ id, version }) => <Link to={`${root}/dictionnaire/versions/${id}`}>Version {version}</Link>,
                },
                {
                  key: "standing",
                  label: "État",
                  cell: ({ standing }) => (
                    <Tag tone={standing === "adopted" ? "reached" : standing === "rejected" ? "missed" : "pending"}>
                      {DICTIONARY_STANDING_LABELS[standing]}
                    </Tag>
                  ),
                },
                {
                  key: "decision",
                  label: "Décision du comité",
                  cell: ({ number, decidedOn }) =>
                    number === null || decidedOn === null ? "—" : `n°${NBSP}${number}, ${formatDate(decidedOn)}`,
                },
              ]}
              rows={versions}
              rowKey={({ id }) => id}
            />
          )}
          {mayDraft && (
            <Form method="post">
              <ActKey value={actKey} />
              <Button look="quiet">
                {inForce ? "Préparer une nouvelle version" : "Préparer la grille à partir du modèle"}
              </Button>
            </Form>
          )}
        </Section>
      )}
    </Page>
  );
}
