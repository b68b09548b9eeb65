import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { clausesOf } from "~/domain/agreement/clause";
import { composeDeliberation } from "~/documents/board-deliberation";
import { articleWords, capital } from "~/documents/agreement-words";
import { loadAmendmentPage } from "~/features/agreements/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Page, Section } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Modèle de délibération" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.read");
  const [id, amendmentId] = [requireParam(args.params, "id"), requireParam(args.params, "avenant")];
  const view = await loadAmendmentPage(command.db, network.id, id, amendmentId, today(systemClock));
  const board = view?.boards.find((one) => one.id === args.params["partie"]);
  if (!view || !board) throw notFound();
  const { agreement, amendment, boards } = view;
  const approval = clausesOf(agreement.content.clauses, "unanimity").find(({ rule }) => rule.act === "amendment");
  return {
    page: `/reseaux/${network.slug}/conventions/${id}/avenants/${amendmentId}`,
    number: amendment.number,
    changes: amendment.changes,
    model: composeDeliberation({
      ...{ party: board.label, board: board.board, agreementTitle: agreement.title, signedOn: agreement.signedOn },
      ...{ amendmentNumber: amendment.number, amendmentTitle: amendment.title, reason: amendment.reasonMd },
      ...{ changes: amendment.changes, approvalArticle: approval?.article ?? null },
      boards: boards.filter(({ leftOn }) => leftOn === null).length,
    }),
  };
}

export default function DeliberationModelPage() {
  const { page, number, model, changes } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Modèle de délibération"
      lead="À compléter par le conseil et à faire vérifier : séance, membres présents, numéro, décompte."
      crumbs={[{ label: `Avenant n° ${number}`, to: page }]}
    >
      <h2>{model.title}</h2>
      <p>Séance du ……………… — délibération n° ………………</p>
      <p>Membres en exercice : …… Présents : …… Pouvoirs : ……</p>
      {model.grounds.map((each) => (
        <p key={each}>{each}</p>
      ))}
      {model.reasons.map((each) => (
        <p key={each}>{each}</p>
      ))}
      <p>Le conseil, après en avoir délibéré, par …… voix pour, …… contre, …… abstentions :</p>
      <ol>
        {model.decisions.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ol>
      <Section title="Annexe : texte de l’avenant">
        {changes.map(({ article, title, after }) => (
          <div key={article} className="agreement-article">
            <h3>
              {capital(articleWords(article))} — {title}
            </h3>
            <p className="agreement-text">{after ?? "Article supprimé."}</p>
          </div>
        ))}
      </Section>
    </Page>
  );
}
