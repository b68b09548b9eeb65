import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { dateOf, parisLocalAt } from "~/domain/kernel/paris-time";
import { AUDIENCES } from "~/domain/statistics/disclosure/sensitivity";
import { count, formatDate, NBSP } from "~/documents/french";
import { AUDIENCE_WORDS } from "~/documents/release-words";
import { raiseThreshold } from "~/features/releases/commands.server";
import { AUDIENCE_PATHS, thresholdForm } from "~/features/releases/form";
import { THRESHOLD_MESSAGES } from "~/features/releases/messages.fr";
import { loadReleaseBoard, verifyRelease, type Verification } from "~/features/releases/queries.server";
import { notFound, openMemberPage } from "~/services/gate.server";
import { Button } from "~/ui/forms";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Publications des indicateurs" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "release.publish");
  const board = await loadReleaseBoard(command.db, network.id);
  const search = new URL(args.request.url).searchParams;
  return {
    ...board,
    releases: board.releases.map((each) => ({
      ...each,
      publishedOn: dateOf(parisLocalAt(new Date(each.publishedAt))),
    })),
    root: `/reseaux/${network.slug}/indicateurs`,
    done:
      search.get("fait") === "seuil"
        ? "Le seuil est relevé : il vaut pour les publications à venir."
        : search.get("fait") === "publication"
          ? "La publication est faite. Elle ne se modifie ni ne se retire."
          : null,
  };
}

const VERDICTS: Record<Verification, string> = {
  same: "recalculée à partir de ses données d’entrée, elle donne exactement ce qui a été publié.",
  different:
    "recalculée, elle donne autre chose que ce qui a été publié : le solveur ou les règles ont changé depuis. Ce qui est publié reste inchangé.",
  refused:
    "recalculée avec les règles d’aujourd’hui, elle serait refusée. Prévenez la personne qui administre le portail.",
  altered: "ses données ne correspondent plus à leur empreinte. Prévenez la personne qui administre le portail.",
};

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "release.publish");
  const form = await args.request.formData();
  if (form.get("acte") === "verifier") {
    const id = String(form.get("publication"));
    const verdict = await verifyRelease(command.db, network.id, id);
    if (verdict === null) throw notFound();
    return data({ id, verdict: VERDICTS[verdict], isSame: verdict === "same", refusal: null, typed: null });
  }
  const input = thresholdForm.safeParse(Object.fromEntries(form));
  const typed = { audience: String(form.get("public")), threshold: String(form.get("seuil") ?? "").slice(0, 20) };
  const refused = (refusal: string, status: 400 | 409) =>
    data({ id: null, verdict: null, isSame: false, refusal, typed }, { status });
  if (!input.success) return refused(input.error.issues[0]?.message ?? "", 400);
  const decision = await raiseThreshold(command, { audience: input.data.public, threshold: input.data.seuil });
  if (!decision.ok) return refused(THRESHOLD_MESSAGES[decision.refusal], 409);
  return redirect(`/reseaux/${network.slug}/indicateurs/publications?fait=seuil`, 303);
}

export default function ReleasesPage() {
  const { releases, thresholds, years, root, done } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <Page
      title="Publications des indicateurs"
      lead="Chaque publication est préparée, comparée, attaquée puis figée sous un numéro."
      crumbs={[{ label: "Indicateurs", to: root }]}
    >
      <IndicatorsNav isMember mayPublish />
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {answered?.verdict && (
        <Notice tone={answered.isSame ? "reached" : "missed"} role="status">
          <p>
            Publication n°{NBSP}
            {releases.find(({ id }) => id === answered.id)?.number}
            {NBSP}: {answered.verdict}
          </p>
        </Notice>
      )}
      <Section title="Préparer" id="preparer">
        {years.length === 0 ? (
          <p>Aucun recueil n’est ouvert : il n’y a rien à publier.</p>
        ) : (
          <ul>
            {years.map(({ year, isClosed }) => (
              <li key={year}>
                {year}
                {NBSP}:{" "}
                {isClosed ? (
                  <>
                    <Link to={`${root}/publications/${year}/${AUDIENCE_PATHS.members}`}>pour les membres</Link>,{" "}
                    <Link to={`${root}/publications/${year}/${AUDIENCE_PATHS.public}`}>pour le public</Link>
                  </>
                ) : (
                  "recueil encore ouvert"
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Seuils de secret" id="seuils">
        <p>
          Un chiffre qui porte sur moins de personnes que le seuil est masqué. Un seuil peut être relevé, jamais
          abaissé.
        </p>
        {answered?.refusal && (
          <Notice tone="missed" role="alert">
            <p>{answered.refusal}</p>
          </Notice>
        )}
        <div className="release-forms">
          {AUDIENCES.map((audience) => (
            <Form method="post" key={audience}>
              <input type="hidden" name="public" value={audience} />
              <div className="field">
                <label htmlFor={`seuil-${audience}`}>
                  Pour {AUDIENCE_WORDS[audience]} (aujourd’hui {thresholds[audience]})
                </label>
                <input
                  id={`seuil-${audience}`}
                  name="seuil"
                  inputMode="numeric"
                  defaultValue={answered?.typed?.audience === audience ? answered.typed.threshold : ""}
                />
              </div>
              <Button look="quiet">Relever le seuil</Button>
            </Form>
          ))}
        </div>
      </Section>
      <Section title="Publications faites" id="faites">
        {releases.length === 0 ? (
          <p>Aucune pour le moment.</p>
        ) : (
          <Table
            caption="Publications, la dernière d’abord"
            captionHidden
            rows={releases}
            rowKey={({ id }) => id}
            columns={[
              { key: "number", label: "Numéro", heading: true, cell: ({ number }) => number },
              { key: "year", label: "Année", cell: ({ year }) => year },
              { key: "audience", label: "Pour", cell: ({ audience }) => AUDIENCE_WORDS[audience] },
              { key: "date", label: "Publiée le", cell: ({ publishedOn }) => formatDate(publishedOn) },
              { key: "threshold", label: "Seuil", number: true, cell: ({ threshold }) => threshold },
              { key: "hidden", label: "Masqués", number: true, cell: ({ hidden }) => hidden },
              { key: "bounds", label: "Attaque", cell: ({ bounds }) => count(bounds, "borne tenue", "bornes tenues") },
              {
                key: "check",
                label: "Contrôle",
                cell: ({ id, number }) => (
                  <Form method="post">
                    <input type="hidden" name="acte" value="verifier" />
                    <input type="hidden" name="publication" value={id} />
                    <Button look="quiet">
                      Recalculer<span className="visually-hidden"> la publication {number}</span>
                    </Button>
                  </Form>
                ),
              },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}
