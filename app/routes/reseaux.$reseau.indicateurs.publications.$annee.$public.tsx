import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import type { Audience } from "~/domain/statistics/disclosure/sensitivity";
import { count, formatPercent, NBSP } from "~/documents/french";
import { AUDIENCE_WORDS } from "~/documents/release-words";
import { compareRelease, nameQuantity } from "~/features/releases/comparison.server";
import { publishRelease } from "~/features/releases/commands.server";
import { awaitRelease } from "~/features/releases/compute.server";
import { AUDIENCE_PATHS, publishForm } from "~/features/releases/form";
import { RELEASE_MESSAGES } from "~/features/releases/messages.fr";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage } from "~/services/gate.server";
import { ActKey, Button } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { Definitions, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  {
    title: view
      ? `Publier ${view.wanted.year} pour ${AUDIENCE_WORDS[view.wanted.audience]}`
      : "Préparer une publication",
  },
];

/** Most years are computed within it; a larger one shows how far it has come, and goes on meanwhile. */
const PATIENCE_MS = 4_000;

type Wanted = { readonly year: number; readonly audience: Audience };

/** @throws Response 404 for what names neither a year nor an audience */
function readWanted(params: Readonly<Record<string, string | undefined>>): Wanted {
  const { annee = "", public: path } = params;
  const audience = path === AUDIENCE_PATHS.members ? "members" : path === AUDIENCE_PATHS.public ? "public" : null;
  if (!/^\d{4}$/.test(annee) || audience === null) throw notFound();
  return { year: Number(annee), audience };
}

export async function loader(args: LoaderFunctionArgs) {
  const wanted = readWanted(args.params);
  const { network, command } = await openMemberPage(args, "release.publish");
  const computed = await awaitRelease(command.db, network.id, wanted, PATIENCE_MS);
  const common = { wanted, root: `/reseaux/${network.slug}/indicateurs`, cle: systemClock.newId(), progress: null };
  if (!("ok" in computed)) return { ...common, progress: computed, refusal: null, readers: [], release: null };
  if (!computed.ok) {
    const { kind, disclosures } = computed.refusal;
    const readers = [...new Set(disclosures.map(({ cell }) => nameQuantity(cell)))].slice(0, 20);
    return { ...common, refusal: RELEASE_MESSAGES[kind], readers, release: null };
  }
  const { inputs, outputs, reasons, isOptimal, bounds, fingerprint } = computed.value;
  const told = outputs.cells.filter(({ value, status }) => value !== null || status === "suppressed");
  return {
    ...common,
    refusal: null,
    readers: [],
    release: {
      ...{ isOptimal, bounds, fingerprint },
      threshold: inputs.rules.threshold,
      members: inputs.members.map(({ shortName }) => shortName),
      figures: told.length,
      hidden: told.filter(({ status }) => status === "suppressed").length,
      sensitive: Object.values(reasons).filter((reason) => reason !== "complementary").length,
      indicators: compareRelease(computed.value),
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const wanted = readWanted(args.params);
  const { network, command } = await openMemberPage(args, "release.publish");
  const input = publishForm.safeParse(Object.fromEntries(await args.request.formData()));
  if (!input.success) throw new Response("", { status: 400 });
  const decision = await publishRelease(command, wanted, input.data);
  if (!decision.ok) return data({ refusal: RELEASE_MESSAGES[decision.refusal.kind] }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/indicateurs/publications?fait=publication`, 303);
}

export default function PrepareReleasePage() {
  const { wanted, root, cle, refusal, readers, release, progress } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { pathname } = useLocation();
  return (
    <Page
      title={`Publier ${wanted.year} pour ${AUDIENCE_WORDS[wanted.audience]}`}
      lead="Ce qui serait montré, ce qui serait masqué, et pourquoi. Cette page n’est lue que par le secrétariat du CCAS pilote."
      crumbs={[
        { label: "Indicateurs", to: root },
        { label: "Publications", to: `${root}/publications` },
      ]}
    >
      <IndicatorsNav isMember mayPublish />
      {(answered?.refusal ?? refusal) && (
        <Notice tone="missed" role="alert" title="Rien n’est publié">
          <p>{answered?.refusal ?? refusal}</p>
          {readers.length > 0 && (
            <p>
              Chiffres en cause{NBSP}: {readers.join(", ")}.
            </p>
          )}
        </Notice>
      )}
      {progress && (
        <Notice tone="pending" role="status" title="Le calcul est en cours">
          <p>
            <label htmlFor="avancement">
              {count(progress.done, "groupe de chiffres protégé", "groupes de chiffres protégés")} sur {progress.total}
            </label>{" "}
            <progress id="avancement" value={progress.done} max={progress.total} />
          </p>
          <p>
            Il continue sans cette page{NBSP}: revenez quand vous voulez. <Link to={pathname}>Actualiser</Link>
          </p>
        </Notice>
      )}
      {release && (
        <>
          <Definitions
            entries={[
              { term: "CCAS", detail: release.members.join(", ") },
              { term: "Seuil", detail: `${release.threshold} personnes` },
              {
                term: "Chiffres",
                detail: `${count(release.figures, "chiffre", "chiffres")}, dont ${release.hidden} masqués (${formatPercent(release.hidden / Math.max(1, release.figures))})`,
              },
              {
                term: "Masqués pour eux-mêmes",
                detail: `${release.sensitive}, les autres pour protéger ceux-là${release.isOptimal ? " ; on ne peut pas masquer moins" : ""}`,
              },
              {
                term: "Attaque",
                detail: `${count(release.bounds, "borne cherchée", "bornes cherchées")} avec tout ce qui est déjà publié, par le public comme par chaque CCAS qui connaît ses propres chiffres : aucune n’est percée`,
              },
            ]}
          />
          <Section title="Publier" id="publier">
            <p>
              Publier est irréversible{NBSP}: une publication ne se modifie ni ne se retire. Les suivantes devront
              protéger ces mêmes chiffres en tenant compte de celle-ci.
            </p>
            <Form method="post">
              <ActKey value={cle} />
              <input type="hidden" name="empreinte" value={release.fingerprint} />
              <Button>Publier pour {AUDIENCE_WORDS[wanted.audience]}</Button>
            </Form>
          </Section>
          <Section title="Ce qui serait masqué, et pourquoi" id="comparaison">
            {release.indicators.map(({ code, label, shown, masked, hidden }) => (
              <details key={code}>
                <summary>
                  {label}
                  {NBSP}: {count(shown, "chiffre montré", "chiffres montrés")}, {count(masked, "masqué", "masqués")}
                  {hidden.length === 0 && masked > 0 && ", comme les chiffres dont il se calcule"}
                </summary>
                {hidden.length > 0 && (
                  <Table
                    caption={`${label} : chiffres masqués`}
                    captionHidden
                    rows={hidden}
                    rowKey={(row) => `${row.scope} ${row.label}`}
                    columns={[
                      { key: "label", label: "Ligne", heading: true, cell: (row) => row.label },
                      { key: "scope", label: "De", cell: (row) => row.scope },
                      { key: "figure", label: "Déclaré", number: true, cell: (row) => row.figure },
                      { key: "reason", label: "Pourquoi", cell: (row) => row.reason },
                    ]}
                  />
                )}
              </details>
            ))}
          </Section>
        </>
      )}
    </Page>
  );
}
